// The board: begun with what is suggested, pinned to from the Query page, built with everything a panel can have.
import assert from "node:assert/strict";
import { build, choose, exported, panel, panels } from "./boards.mjs";
import { lab } from "./harness.mjs";
import { chart, go, jump, opened, pause, run, until } from "./pages.mjs";

lab("an empty board says what to do and offers panels of the yard", async (page) => {
  await opened(page);
  await pause(page);
  await jump(page, 5);
  await go(page, "board");
  await page.getByTestId("board-empty").waitFor();
  await page.getByTestId("board-suggestion").first().click();
  await until("a panel", () => panels(page), (found) => found.length === 1);
  await chart(page);
  assert.ok((await panel(page, 1).getByTestId("legend-row").first().innerText()).includes("code 200"));
});

lab("what was run on the Query page is pinned to the board and drawn there", async (page) => {
  await opened(page);
  await pause(page);
  await jump(page, 5);
  await go(page, "query");
  const expression = "sum by (job) (up)";
  await run(page, expression);
  await page.getByTestId("query-pin").first().click();
  await page.getByTestId("notice-way").click();
  await page.getByTestId("page-board").waitFor();
  const [first] = await until("the panel", () => panels(page), (found) => found.length === 1);
  assert.equal(first.title, expression);
  await chart(page);
  assert.equal(await panel(page, 1).getByTestId("legend-row").count(), 4);
});

lab("a panel is built from two queries with unit, thresholds and stacking", async (page) => {
  await opened(page);
  await pause(page);
  await jump(page, 5);
  await go(page, "board");
  const expressions = ["sum(up)", "count(up)"];
  await build(page, "Two", expressions, async () => {
    await page.getByTestId("build-legend-A").fill("those that answer");
    await page.getByTestId("build-store-B").selectOption("truth");
    await page.getByTestId("build-unit").selectOption("reqps");
    await page.getByTestId("build-decimals").fill("1");
    await page.getByTestId("build-min").fill("0");
    await page.getByTestId("build-stacking-normal").click();
    await page.getByTestId("build-threshold-add").click();
    await page.getByTestId("build-threshold-0").fill("2.5");
    await page.getByTestId("build-tone-0").selectOption("orange");
    // The preview follows before anything is put on the board.
    await until("the preview", () => page.getByTestId("build-preview").getByTestId("legend-row").count(), (rows) => rows === 2);
    assert.equal((await panels(page)).length, 0);
  });
  await chart(page);
  assert.equal(await panel(page, 1).locator("[data-testid=chart]").getAttribute("data-kind"), "areas");
  const rows = panel(page, 1).getByTestId("legend-row");
  await until("the legend", () => rows.first().innerText(), (text) => /those that answer[^]*4\.0 req\/s/.test(text));

  const file = JSON.parse(await exported(page));
  const [built] = file.panels;
  assert.deepEqual(built.targets.map(({ refId, expr, datasource }) => [refId, expr, datasource.uid]),
    [["A", "sum(up)", "pulled"], ["B", "count(up)", "truth"]]);
  const { unit, decimals, min, thresholds, custom } = built.fieldConfig.defaults;
  assert.deepEqual({ unit, decimals, min }, { unit: "reqps", decimals: 1, min: 0 });
  assert.deepEqual(thresholds.steps, [{ color: "green", value: null }, { color: "orange", value: 2.5 }]);
  assert.deepEqual([custom.stacking.mode, custom.thresholdsStyle.mode], ["normal", "line"]);
});

lab("a panel shows the newest value as a number, judged by its thresholds, and an error with its place", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "board");
  await build(page, "Up", ["sum(up) / count(up)"], async () => {
    await page.getByTestId("build-type-stat").click();
    await page.getByTestId("build-unit").selectOption("percentunit");
    await page.getByTestId("build-threshold-add").click();
    await page.getByTestId("build-threshold-0").fill("0.9");
    await page.getByTestId("build-tone-0").selectOption("red");
  });
  const number = panel(page, 1).getByTestId("board-number");
  await until("the number", () => number.innerText(), (text) => text.includes("100 %"));
  assert.match(await number.getAttribute("class"), /tone-bad/);

  await choose(page, 1, "edit");
  await page.getByTestId("build-expr-A").fill("sum(rate(up[1m))");
  await until("the error", () => page.getByTestId("build-problem-A").innerText(), (text) => /1:\d+: parse error/.test(text));
  // Leaving asks before anything is lost.
  await page.keyboard.press("Escape");
  await page.getByTestId("build-stay").click();
  await page.getByTestId("build-save").click();
  await until("the error on the board", () => panel(page, 1).getByTestId("board-error").innerText(), (text) => /parse error/.test(text));
});

lab("kinds of panel: gauge, bars, table, heatmap", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "board");
  await build(page, "g", ["sum(up)"], () => page.getByTestId("build-type-gauge").click());
  await build(page, "b", ["up"], () => page.getByTestId("build-type-bargauge").click());
  await build(page, "t", ["up"], () => page.getByTestId("build-type-table").click());
  await build(page, "h", ["sum by (le) (rate(prometheus_http_request_duration_seconds_bucket[5m]))"],
    () => page.getByTestId("build-type-heatmap").click());
  await until("a gauge", () => panel(page, 1).locator(".gauge").count(), (count) => count === 1);
  await until("bars", () => panel(page, 2).locator(".gauge-row").count(), (count) => count === 4);
  await until("a table", () => panel(page, 3).locator("tbody tr").count(), (count) => count === 4);
  await until("a heatmap", () => panel(page, 4).locator("[data-testid=chart][data-kind=heatmap], [data-testid=board-nothing]").count(),
    (count) => count === 1);
});

lab("range and refresh are the board's; a duplicate and a removal are lines of the journal", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "board");
  await build(page, "a", ["up"]);
  await page.getByTestId("board-range").selectOption("1h");
  await page.getByTestId("board-pace").selectOption("off");
  await choose(page, 1, "duplicate");
  await until("two panels", () => panels(page), (found) => found.length === 2);
  await choose(page, 1, "remove");
  await until("one panel", () => panels(page), (found) => found.length === 1 && found[0].id === 2);
  const file = JSON.parse(await exported(page));
  assert.deepEqual([file.time, file.refresh, file.panels.length], [{ from: "now-1h", to: "now" }, "", 1]);
});
