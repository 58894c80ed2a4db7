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
  assert.equal(await page.getByTestId("query-mend").first().innerText(), "Write image_gallery_requests_total");
  await run(page, 'image_gallery_requests_total{code="999"}');
  await until("the value", () => causes(page), (found) => found.join() === "no-such-value");
  await run(page, "rate(image_gallery_requests_total[1s])");
  await until("the window", () => causes(page), (found) => found.length === 1);
  await run(page, "up > 5");
  await until("the filter", () => causes(page), (found) => found.join() === "filtered-out");
});

lab("a value of the table is explained on the raw samples of its window", async (page) => {
  await ready(page);
  await page.getByTestId("tab-table").click();
  await run(page, "rate(image_gallery_requests_total[1m])");
  const value = page.getByTestId("result-explain").first();
  const shown = await value.innerText();
  await value.focus();
  await page.keyboard.press("Enter");
  const made = page.getByTestId("explain-made");
  await made.waitFor();
  assert.ok((await made.locator("h2").innerText()).includes(shown), "the same value");
  const dots = await made.locator(".window-picture circle.raw, .window-picture circle.mended").count();
  assert.equal(dots, Number(await made.locator(".steps .eq").first().innerText()), "a dot a sample");
  // Other functions of a window are drawn, too.
  await page.getByTestId("tab-table").click();
  await run(page, "max_over_time(up[1m])");
  await page.getByTestId("result-explain").first().click();
  await made.locator(".window-picture circle.telling").waitFor();
});

lab("a value of the expression before is not explained as one of the next", async (page) => {
  await ready(page);
  await page.getByTestId("tab-table").click();
  await run(page, "up");
  await page.getByTestId("query-editor").fill("vector(1)");
  // All in one task of the page, so that no answer comes between.
  const was = await page.evaluate(async () => {
    const named = (name) => document.querySelector(`[data-testid="${name}"]`);
    named("query-run").click();
    for (let turn = 0; turn < 20; turn += 1) await null;
    const isBusy = named("result-table").closest("[aria-busy]") !== null;
    named("result-explain").click();
    for (let turn = 0; turn < 20; turn += 1) await null;
    return { isBusy, tab: named("tab-table").getAttribute("aria-pressed") };
  });
  assert.deepEqual(was, { isBusy: true, tab: "true" });
  await until("the next value", () => page.getByTestId("result-explain").allTextContents(), (found) => found.join() === "1");
  await page.getByTestId("result-explain").click();
  await page.getByTestId("explain-made").waitFor();
});

lab("a node that is pointed at is boxed in the editor", async (page) => {
  await ready(page);
  await page.getByTestId("tab-explain").click();
  await run(page, "sum by (code) (rate(image_gallery_requests_total[1m]))");
  await until("the nodes", () => page.getByTestId("explain-node").count(), (count) => count === 3);
  await page.getByTestId("explain-node").nth(2).hover();
  const boxed = () => page.locator(".pointed-here").allTextContents();
  await until("the box", boxed, (parts) => parts.join("") === "image_gallery_requests_total[1m]");
});

lab("match groups stand side by side with their reason", async (page) => {
  await ready(page);
  await page.getByTestId("tab-explain").click();
  await run(page, "up * on(instance) group_left up{job=\"nothing\"}");
  const group = page.getByTestId("explain-group").first();
  await group.waitFor();
  const sides = await group.locator(".side").evaluateAll((sides) => sides.map((side) => side.getBoundingClientRect().top));
  assert.equal(sides[0], sides[1], "beside each other");
  assert.match(await group.innerText(), /No element on the right/);
});

for (const [width, stacked] of [[1280, false], [900, true], [360, true]]) {
  lab(`tree and picture ${stacked ? "stack" : "stand side by side"} at ${width} px`, async (page) => {
    await ready(page);
    await page.getByTestId("tab-explain").click();
    await run(page, "rate(image_gallery_requests_total[1m])");
    await page.getByTestId("explain-cell").first().click();
    await page.getByTestId("window-picture").waitFor();
    const [tree, made] = [await page.locator(".explain-tree").boundingBox(), await page.locator(".explain-made").boundingBox()];
    assert.equal(made.y >= tree.y + tree.height - 1, stacked, JSON.stringify({ tree, made }));
    const [wide, narrow] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
    assert.ok(wide <= narrow);
  }, { context: { viewport: { width, height: 800 } } });
}

lab("a pressed point of the graph is explained, by pointer and by keyboard", async (page) => {
  await ready(page);
  await page.getByTestId("query-range").selectOption("5m");
  await run(page, "rate(image_gallery_requests_total[1m])");
  await page.getByTestId("legend-row").first().waitFor();
  const plot = page.getByTestId("chart-cursor");
  const { width, height } = await plot.boundingBox();
  await plot.click({ position: { x: width / 2, y: height / 2 } });
  const picked = page.getByTestId("chart-picked");
  await picked.waitFor();
  const series = await picked.locator("code").innerText();
  const [time] = (await picked.innerText()).match(/\d\d:\d\d:\d\d/);
  await picked.getByTestId("chart-explain").click();
  const made = page.getByTestId("explain-made");
  await made.waitFor();
  assert.equal(await made.locator("p.mono").first().innerText(), series);
  assert.ok((await page.locator(".explain-tree").innerText()).includes(time), `at ${time}`);
  await page.getByTestId("tab-graph").click();
  await plot.focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await picked.waitFor();
});
