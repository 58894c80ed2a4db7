// What was done is there after a reload; back and forth in it.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";
import { anew, beginToOpen, expectKeeping, expectReplicas, labs, scaleUp, spoil, spoilable } from "./labs.mjs";
import { expectValues, go, jump, now, opened, pause, seen, until } from "./pages.mjs";

lab("a reload finds the lab where it stood, its time to the millisecond and its clock at rest", async (page) => {
  await opened(page);
  await pause(page);
  await scaleUp(page);
  await jump(page, 5);
  await expectKeeping(page, "kept");
  const before = await now(page);
  await anew(page, () => page.reload());
  await opened(page);
  await expectReplicas(page, "2");
  await until("the clock", () => now(page), (at) => at === before);
  assert.equal(await page.getByTestId("clock").getAttribute("data-playing"), "false");
  await go(page, "query");
  await expectValues(page, 'count(up{job="access-log"} == 1)', ["2"]);
});

lab("brought data are there after a reload", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "query");
  await page.getByTestId("import-open").click();
  await page.getByTestId("import-paste").fill('hits{code="200"} 7\n');
  await page.getByTestId("import-read").click();
  await until("the store", () => page.getByTestId("import-read").count(), (count) => count === 0);
  await expectKeeping(page, "kept");
  await anew(page, () => page.reload());
  await opened(page);
  await go(page, "storage");
  await until("stores", () => page.getByTestId("storage-store").locator("option").allTextContents(), (found) => found.join().includes("page"));
});

lab("changes are taken back and done again by button and by key, and it is said which", async (page) => {
  await opened(page);
  await pause(page);
  assert.ok(await seen(page, "undo").isDisabled());
  await scaleUp(page);
  await jump(page, 1);
  await scaleUp(page);
  await jump(page, 1);
  const at = await now(page);
  await seen(page, "undo").click();
  await page.getByTestId("notice").filter({ hasText: "scale accesslog 3" }).waitFor();
  await expectReplicas(page, "2");
  await until("the present", () => now(page), (found) => found === at);
  await page.keyboard.press("Control+z");
  await expectReplicas(page, "1");
  await until("nothing left", () => seen(page, "undo").isDisabled(), (is) => is);
  await page.keyboard.press("Control+Shift+z");
  await expectReplicas(page, "2");
  await seen(page, "redo").click();
  await expectReplicas(page, "3");
  await until("nothing left", () => seen(page, "redo").isDisabled(), (is) => is);
  // In a field the keys are the field's.
  await page.getByTestId("traffic-number").focus();
  await page.keyboard.press("Control+z");
  await page.waitForTimeout(300);
  await expectReplicas(page, "3");
});

lab("what was done before a reload can be taken back after it", async (page) => {
  await opened(page);
  await pause(page);
  await scaleUp(page);
  await jump(page, 15);
  await expectKeeping(page, "kept");
  await anew(page, () => page.reload());
  await opened(page);
  await expectReplicas(page, "2");
  await until("undo", () => seen(page, "undo").isEnabled(), (is) => is);
  let at = await now(page);
  await until("a lab that has caught up", async () => {
    const before = at;
    await page.waitForTimeout(300);
    at = await now(page);
    return at === before;
  }, (stands) => stands);
  await seen(page, "undo").click();
  await expectReplicas(page, "1");
  await until("the present", () => now(page), (found) => found === at);
});

lab("each tab goes on with its own lab after a reload, and a new one with that which was taken up last", async (page, way) => {
  await opened(page);
  await pause(page);
  await scaleUp(page);
  await expectKeeping(page, "kept");
  const second = await page.context().newPage();
  await second.goto(way.address);
  await opened(second);
  await labs(second);
  await anew(second, () => second.getByTestId("lab-fresh").click());
  await opened(second);
  await pause(second);
  await scaleUp(second);
  await scaleUp(second);
  await expectKeeping(second, "kept");
  for (const [tab, wanted] of [[page, "2"], [second, "3"], [page, "2"]]) {
    await anew(tab, () => tab.reload());
    await opened(tab);
    await expectReplicas(tab, wanted);
    await expectKeeping(tab, "kept");
  }
  const third = await page.context().newPage();
  await third.goto(way.address);
  await opened(third);
  await expectReplicas(third, "3");
});

lab("reloads while a lab is opened are no crash of it", async (page) => {
  await opened(page);
  await pause(page);
  await scaleUp(page);
  await expectKeeping(page, "kept");
  await spoil(page, "hang");
  for (let press = 0; press < 3; press += 1) await beginToOpen(page);
  await spoil(page, "");
  await anew(page, () => page.reload());
  await opened(page);
  await expectReplicas(page, "2");
  await expectKeeping(page, "kept");
}, { before: spoilable });

lab("a lab that another tab is just opening has not crashed", async (page, way) => {
  await opened(page);
  await pause(page);
  await scaleUp(page);
  await expectKeeping(page, "kept");
  await spoil(page, "hang");
  await beginToOpen(page);
  const second = await page.context().newPage();
  await second.goto(way.address);
  await opened(second);
  await expectReplicas(second, "2");
  await expectKeeping(second, "elsewhere");
}, { before: spoilable });
