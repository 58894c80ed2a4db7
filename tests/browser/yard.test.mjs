// The Yard: scaling a service is seen by Prometheus within a minute, and a container that stops by its target.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";
import { expectValues, go, jump, now, opened, pause, until } from "./pages.mjs";

const REPLICAS = 'count(up{job="access-log"} == 1)';

lab("three containers behind one name become three targets within a virtual minute", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "query");
  await expectValues(page, REPLICAS, ["1"]);
  await go(page, "yard");
  for (const replicas of ["2", "3"]) {
    await page.getByTestId("scale-up-accesslog").click();
    await until("replicas", () => page.getByTestId("replicas-accesslog").textContent(), (text) => text === replicas);
  }
  await jump(page, 1);
  await go(page, "query");
  await expectValues(page, REPLICAS, ["3"]);
});

lab("virtual time passes by itself, and stands while it is paused", async (page) => {
  await opened(page);
  const first = await now(page);
  await until("the clock", () => now(page), (at) => at > first + 2000);
  await pause(page);
  const stopped = await now(page);
  await page.waitForTimeout(400);
  assert.equal(await now(page), stopped);
});

lab("ten requests that are sent are ten requests that are counted", async (page) => {
  const requests = "sum(image_gallery_requests_total)";
  await opened(page);
  await pause(page);
  await page.getByTestId("traffic-number").fill("0");
  await jump(page, 1);
  const before = Number(await value(page, requests));
  await go(page, "yard");
  await page.getByTestId("send-10").click();
  await jump(page, 1);
  const after = Number(await value(page, requests));
  assert.equal(after - before, 10);
});

async function value(page, expression) {
  await go(page, "query");
  await page.getByTestId("tab-table").click();
  await page.getByTestId("query-editor").fill(expression);
  await page.getByTestId("query-run").click();
  await page.getByTestId("query-edited").waitFor({ state: "detached" });
  await page.waitForTimeout(500); // an answer to what was asked before may still be shown
  return page.getByTestId("result-value").first().getAttribute("data-value");
}
