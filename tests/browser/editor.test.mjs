// The editor beyond completion: what was run before, composed syllables, lines, and a list that is not clipped.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";
import { go, jump, opened, pause, run, until } from "./pages.mjs";

const editor = (page) => page.getByTestId("query-editor");
const text = (page) => editor(page).inputValue();

async function begin(page) {
  await opened(page);
  await pause(page);
  await jump(page, 1);
  await go(page, "query");
  await page.getByTestId("tab-table").click();
}

/** Runs and waits for the value. */
async function ran(page, expression, value) {
  await run(page, expression);
  await until(expression, () => page.getByTestId("result-value").allTextContents(), (found) => found.join() === value);
}

lab("arrows at the edges of the text go through what was run", async (page) => {
  await begin(page);
  await ran(page, "vector(1)", "1");
  await ran(page, "vector(2)", "2");
  await page.waitForTimeout(300); // the history is asked for after a run
  await editor(page).fill("draft");
  await editor(page).focus();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowUp");
  assert.equal(await text(page), "vector(2)");
  await page.keyboard.press("ArrowUp");
  assert.equal(await text(page), "vector(1)");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal(await text(page), "draft");
});

lab("the history is a list, too, and survives a walk", async (page) => {
  await begin(page);
  await ran(page, "vector(11)", "11");
  await ran(page, "vector(12)", "12");
  await go(page, "yard");
  await go(page, "query");
  await page.getByTestId("query-history").click();
  const items = page.getByTestId("history-item");
  await until("the list", () => items.allTextContents(), (found) => found[0] === "vector(12)" && found[1] === "vector(11)");
  await items.nth(1).click();
  assert.equal(await text(page), "vector(11)");
});

lab("Enter runs and Shift+Enter breaks the line", async (page) => {
  await begin(page);
  await editor(page).fill("");
  await editor(page).focus();
  await page.keyboard.type("vector(3)");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("+ 4");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await until("the value", () => page.getByTestId("result-value").allTextContents(), (found) => found.join() === "7");
  assert.equal(await text(page), "vector(3)\n+ 4");
});

lab("a composed syllable keeps Enter and arrows to itself", async (page) => {
  await begin(page);
  await ran(page, "vector(1)", "1");
  await editor(page).fill("");
  await editor(page).focus();
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "ㅎ", selectionStart: 1, selectionEnd: 1 });
  await session.send("Input.imeSetComposition", { text: "하", selectionStart: 1, selectionEnd: 1 });
  for (const key of ["Enter", "ArrowUp"]) {
    await session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key, code: key, windowsVirtualKeyCode: 229 });
  }
  await session.send("Input.imeSetComposition", { text: "한", selectionStart: 1, selectionEnd: 1 });
  await session.send("Input.insertText", { text: "한" });
  assert.equal(await text(page), "한");
  assert.equal(await page.getByTestId("query-error").count(), 0, "nothing was run");
  await page.keyboard.press("Enter");
  await page.getByTestId("query-error").waitFor();
}, { context: { locale: "ko-KR" } });

const inside = async (page) => {
  const list = await page.locator(".offers").boundingBox();
  const panel = await page.getByTestId("query-panel").last().boundingBox();
  const scroll = await page.locator(".query-page .scroll").boundingBox();
  assert.ok(list.x >= panel.x - 1 && list.x + list.width <= panel.x + panel.width + 1, `sideways: ${JSON.stringify({ list, panel })}`);
  assert.ok(list.y >= scroll.y - 1 && list.y + list.height <= scroll.y + scroll.height + 1, `up and down: ${JSON.stringify({ list, scroll })}`);
};

lab("the list of offers opens under its word, flips near the foot and stays inside", async (page) => {
  await begin(page);
  const long = `${"up + ".repeat(16)}`;
  await editor(page).fill(long);
  await editor(page).focus();
  await page.keyboard.press("End");
  await page.keyboard.type("ra");
  await page.getByTestId("query-offers").waitFor();
  await inside(page);
  await page.keyboard.press("Escape");
  // A panel at the foot: the list opens above it.
  await page.getByTestId("panel-add").click();
  const last = page.getByTestId("query-editor").last();
  await last.fill("");
  await last.evaluate((area) => area.scrollIntoView({ block: "end" }));
  await last.focus();
  await page.keyboard.type("ra");
  await page.getByTestId("query-offers").waitFor();
  await inside(page);
});

lab("on a phone the offers are a strip under the editor, taken by touch", async (page) => {
  await begin(page);
  await editor(page).fill("");
  await editor(page).tap();
  await page.keyboard.type("sum(ra");
  const offer = page.getByTestId("query-offer").first();
  await offer.waitFor();
  const box = await offer.boundingBox();
  assert.ok(box.height >= 44 && box.x >= 0, JSON.stringify(box));
  await offer.tap();
  assert.equal(await text(page), "sum(rate()");
}, { context: { viewport: { width: 360, height: 740 }, hasTouch: true } });
