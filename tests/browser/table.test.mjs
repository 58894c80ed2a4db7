// The result table: sorted by any column, filtered, copied with exact values, saved as CSV without formulas, and text from
// outside stays text.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { lab } from "./harness.mjs";
import { go, opened, pause, run, until } from "./pages.mjs";

const LONG = "x".repeat(10_000);
const HOSTILE = ["<img src=x onerror=alert(1)>", "\u202eright to left", "=HYPERLINK(\"http://x\",1)", LONG, "two\nlines"];
const escaped = (text) => text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
const DUMP = HOSTILE.map((value, index) => `hostile{job="a",label="${escaped(value)}"} ${1234567.25 + index} 1700000000\n`).join("")
  + "wide{" + Array.from("abcdefghijkl", (name) => `${name}="1"`).join(",") + "} 1 1700000000\n"
  + "wide{" + Array.from("abcdefghijkl", (name) => `${name}="2"`).join(",") + "} -2.5 1700000000\n# EOF\n";

async function begin(page, expression) {
  await opened(page);
  await pause(page);
  await go(page, "query");
  await page.getByTestId("import-open").click();
  await page.getByTestId("import-paste").fill(DUMP);
  await page.getByTestId("import-read").click();
  await page.getByTestId("import-sheet").waitFor({ state: "detached" });
  await page.getByTestId("tab-table").click();
  await run(page, expression);
  await page.getByTestId("result-row").first().waitFor();
}

const values = (page) => page.getByTestId("result-value").evaluateAll((cells) => cells.map((cell) => cell.dataset.value));
const column = (page, name) => page.getByTestId("result-sort").filter({ hasText: name });
const sorted = (page, name) => page.locator("th", { has: column(page, name) }).getAttribute("aria-sort");
const wide = async (page) => {
  const [all, seen] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
  assert.ok(all <= seen, `the page is ${all} px wide in ${seen}`);
};

lab("a table is sorted by keyboard and filtered", async (page) => {
  await begin(page, "hostile");
  await column(page, "Value").focus();
  await page.keyboard.press("Enter");
  assert.equal(await sorted(page, "Value"), "descending");
  assert.deepEqual(await values(page), ["1234571.25", "1234570.25", "1234569.25", "1234568.25", "1234567.25"]);
  await page.keyboard.press("Enter");
  assert.equal(await sorted(page, "Value"), "ascending");
  assert.equal((await values(page))[0], "1234567.25");
  await column(page, "label").click();
  assert.deepEqual([await sorted(page, "label"), await sorted(page, "Value")], ["ascending", "none"]);
  assert.equal((await values(page))[0], "1234567.25", "< stands first");
  await page.getByTestId("result-filter").fill("LINES");
  await until("the filter", () => values(page), (found) => found.join() === "1234571.25");
  assert.match(await page.getByTestId("result-kept").innerText(), /1 of 5/);
});

lab("more than eight labels share a column, and the value stays in sight", async (page) => {
  await begin(page, "wide");
  const heads = await page.locator("thead th").allTextContents();
  assert.equal(heads.length, 9);
  assert.match(heads[7], /5 other labels/);
  const value = await page.getByTestId("result-value").first().boundingBox();
  assert.ok(value.x + value.width <= 360, `the value ends at ${value.x + value.width}`);
  await wide(page);
}, { context: { viewport: { width: 360, height: 740 } } });

lab("a copy has exact values and a file no formulas", async (page) => {
  await begin(page, "hostile");
  await page.getByTestId("result-copy").click();
  await page.getByTestId("query-editor").fill("");
  await page.getByTestId("query-editor").focus();
  await page.keyboard.press("Control+v");
  const copied = await page.getByTestId("query-editor").inputValue();
  assert.match(copied, /^__name__\tjob\tlabel\tvalue\n/);
  assert.ok(copied.includes("\t1234567.25\n"), "no grouping");
  assert.ok(copied.includes("'=HYPERLINK"), "no formula");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("result-csv").click()]);
  assert.equal(download.suggestedFilename(), "result.csv");
  const csv = await readFile(await download.path(), "utf8");
  assert.ok(csv.startsWith("\ufeff__name__,job,label,value\r\n"));
  assert.ok(csv.includes('hostile,a,"\'=HYPERLINK(""http://x"",1)",1234569.25\r\n'), csv.slice(0, 400));
  assert.ok(csv.includes('"two\nlines"'));
});

for (const width of [1280, 360]) {
  lab(`labels from outside stay text in table, legend, explanation and offers at ${width} px`, async (page) => {
    await begin(page, "hostile");
    assert.equal(await page.locator("img").count(), 0);
    const cells = await page.locator("td").allTextContents();
    for (const value of HOSTILE) assert.ok(cells.includes(value), value.slice(0, 40));
    await wide(page);
    await page.getByTestId("tab-graph").click();
    await page.getByTestId("legend-row").first().waitFor();
    await wide(page);
    await page.getByTestId("tab-explain").click();
    await page.getByTestId("explain-cell").first().click();
    await page.getByTestId("explain-made").waitFor();
    await wide(page);
    await page.getByTestId("query-editor").fill("hostile{label=");
    await page.getByTestId("query-editor").focus();
    await page.keyboard.press("End");
    await page.keyboard.press("Control+Space");
    await page.getByTestId("query-offers").waitFor();
    await wide(page);
    assert.equal(await page.locator("img").count(), 0);
  }, { context: { viewport: { width, height: 740 } } });
}
