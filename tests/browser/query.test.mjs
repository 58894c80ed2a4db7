// The Query page: a line is drawn, an error shows its place, a heavy query ends when it is told to.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";
import { expectValues, go, ink, jump, now, opened, pause, run, start, until } from "./pages.mjs";

const BOOK = 'sum without(instance) (rate(image_gallery_requests_total{code="200"}[1m]))';

lab("the book's query draws a line", async (page) => {
  await opened(page);
  await pause(page);
  await jump(page, 15);
  await go(page, "query");
  await page.getByTestId("query-range").selectOption("5m");
  await run(page, BOOK);
  const drawn = await until("the line", () => ink(page).catch(() => null), (ink) => ink?.columns > ink?.width / 2);
  assert.ok(drawn.rows > 10, `a rate of chance arrivals is no straight line: ${JSON.stringify(drawn)}`);
  assert.equal(await page.getByTestId("legend-row").count(), 1);

  // And where there is nothing, nothing is drawn.
  await run(page, 'sum without(instance) (rate(image_gallery_requests_total{code="999"}[1m]))');
  await page.getByTestId("query-empty").waitFor();
  assert.equal(await page.getByTestId("chart-canvas").count(), 0);
});

lab("a broken query shows its error in Prometheus's words, with its place", async (page) => {
  await opened(page);
  await go(page, "query");
  await run(page, "sum(rate(up[1m))");
  const error = await page.getByTestId("query-error").innerText();
  assert.match(error, /1:\d+: parse error: .*(unexpected|unclosed|missing)/i);
  assert.ok(await page.locator(".wrong-here").count() > 0, "the place is marked in the editor");
  await run(page, "vector(1)");
  await page.getByTestId("query-error").waitFor({ state: "detached" });
  await expectValues(page, "vector(1) + 2", ["3"]);
});

lab("a heavy query is cancelled while the clock goes on", async (page) => {
  await opened(page);
  await pause(page);
  await jump(page, 360);
  await page.getByTestId("play").click();
  await go(page, "query");
  await page.getByTestId("query-range").selectOption("6h");
  await page.getByTestId("query-step").selectOption("3s");
  const parts = Array.from({ length: 150 }, (_, index) => `sum({__name__=~".+"} offset ${index + 1}s)`);
  await start(page, parts.join(" + "));
  await page.getByTestId("query-cancel").waitFor();
  const during = await now(page);
  await until("the clock beside a heavy query", () => now(page), (at) => at > during + 1000);
  assert.ok(await page.getByTestId("query-cancel").isVisible(), "the query was not heavy enough to prove anything");
  await page.getByTestId("query-cancel").click();
  await page.getByTestId("query-cancelled").waitFor();
  const after = await now(page);
  await until("the clock after the query", () => now(page), (at) => at > after + 1000);
  await expectValues(page, "vector(7)", ["7"]);
});

lab("what was typed and chosen stands there again after a walk to the yard", async (page) => {
  await opened(page);
  await go(page, "query");
  await page.getByTestId("tab-table").click();
  await page.getByTestId("query-editor").fill("sum(up) by (job)");
  await go(page, "yard");
  await go(page, "query");
  assert.equal(await page.getByTestId("query-editor").inputValue(), "sum(up) by (job)");
  assert.equal(await page.getByTestId("tab-table").getAttribute("aria-pressed"), "true");
});
