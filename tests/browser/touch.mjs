// What fingers can do, and nothing else: taps, and a soft keyboard that writes into the field that a tap has chosen.
import assert from "node:assert/strict";

const hasFocus = (field) => field.evaluate((element) => element === document.activeElement);

/** Presses a key of the soft keyboard so often. */
async function keys(page, key, times) {
  for (let count = 0; count < times; count += 1) await page.keyboard.press(key);
}

/** Empties a field: a tap chooses it, a finger that slides over the space bar moves the caret to its end. */
async function empty(page, field) {
  await field.tap();
  assert.ok(await hasFocus(field), `${field} has the focus`);
  const { length } = await field.inputValue();
  await keys(page, "ArrowRight", length);
  await keys(page, "Backspace", length);
  assert.equal(await field.inputValue(), "");
}

/** Closes what the page has told: on a phone it lies over the foot of the page. An open sheet lies over it in turn. */
async function closeNotices(page) {
  const notices = page.getByTestId("notice");
  while ((await notices.count()) > 0 && (await page.locator("dialog[open]").count()) === 0) {
    // One that goes by itself meanwhile is closed, too.
    await notices.last().getByRole("button").tap({ timeout: 2000 }).catch(() => {});
  }
}

/** The hands of a learner with fingers alone, as `player.mjs` wants them. */
export const touchHands = (page) => {
  const press = async (control) => {
    await closeNotices(page);
    await control.tap();
  };
  return {
    press,
    open: press,
    async write(field, text) {
      await empty(page, field);
      await page.keyboard.insertText(text);
      assert.equal(await field.inputValue(), text);
    },
    confirm: (button) => (button ? press(button) : page.keyboard.press("Enter")),
    async replace(field, from, to) {
      const text = await field.inputValue();
      const lines = text.slice(0, text.indexOf(from) + from.length).split("\n").length;
      // Behind the end of a line a tap puts the caret at its end.
      const line = page.locator(".gutter li").nth(lines - 1);
      await line.scrollIntoViewIfNeeded();
      const [beside, around] = [await line.boundingBox(), await field.boundingBox()];
      await field.tap({ position: { x: around.width - 4, y: beside.y + beside.height / 2 - around.y } });
      await keys(page, "Backspace", from.length);
      await page.keyboard.insertText(to);
      assert.equal(await field.inputValue(), text.replace(from, to));
    },
    async offered(editor, begun, wanted) {
      await empty(page, editor);
      await page.keyboard.insertText(begun);
      await page.getByTestId("query-offer").filter({ hasText: wanted }).first().tap();
      assert.equal(await editor.inputValue(), wanted);
      assert.ok(await hasFocus(editor), "the soft keyboard stays");
    },
    async choose(select, value) {
      await select.tap();
      // What a phone offers then is its own list, no part of the page.
      await select.selectOption(value);
    },
  };
};
