// Several panels: added, copied, removed and brought back, named, moved by keys and by pointer, kept over a walk and a reload.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";
import { go, jump, opened, pause, until } from "./pages.mjs";

const letters = (page) => page.getByTestId("panel-handle").evaluateAll((handles) => handles.map((one) => one.textContent).join(""));
const panel = (page, letter) => page.getByTestId("query-panel").filter({ has: page.getByTestId("panel-handle").filter({ hasText: letter }) });
const becomes = (page, wanted) => until("the panels", () => letters(page), (found) => found === wanted);

async function begin(page) {
  await opened(page);
  await pause(page);
  await jump(page, 1);
  await go(page, "query");
}

/** Runs an expression as a table in one panel and gives its values. */
async function values(page, letter, expression, wanted) {
  const own = panel(page, letter);
  await own.getByTestId("tab-table").click();
  await own.getByTestId("query-editor").fill(expression);
  await own.getByTestId("query-run").click();
  await until(expression, () => own.getByTestId("result-value").allTextContents(), (found) => found.join() === wanted);
}

lab("each panel has its own expression, value and view", async (page) => {
  await begin(page);
  await page.getByTestId("panel-add").click();
  await becomes(page, "AB");
  await panel(page, "B").getByTestId("query-new").waitFor();
  await values(page, "B", "vector(2)", "2");
  await values(page, "A", "vector(1)", "1");
  assert.deepEqual(await panel(page, "B").getByTestId("result-value").allTextContents(), ["2"], "B keeps its own value");
  // A copy stands behind its original and goes its own way.
  await panel(page, "A").getByTestId("panel-duplicate").click();
  await becomes(page, "ACB");
  await values(page, "C", "vector(3)", "3");
  assert.deepEqual(await panel(page, "A").getByTestId("result-value").allTextContents(), ["1"]);
});

lab("a removed panel comes back with Undo, by keyboard", async (page) => {
  await begin(page);
  await page.getByTestId("panel-add").click();
  await panel(page, "B").getByTestId("panel-name").fill("Errors");
  await panel(page, "B").getByTestId("query-editor").fill("up == 0");
  await panel(page, "B").getByTestId("panel-remove").focus();
  await page.keyboard.press("Enter");
  await becomes(page, "A");
  assert.equal(await panel(page, "A").getByTestId("panel-remove").count(), 0, "the last panel stays");
  assert.match(await page.getByTestId("panel-removed").innerText(), /B Errors/);
  await page.keyboard.press("Enter"); // the focus stands on Undo
  await becomes(page, "AB");
  assert.equal(await panel(page, "B").getByTestId("query-editor").inputValue(), "up == 0");
  assert.equal(await panel(page, "B").getByTestId("panel-name").inputValue(), "Errors");
});

lab("panels are moved by arrow keys and by pointer", async (page) => {
  await begin(page);
  await page.getByTestId("panel-add").click();
  await page.getByTestId("panel-add").click();
  await becomes(page, "ABC");
  const handle = (letter) => panel(page, letter).getByTestId("panel-handle");
  await handle("A").focus();
  await page.keyboard.press("ArrowDown");
  await becomes(page, "BAC");
  await page.keyboard.press("ArrowDown");
  await becomes(page, "BCA");
  await page.keyboard.press("ArrowUp");
  await becomes(page, "BAC");
  const [from, to] = [await handle("C").boundingBox(), await panel(page, "B").boundingBox()];
  await page.mouse.move(from.x + 8, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y - 40, { steps: 3 });
  await page.mouse.move(from.x + 8, to.y + 4, { steps: 5 });
  await page.mouse.up();
  await becomes(page, "CBA");
}, { context: { viewport: { width: 1280, height: 1500 } } });

lab("panels stand there again after a walk and after a reload", async (page) => {
  await begin(page);
  await panel(page, "A").getByTestId("panel-name").fill("한글 이름");
  await page.getByTestId("panel-add").click();
  await values(page, "B", "vector(5)", "5");
  await panel(page, "B").getByTestId("query-editor").fill("vector(6) # \u202e");
  const check = async () => {
    await becomes(page, "AB");
    assert.equal(await panel(page, "A").getByTestId("panel-name").inputValue(), "한글 이름");
    assert.equal(await panel(page, "B").getByTestId("query-editor").inputValue(), "vector(6) # \u202e");
    await until("the last run", () => panel(page, "B").getByTestId("result-value").allTextContents(), (found) => found.join() === "5");
    assert.ok(await panel(page, "B").getByTestId("query-edited").isVisible());
  };
  await go(page, "yard");
  await go(page, "query");
  await check();
  await page.reload();
  await opened(page);
  await go(page, "query");
  await check();
});

lab("on a phone panels are worked by touch, in Korean", async (page) => {
  await begin(page);
  await page.getByTestId("panel-add").tap();
  await becomes(page, "AB");
  await panel(page, "B").getByTestId("panel-duplicate").tap();
  await becomes(page, "ABC");
  await panel(page, "C").getByTestId("panel-remove").tap();
  await becomes(page, "AB");
  const small = await page.locator(".panel-head button").evaluateAll((buttons) =>
    buttons.map((one) => one.getBoundingClientRect()).filter((box) => box.width < 44 || box.height < 44).length);
  assert.equal(small, 0, "every control is large enough for a finger");
  const [wide, narrow] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
  assert.ok(wide <= narrow, `the page is ${wide} px wide in ${narrow}`);
}, { context: { locale: "ko-KR", viewport: { width: 360, height: 740 }, hasTouch: true } });
