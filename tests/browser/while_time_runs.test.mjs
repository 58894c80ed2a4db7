// The page is drawn anew many times a second while time runs: what is being typed stays, and the focus stays where it is.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";
import { go, jump, opened, run, until } from "./pages.mjs";

const playing = async (page) => assert.equal(await page.getByTestId("clock").getAttribute("data-playing"), "true");

lab("a panel's name and its end can be typed while time runs", async (page) => {
  await opened(page);
  await go(page, "query");
  const name = page.getByTestId("panel-name");
  await name.pressSequentially("errors a second", { delay: 180 });
  assert.equal(await name.inputValue(), "errors a second");
  await name.press("Enter");
  await page.waitForTimeout(2500);
  assert.equal(await name.inputValue(), "errors a second");
  await run(page, "up");
  const live = page.getByTestId("query-live");
  if ((await live.getAttribute("aria-pressed")) === "true") await live.click();
  const end = page.getByTestId("query-end");
  await end.fill("");
  await end.pressSequentially("2026-03-02 09:05:00", { delay: 180 });
  assert.equal(await end.inputValue(), "2026-03-02 09:05:00");
  await end.press("Enter");
  await until("the end", () => end.inputValue(), (value) => value.startsWith("2026-03-02 09:05:00"));
  await playing(page);
});

lab("the jumps are walked with Tab while time runs, and Esc leads back to their button", async (page) => {
  await opened(page);
  const focus = () => page.evaluate(() => document.activeElement.dataset.testid);
  await page.getByTestId("jump").focus();
  await page.keyboard.press("Enter");
  await until("the first jump", focus, (on) => on === "jump-1");
  for (const expected of ["jump-5", "jump-15"]) {
    await page.keyboard.press("Tab");
    await page.waitForTimeout(400);
    assert.equal(await focus(), expected);
  }
  await page.keyboard.press("Escape");
  await until("the button", focus, (on) => on === "jump");
  await playing(page);
  await jump(page, 5);
});
