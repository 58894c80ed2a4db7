// Sheets over the page: marking text does not close them, the page's keys are not theirs, and what is told is read in them.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";
import { go, opened, pause, run, until } from "./pages.mjs";

const isPlaying = (page) => page.getByTestId("clock").getAttribute("data-playing");

lab("a press that begins in a sheet and ends beside it closes nothing; one beside it does", async (page) => {
  await opened(page);
  await go(page, "query");
  await page.getByTestId("import-open").click();
  const field = page.getByTestId("import-paste");
  await field.fill("lines_of_a_page 1");
  const box = await field.boundingBox();
  await page.mouse.move(box.x + 60, box.y + 12);
  await page.mouse.down();
  await page.mouse.move(8, box.y + 12, { steps: 5 });
  await page.mouse.up();
  await page.waitForTimeout(300);
  assert.equal(await field.inputValue(), "lines_of_a_page 1");
  await page.mouse.click(8, box.y + 12);
  await page.getByTestId("import-sheet").waitFor({ state: "detached" });
});

lab("the page's keys do nothing while a sheet is open", async (page) => {
  await opened(page);
  await go(page, "query");
  await page.getByTestId("import-open").click();
  await page.getByTestId("import-sheet").getByRole("heading").click();
  const before = await isPlaying(page);
  await page.keyboard.press("Space");
  await page.keyboard.press("g");
  await page.keyboard.press("y");
  await page.waitForTimeout(300);
  assert.equal(await isPlaying(page), before);
  await page.getByTestId("page-query").waitFor();
});

lab("what is told while a sheet is open stands in it", async (page) => {
  await opened(page);
  await pause(page);
  await page.getByTestId("scale-up-image-gallery").click();
  await page.getByTestId("container-gallery-image-gallery-2").click();
  const sheet = page.getByTestId("container-sheet");
  await sheet.getByTestId("start").click();
  // One of the press on plus, and one of the press on start.
  const notices = sheet.getByTestId("notice").filter({ hasText: "port is already allocated" });
  await until("both notices", () => notices.count(), (count) => count === 2);
  await notices.last().getByRole("button").click();
  await until("the other", () => notices.count(), (count) => count === 1);
});

lab("the history of queries can be read and taken from", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "query");
  for (const expression of ["up", "sum(up)", "count(up)", "max(up)"]) await run(page, expression);
  await page.getByTestId("query-history").click();
  const items = page.getByTestId("history-item");
  await until("the history", () => items.count(), (count) => count === 4);
  const list = await page.getByTestId("history-sheet").locator("ul").boundingBox();
  for (const item of await items.all()) {
    const box = await item.boundingBox();
    assert.ok(box.y >= list.y && box.y + box.height <= list.y + list.height + 1 && box.width > 200, JSON.stringify({ box, list }));
  }
  await items.filter({ hasText: "count(up)" }).click();
  assert.equal(await page.getByTestId("query-editor").inputValue(), "count(up)");
});
