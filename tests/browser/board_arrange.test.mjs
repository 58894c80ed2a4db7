// Arranging the board: with the mouse, by touch, with the keyboard, and under one another on a phone.
import assert from "node:assert/strict";
import { boardOf, choose, expectPlaces, panel, panels } from "./boards.mjs";
import { lab } from "./harness.mjs";
import { opened, pause } from "./pages.mjs";

const TWO = { 1: "0,0 12×8", 2: "12,0 12×8" };
const SWAPPED = { 2: "0,0 12×8", 1: "12,0 12×8" };

/** The middle of an element. */
async function middle(locator) {
  const { x, y, width, height } = await locator.boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
}

lab("a panel is dragged by its head and resized by its corner", async (page) => {
  await opened(page);
  await pause(page);
  await boardOf(page, "one", "two");
  await expectPlaces(page, TWO);
  const from = await middle(panel(page, 1).getByTestId("board-head"));
  const to = await middle(panel(page, 2).getByTestId("board-head"));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, from.y, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
  // The one that was hit went beneath.
  await expectPlaces(page, { 1: "12,0 12×8", 2: "12,8 12×8" });

  const corner = await middle(panel(page, 1).getByTestId("board-corner"));
  await page.mouse.move(corner.x, corner.y);
  await page.mouse.down();
  await page.mouse.move(corner.x - 4, corner.y + 2 * 38, { steps: 6 });
  await page.mouse.up();
  await expectPlaces(page, { 1: "12,0 12×10", 2: "12,10 12×8" });
});

lab("a panel is dragged by touch", async (page) => {
  await opened(page);
  await pause(page);
  await boardOf(page, "one", "two");
  const from = await middle(panel(page, 2).getByTestId("board-head"));
  const to = await middle(panel(page, 1).getByTestId("board-head"));
  const client = await page.context().newCDPSession(page);
  const touch = (type, at) => client.send("Input.dispatchTouchEvent", { type, touchPoints: at ? [at] : [] });
  await touch("touchStart", from);
  for (let step = 1; step <= 8; step += 1) {
    await touch("touchMove", { x: from.x + (to.x - from.x) * step / 8, y: from.y });
  }
  await touch("touchEnd");
  await expectPlaces(page, { 2: "0,0 12×8", 1: "0,8 12×8" });
}, { context: { hasTouch: true, viewport: { width: 1024, height: 800 } } });

lab("a panel is moved and resized with the keyboard, and told where it stands", async (page) => {
  await opened(page);
  await pause(page);
  await boardOf(page, "one", "two");
  await panel(page, 1).focus();
  await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.press("Shift+ArrowDown");
  await expectPlaces(page, { 1: "0,0 11×9", 2: "12,0 12×8" });
  await page.keyboard.press("ArrowRight");
  await expectPlaces(page, { 1: "1,0 11×9", 2: "12,0 12×8" });
  assert.match(await page.getByTestId("board-told").innerText(), /Column 2, row 1, 11 columns wide, 9 rows high/);
  await page.keyboard.press("ArrowUp");
  assert.match(await page.getByTestId("board-told").innerText(), /No room/);
  // Quick presses are not lost, though the lab answers later than they come.
  for (let press = 0; press < 5; press += 1) await page.keyboard.press("Shift+ArrowUp");
  await expectPlaces(page, { 1: "1,0 11×4", 2: "12,0 12×8" });
  assert.equal(await page.evaluate(() => document.activeElement.dataset.panel), "1");
});

lab("on a phone panels stand under one another and change places through their menu", async (page) => {
  await opened(page);
  await pause(page);
  await boardOf(page, "one", "two");
  const tops = async () => Promise.all([1, 2].map(async (id) => (await panel(page, id).boundingBox()).y));
  const [first, second] = await tops();
  assert.ok(second > first, "one above the other");
  await choose(page, 2, "earlier");
  await expectPlaces(page, SWAPPED);
  assert.deepEqual((await panels(page)).map(({ title }) => title), ["two", "one"]);
}, { context: { hasTouch: true, viewport: { width: 360, height: 740 } } });
