// What a keyboard can do, and nothing else: no control is focused, pressed or filled but by keys.
import assert from "node:assert/strict";

/** No control lies further from another than this many presses of Tab. */
const MOST_TABS = 90;

/** Where a control stands from what has the focus (`here`, `before`, `behind`), and what that is. Reads only. */
const look = (control) => control.evaluate((wanted) => {
  const active = document.activeElement ?? document.body;
  const isBefore = active.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING;
  const side = wanted === active ? "here" : isBefore ? "before" : "behind";
  return { side, on: active.dataset.testid ?? active.tagName };
});

/** Presses Tab, or Shift+Tab, until the control has the focus. */
export async function reach(page, control) {
  await control.waitFor();
  const way = [];
  while (way.length <= MOST_TABS) {
    const { side, on } = await look(control);
    if (side === "here") return;
    way.push(on);
    await page.keyboard.press(side === "before" ? "Shift+Tab" : "Tab");
  }
  assert.fail(`${control} is not reached with Tab, by way of ${way.join(", ")}`);
}

/** Goes to a control and presses it. */
async function press(page, control) {
  await reach(page, control);
  await page.keyboard.press("Enter");
}

/** The hands of a learner with a keyboard alone, as `player.mjs` wants them. */
export const keyboardHands = (page) => ({
  press: (control) => press(page, control),
  /** By the page's own keys; a field keeps them, so from there by the link. */
  async open(link, name) {
    const isInField = await page.evaluate(() => document.activeElement?.matches("input, textarea, select"));
    if (isInField) return press(page, link);
    await page.keyboard.press("g");
    return page.keyboard.press(name[0]);
  },
  async write(field, text) {
    await reach(page, field);
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(text);
    assert.equal(await field.inputValue(), text);
  },
  confirm: () => page.keyboard.press("Enter"),
  async replace(field, from, to) {
    await reach(page, field);
    const text = await field.inputValue();
    const lines = text.slice(0, text.indexOf(from) + from.length).split("\n").length;
    await page.keyboard.press("ControlOrMeta+Home");
    for (let line = 1; line < lines; line += 1) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    for (const _ of from) await page.keyboard.press("Backspace");
    await page.keyboard.type(to);
    assert.equal(await field.inputValue(), text.replace(from, to));
  },
  async offered(editor, begun, wanted) {
    await reach(page, editor);
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(begun);
    const chosen = page.locator("[data-testid=query-offer][aria-selected=true]");
    await chosen.waitFor();
    for (let step = 0; step < 20 && (await chosen.locator(".mono").textContent()) !== wanted; step += 1) {
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Enter");
    assert.equal(await editor.inputValue(), wanted);
  },
  async choose(select, value) {
    await reach(page, select);
    // A closed list takes the first letters of what it holds.
    await page.keyboard.type(await select.locator(`option[value=${value}]`).textContent());
    assert.equal(await select.inputValue(), value);
  },
});
