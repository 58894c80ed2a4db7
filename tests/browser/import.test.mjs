// Data from outside: a pasted or dropped page can be asked; a broken one says where, and what was there stays.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";
import { expectValues, go, opened, pause, until } from "./pages.mjs";

const DUMP = `# TYPE shelves gauge
shelves{aisle="a"} 3 1700000000
shelves{aisle="b"} 4 1700000000
shelves{aisle="b"} 5 1700000060
# EOF
`;

async function paste(page, text) {
  await page.getByTestId("import-open").click();
  await page.getByTestId("import-paste").fill(text);
  await page.getByTestId("import-read").click();
}

lab("a pasted OpenMetrics dump can be queried at its own time", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "query");
  await paste(page, DUMP);
  await page.getByTestId("import-sheet").waitFor({ state: "detached" });
  await expectValues(page, "sum(shelves)", ["8"]);
});

lab("a file dropped on the page can be queried", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "query");
  const files = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "shelves.om", { type: "text/plain" }));
    return transfer;
  }, DUMP);
  await page.locator(".query-page").dispatchEvent("drop", { dataTransfer: files });
  await expectValues(page, "count(shelves)", ["2"]);
});

lab("a broken page is refused with line and column, and nothing is lost", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "query");
  await paste(page, DUMP.replace('{aisle="b"} 4', '{aisle="b} 4'));
  const error = await page.getByTestId("import-error").innerText();
  assert.match(error, /\b3:\d+/, "the third line");
  await page.getByTestId("sheet-close").click();
  await expectValues(page, 'count(up{job="access-log"})', ["1"]);
});

lab("of several files each that cannot be read is told, and can be chosen again once it is mended", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "query");
  await page.getByTestId("import-open").click();
  const file = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  const choose = (...files) => page.getByTestId("import-file").setInputFiles(files);
  await choose(file("bad.prom", "a b c\n"), file("good.prom", "fine 1\n"), file("worse.prom", "x{ 1\n"));
  const errors = page.getByTestId("import-error");
  await until("both that are wrong", () => errors.count(), (count) => count === 2);
  await choose(file("bad.prom", "mended 7\n"));
  await page.getByTestId("import-sheet").waitFor({ state: "detached" });
  await expectValues(page, "mended", ["7"]);
});
