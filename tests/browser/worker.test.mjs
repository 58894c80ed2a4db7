// A worker that dies loses nothing, and one that cannot start is told about.
import assert from "node:assert/strict";
import { WAYS, lab } from "./harness.mjs";
import { expectValues, go, jump, now, opened, pause, until } from "./pages.mjs";

lab("a worker that dies is replaced, and its yard is as it was", async (page) => {
  await opened(page);
  await pause(page);
  await page.getByTestId("scale-up-accesslog").click();
  await until("replicas", () => page.getByTestId("replicas-accesslog").textContent(), (text) => text === "2");
  await jump(page, 1);
  const before = await now(page);
  const [old] = page.workers();
  await old.evaluate(() => { setTimeout(() => { throw new Error("died for a test"); }); });
  await until("another worker", () => page.workers(), (workers) => workers.length === 1 && workers[0] !== old);
  await opened(page);
  assert.equal(await page.getByTestId("replicas-accesslog").textContent(), "2");
  assert.ok((await now(page)) >= before);
  await go(page, "query");
  await expectValues(page, 'count(up{job="access-log"} == 1)', ["2"]);
});

lab("a worker whose module does not arrive is told about, with a way out", async (page) => {
  await page.locator("[data-testid=app][data-phase=Dead]").waitFor();
  assert.ok(await page.getByTestId("status").getByRole("button").isVisible());
}, {
  ways: WAYS.filter((way) => way.name === "site"),
  before: (context) => context.route(/worker-.*\.wasm/, (route) => route.fulfill({ status: 503, body: "" })),
  expected: /503/,
});
