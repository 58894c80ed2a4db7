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
  await page.getByTestId("traffic-number").press("Enter");
  await jump(page, 1);
  const before = Number(await value(page, requests));
  await go(page, "yard");
  await page.getByTestId("send-10").click();
  await jump(page, 1);
  const after = Number(await value(page, requests));
  assert.equal(after - before, 10);
});

lab("quick presses are all counted, and a number counts when it is done with", async (page) => {
  await opened(page);
  await pause(page);
  await page.getByTestId("scale-up-accesslog").evaluate((button) => [1, 2, 3].forEach(() => button.click()));
  await until("replicas", () => page.getByTestId("replicas-accesslog").textContent(), (text) => text === "4");
  await page.getByTestId("container-gallery-accesslog-4").waitFor();
  const field = page.getByTestId("traffic-number");
  const before = await field.inputValue();
  await field.fill("-3");
  await field.press("Enter");
  await page.getByTestId("notice").filter({ hasText: '"-3"' }).waitFor();
  assert.equal(await field.inputValue(), before, "what is in force");
  await field.pressSequentially("7"); // not yet: the visitors still come as before
  await page.waitForTimeout(400);
  assert.match(await page.getByTestId("visitors").textContent(), new RegExp(`λ = ${Number(before).toFixed(1)}`));
});

lab("everything that did not come out of a command is told, and the container says why it does not run", async (page) => {
  await opened(page);
  await pause(page);
  await page.getByTestId("scale-up-iotd").click();
  const notice = page.getByTestId("notice");
  await notice.filter({ hasText: "the port will clash" }).filter({ hasText: "port is already allocated" }).waitFor();
  await page.getByTestId("container-gallery-iotd-2").click();
  await page.getByTestId("start-refused").filter({ hasText: "Bind for 0.0.0.0:8011 failed" }).waitFor();
});

lab("a sheet shows the end of the log and gives the focus back", async (page) => {
  await opened(page);
  await pause(page);
  const tile = page.getByTestId("container-gallery-prometheus-1");
  await tile.focus();
  await page.keyboard.press("Enter");
  await page.getByTestId("container-log").filter({ hasText: "Server is ready" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByTestId("container-sheet").waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement?.dataset.testid), "container-gallery-prometheus-1");
});

lab("a container stopped by hand is no crash", async (page) => {
  await opened(page);
  await pause(page);
  const tile = page.getByTestId("container-gallery-accesslog-1");
  await tile.click();
  await page.getByTestId("container-sheet").getByTestId("kill").click();
  await page.getByTestId("sheet-close").click();
  await page.locator("[data-testid=container-gallery-accesslog-1][data-state=exited]").waitFor();
  assert.doesNotMatch(await tile.getAttribute("class"), /crashed/);
});

lab("the page's letters work on a Korean keyboard", async (page) => {
  await opened(page);
  await page.evaluate(() => ["ㅎ", "ㅅ"].forEach((key, index) =>
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, code: ["KeyG", "KeyT"][index], bubbles: true }))));
  await page.getByTestId("page-targets").waitFor();
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
