// The larger size, for a projector: everything grows, nothing runs over the edge, and pointers still hit what they point at.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";
import { chart, go, opened, pause, seen, until } from "./pages.mjs";

const enlarge = async (page) => {
  const button = page.getByTestId("larger");
  await button.waitFor();
  await button.click();
  assert.equal(await button.getAttribute("aria-pressed"), "true");
};
const width = (page, name) => seen(page, name).first().evaluate((element) => element.getBoundingClientRect().width);

for (const [size, scale] of [[{ width: 1280, height: 720 }, 1.25], [{ width: 1920, height: 1080 }, 1.5]]) {
  lab(`everything is larger, fits and is remembered, ${size.width} px`, async (page) => {
    await opened(page);
    const before = await width(page, "play");
    await enlarge(page);
    await until("the larger button", () => width(page, "play"), (now) => Math.abs(now / before - scale) < 0.02);
    for (const name of ["yard", "query", "board", "targets", "storage", "learn"]) {
      await go(page, name);
      const over = await page.evaluate(() => [...document.querySelectorAll("html, body, [data-testid=app], header, main, .scroll")]
        .filter((element) => element.scrollWidth > element.clientWidth + 1).map((element) => element.className || element.tagName));
      assert.deepEqual(over, [], `${name} runs over the edge`);
      const foot = await page.getByTestId("app").evaluate((app) => app.getBoundingClientRect().bottom);
      assert.ok(foot <= size.height + 1, `${name} ends at ${foot}`);
    }
    await page.reload();
    await opened(page);
    assert.ok(Math.abs((await width(page, "play")) / before - scale) < 0.02, "forgotten");
    await page.getByTestId("larger").click();
    assert.ok(Math.abs((await width(page, "play")) - before) < 1, "it does not come back");
  }, { context: { viewport: size } });
}

lab("the cursor of a larger chart stands where the mouse is", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "query");
  await chart(page);
  await enlarge(page);
  const told = async (share) => {
    const { x, y, width, height } = await page.getByTestId("chart-cursor").boundingBox();
    await page.mouse.move(x + width * share, y + height / 2);
    const tip = page.getByTestId("chart-tip");
    await tip.waitFor();
    const box = await tip.boundingBox();
    const text = await page.locator(".tip-when").innerText();
    const [hours, minutes, seconds] = text.split(":").map(Number);
    return { at_s: hours * 3600 + minutes * 60 + seconds, apart: share < 0.5 ? box.x - (x + width * share) : x + width * share - (box.x + box.width) };
  };
  const [left, middle] = [await told(0.3), await told(0.49)];
  // The range on offer at first is a quarter of an hour; axis and edges take some of the width.
  const share = (middle.at_s - left.at_s) / 900;
  assert.ok(share > 0.17 && share < 0.24, `a fifth of the width is ${share} of the time`);
  assert.ok(Math.abs(middle.apart) < 40, `the tooltip is ${middle.apart} px away`);
}, { context: { viewport: { width: 1280, height: 720 } } });

lab("lanes of a larger yard lead to its cards", async (page) => {
  await opened(page);
  await enlarge(page);
  const apart = () => page.evaluate(() => {
    const stage = document.querySelector(".stage").getBoundingClientRect();
    const lanes = document.querySelector(".stage svg").getBoundingClientRect();
    return Math.max(Math.abs(stage.width - lanes.width), Math.abs(stage.height - lanes.height));
  });
  await until("lanes as large as the floor", apart, (px) => px < 3);
}, { context: { viewport: { width: 1280, height: 720 } } });
