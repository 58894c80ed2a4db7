// What is wrong is underlined while one writes, and mended with one press; so is a query that finds nothing.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";
import { go, jump, opened, pause, run, until } from "./pages.mjs";

const editor = (page) => page.getByTestId("query-editor");
const texts = (page, name) => page.getByTestId(name).allTextContents();

async function begin(page) {
  await opened(page);
  await pause(page);
  await jump(page, 15);
  await go(page, "query");
  await page.getByTestId("tab-table").click();
}

/** Runs a wrong expression, takes the first way to mend it and waits for what stands in the editor then. */
async function mended(page, wrong, right) {
  await run(page, wrong);
  await page.getByTestId("query-error").waitFor();
  await page.getByTestId("query-mend").first().click();
  assert.equal(await editor(page).inputValue(), right);
  await page.getByTestId("query-error").waitFor({ state: "detached" });
}

lab("a run that fails is mended with one press", async (page) => {
  await begin(page);
  await mended(page, "sum(rate(up[5m])", "sum(rate(up[5m]))");
  await mended(page, "rate(image_gallery_requests_total)", "rate(image_gallery_requests_total[5m])");
  await mended(page, "rate(sum(image_gallery_requests_total))", "sum(rate(image_gallery_requests_total[5m]))");
  await mended(page, "rat(image_gallery_requests_total[5m])", "rate(image_gallery_requests_total[5m])");
  await mended(page, "up = 1", "up == 1");
  // What was mended was run.
  await until("the value", () => page.getByTestId("result-row").count(), (count) => count > 0);
});

lab("a fault is underlined while it is written, and an unfinished text is not", async (page) => {
  await begin(page);
  await editor(page).fill("");
  await editor(page).focus();
  await page.keyboard.type("sum(rate(up");
  await page.keyboard.press("Escape");
  await page.waitForTimeout(1200);
  assert.equal(await page.getByTestId("query-fault").count(), 0, "an end that is missing may still come");
  await page.keyboard.type("))");
  await page.getByTestId("query-fault").waitFor();
  assert.equal(await page.locator(".wrong-here").first().textContent(), "up");
  assert.deepEqual((await texts(page, "query-mend")).slice(0, 1), ["Add [5m]"]);
  await page.getByTestId("query-mend").first().focus();
  await page.keyboard.press("Enter");
  assert.equal(await editor(page).inputValue(), "sum(rate(up[5m]))");
  await page.getByTestId("query-fault").waitFor({ state: "detached" });
});

lab("an experimental function is explained", async (page) => {
  await begin(page);
  await run(page, "mad_over_time(up[5m])");
  assert.match(await page.getByTestId("query-error").innerText(), /not enabled[\s\S]*feature flag/);
  await page.getByTestId("query-mend").filter({ hasText: "stddev_over_time" }).click();
  await page.getByTestId("query-error").waitFor({ state: "detached" });
});

lab("an empty result offers what exists, by touch", async (page) => {
  await begin(page);
  const offered = async (query, wanted) => {
    await run(page, query);
    const find = page.getByTestId("query-finding").filter({ has: page.getByTestId("query-mend") });
    await until(query, async () => (await find.getByTestId("query-mend").allTextContents()).join(), (found) => found.includes(wanted));
    await find.getByTestId("query-mend").filter({ hasText: wanted }).first().tap();
    await until("a result", () => page.getByTestId("result-row").count(), (count) => count > 0);
  };
  await offered("image_gallery_request_total", "image_gallery_requests_total");
  await offered('image_gallery_requests_total{code="20"}', "200");
  await offered('image_gallery_requests_total{cod="200"}', "code");
  await offered("rate(image_gallery_requests_total[1s])", "1m");
  await offered("up offset 30d", "offset 30d");
  assert.equal(await editor(page).inputValue(), "up");
}, { context: { viewport: { width: 360, height: 740 }, hasTouch: true } });

lab("a warning stands beside its place", async (page) => {
  await begin(page);
  await run(page, "1 + rate(up[5m])");
  assert.match(await page.getByTestId("query-annotation").first().innerText(), /1:\d+: .*counter/);
  await until("the mark", () => page.locator(".remarked-here").allTextContents(), (marks) => marks.join("") === "up[5m]" || marks.join("") === "up");
});
