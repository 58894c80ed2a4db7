// The Storage page: what the store holds, and the ways out and in: a block taken along is the same store again.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { lab } from "./harness.mjs";
import { expectValues, go, opened, pause, until } from "./pages.mjs";

const number = async (page, name) =>
  Number((await page.getByTestId(name).textContent()).replaceAll(/[^0-9.]/g, ""));

async function takeAlong(page, button) {
  const download = page.waitForEvent("download");
  await page.getByTestId(button).click();
  return download;
}

lab("the store's numbers and its greatest names are shown", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "storage");
  await page.getByTestId("storage-series").waitFor();
  assert.ok((await number(page, "storage-series")) > 100);
  assert.ok((await number(page, "storage-samples")) > (await number(page, "storage-chunks")));
  assert.ok((await number(page, "storage-density")) < 3);
  const bars = page.getByTestId("tally-metrics").locator("rect");
  const widths = await bars.evaluateAll((found) => found.map((bar) => Number(bar.getAttribute("width"))));
  assert.equal(widths.length, 10);
  assert.ok(widths[0] === 100 && widths.every((width, at) => at === 0 || width <= widths[at - 1]));
});

lab("a block taken along and brought back holds the same samples", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "storage");
  await page.getByTestId("storage-series").waitFor();
  const samples = await number(page, "storage-samples");
  const download = await takeAlong(page, "export-block");
  assert.match(download.suggestedFilename(), /^pulled-[0-9A-Z]{26}\.tar$/);
  const bytes = await readFile(await download.path());
  await page.getByTestId("import-open").click();
  await page.getByTestId("import-file").setInputFiles({ name: "mine.tar", mimeType: "application/x-tar", buffer: bytes });
  await until("the new store", () => page.getByTestId("storage-store").inputValue(), (id) => id === "imported:mine");
  await until("its samples", () => number(page, "storage-samples"), (count) => count === samples);
  // A broken one says where, and what was there stays.
  bytes[1700] ^= 0xff;
  await page.getByTestId("import-open").click();
  await page.getByTestId("import-file").setInputFiles({ name: "mine.tar", mimeType: "application/x-tar", buffer: bytes });
  await page.getByTestId("import-error").filter({ hasText: /index: byte \d+/ }).waitFor();
  await page.getByTestId("sheet-close").click();
  assert.equal(await number(page, "storage-samples"), samples);
});

lab("what is taken along as OpenMetrics is a page of text", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "storage");
  await page.getByTestId("storage-series").waitFor();
  const download = await takeAlong(page, "export-text");
  assert.equal(download.suggestedFilename(), "pulled.om");
  const text = await readFile(await download.path(), "utf8");
  assert.ok(text.endsWith("# EOF\n") && text.includes("up{"));
});

lab("deleted series are no longer found, and a wrong selector says why", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "storage");
  await page.getByTestId("delete-selector").fill("up{");
  await page.getByTestId("delete").click();
  await page.getByTestId("delete-error").filter({ hasText: "parse error" }).waitFor();
  await page.getByTestId("delete-selector").fill("up");
  await page.getByTestId("delete").click();
  await until("deleted spans", () => number(page, "storage-tombstones"), (count) => count > 0);
  await page.getByTestId("delete-error").waitFor({ state: "detached" });
  await go(page, "query");
  await expectValues(page, "count(up) or vector(-1)", ["-1"]);
});
