// How a number was made, and why there is none.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";
import { go, jump, opened, pause, run, until } from "./pages.mjs";

async function ready(page) {
  await opened(page);
  await pause(page);
  await jump(page, 15);
  await go(page, "query");
}

const causes = (page) => page.getByTestId("query-finding").evaluateAll((found) => found.map((one) => one.dataset.cause));

lab("every node has its values, and a value shows how it was made", async (page) => {
  await ready(page);
  await page.getByTestId("tab-explain").click();
  await run(page, "sum by (code) (rate(image_gallery_requests_total[1m]))");
  await until("the nodes", () => page.getByTestId("explain-node").count(), (count) => count === 3);
  const cell = page.getByTestId("explain-node").nth(1).getByTestId("explain-cell").first();
  const shown = await cell.locator("b").innerText();
  await cell.click();
  const made = page.getByTestId("explain-made");
  await made.waitFor();
  assert.equal(await cell.getAttribute("aria-pressed"), "true");
  assert.ok((await made.locator("h2").innerText()).includes(shown));
  const result = await made.locator(".steps .out .eq").innerText();
  assert.ok(result.endsWith(`= ${shown}`), `${result} ends with ${shown}`);
  assert.ok(await made.locator(".steps li").count() >= 7);
  // The number of samples of the first step is that of the table beside it.
  const inside = await made.locator(".steps .eq").first().innerText();
  assert.equal(await made.locator("table.result tbody tr").count(), Number(inside));
});

lab("match groups say why a pair fails", async (page) => {
  await ready(page);
  await page.getByTestId("tab-explain").click();
  await run(page, "up * on(job) image_gallery_requests_total");
  const outcomes = () => page.getByTestId("explain-group").evaluateAll((rows) => rows.map((row) => row.dataset.outcome));
  await until("the groups", outcomes, (found) => found.includes("group-many-right") || found.includes("group-no-right"));
});

lab("an empty result names its cause", async (page) => {
  await ready(page);
  await page.getByTestId("tab-table").click();
  await run(page, "image_gallery_request_total");
  await until("the cause", () => causes(page), (found) => found.join() === "no-such-name");
  assert.equal(await page.getByTestId("query-nearest").first().innerText(), "image_gallery_requests_total");
  await run(page, 'image_gallery_requests_total{code="999"}');
  await until("the value", () => causes(page), (found) => found.join() === "no-such-value");
  await run(page, "rate(image_gallery_requests_total[1s])");
  await until("the window", () => causes(page), (found) => found.length === 1);
  await run(page, "up > 5");
  await until("the filter", () => causes(page), (found) => found.join() === "filtered-out");
});
