// The Yard by keyboard alone, by touch alone, and dragged with the mouse where it does not fit.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";
import { opened, pause, until } from "./pages.mjs";

const focused = (page) => page.evaluate(() => document.activeElement?.dataset.testid);

lab("arrows walk services and containers, plus and minus scale, Enter opens", async (page) => {
  await opened(page);
  await pause(page);
  await page.getByTestId("floor").focus();
  const press = async (key, wanted) => {
    await page.keyboard.press(key);
    assert.equal(await focused(page), wanted, key);
  };
  await press("ArrowRight", "service-image-gallery");
  await press("ArrowRight", "service-accesslog");
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await until("replicas", () => page.getByTestId("replicas-accesslog").textContent(), (text) => text === "3");
  await page.getByTestId("container-gallery-accesslog-3").waitFor();
  await press("ArrowDown", "container-gallery-accesslog-1");
  await press("ArrowRight", "container-gallery-accesslog-2");
  await page.keyboard.press("Enter");
  await page.getByTestId("container-sheet").waitFor();
  await page.keyboard.press("Escape");
  await page.getByTestId("container-sheet").waitFor({ state: "detached" });
  assert.equal(await focused(page), "container-gallery-accesslog-2");
  await page.keyboard.press("-");
  await until("replicas", () => page.getByTestId("replicas-accesslog").textContent(), (text) => text === "2");
  await press("ArrowUp", "service-accesslog");
  await press("ArrowLeft", "service-image-gallery");
  const ring = await page.getByTestId("service-image-gallery").evaluate((card) => getComputedStyle(card).outlineStyle);
  assert.equal(ring, "solid", "the focus is seen");
});

lab("the floor is reached with Tab, and no card lies on the way twice", async (page) => {
  await opened(page);
  await pause(page);
  const order = [];
  for (let count = 0; count < 40 && order.at(-1) !== "container-gallery-iotd-1"; count += 1) {
    await page.keyboard.press("Tab");
    order.push(await focused(page));
  }
  assert.ok(order.includes("floor"), `${order}`);
  assert.ok(order.indexOf("floor") < order.indexOf("container-gallery-image-gallery-1"));
  assert.ok(!order.some((name) => name?.startsWith("service-")), "cards are for the arrows");
});

lab("a service is scaled, a container killed and started by touch alone", async (page) => {
  await opened(page);
  await page.getByTestId("scale-up-accesslog").tap();
  await page.getByTestId("container-gallery-accesslog-2").waitFor();
  const tile = page.getByTestId("container-gallery-accesslog-2");
  await page.locator("[data-testid=container-gallery-accesslog-2][data-state=running]").waitFor();
  for (const [deed, state] of [["kill", "exited"], ["start", "running"]]) {
    await tile.tap();
    await page.getByTestId("container-sheet").getByTestId(deed).tap();
    await page.getByTestId("sheet-close").tap();
    await page.locator(`[data-testid=container-gallery-accesslog-2][data-state=${state}]`).waitFor();
  }
  await page.getByTestId("scale-down-accesslog").tap();
  await tile.waitFor({ state: "detached" });
}, { context: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, locale: "ko-KR" } });

lab("on a tablet the floor is dragged, and what gets the focus comes into sight", async (page) => {
  await opened(page);
  await pause(page);
  for (let count = 0; count < 2; count += 1) await page.getByTestId("scale-up-accesslog").click();
  await page.getByTestId("container-gallery-accesslog-3").waitFor();
  const floor = page.getByTestId("floor");
  const left = () => floor.evaluate((element) => element.scrollLeft);
  const room = await floor.evaluate((element) => element.scrollWidth - element.clientWidth);
  assert.ok(room > 20, `the floor is ${room} px wider than its window`);
  assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth), 0);
  const box = await floor.boundingBox();
  await page.mouse.move(box.x + 300, box.y + box.height - 12);
  await page.mouse.down();
  await page.mouse.move(box.x + 300 - room, box.y + box.height - 12, { steps: 4 });
  await page.mouse.up();
  await until("the floor moved", left, (px) => px >= Math.min(room, 20));
  await floor.evaluate((element) => element.scrollTo(0, 0));
  await floor.focus();
  for (const _ of [1, 2, 3]) await page.keyboard.press("ArrowRight");
  assert.equal(await focused(page), "service-iotd");
  const inside = () => page.getByTestId("service-iotd").evaluate((card) => card.getBoundingClientRect().right - innerWidth);
  await until("the card in sight", inside, (px) => px <= 1);
}, { context: { viewport: { width: 800, height: 900 } } });
