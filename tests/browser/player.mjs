// What a lesson asks for, done by a learner's hands. Which hands they are (keys alone, fingers alone), the tests say; each
// kind gives these deeds, which take locators:
// - `open(link, name)` goes to a page
// - `press(control)`
// - `write(field, text)` instead of what stands there
// - `confirm(button)` what was written: by that button, or by Enter where there is none
// - `replace(field, from, to)`, where `from` ends a line
// - `offered(editor, begun, name)` writes the beginning of a name and takes it from the list
// - `choose(select, value)`
import assert from "node:assert/strict";
import { now, seen, until } from "./pages.mjs";

/** Notes from the first moment on with what the page is pointed at; for a test's `before`. */
export const notePointers = (context) => context.addInitScript(() => {
  globalThis.pointersUsed = new Set();
  addEventListener("pointerdown", ({ pointerType }) => globalThis.pointersUsed.add(pointerType), true);
});

/** With what it was pointed at: `mouse`, `touch`. */
export const pointers = (page) => page.evaluate(() => [...globalThis.pointersUsed]);

/** A learner before the page. */
export function player(page, hands) {
  const on = (name) => seen(page, name).first();
  const press = (name) => hands.press(on(name));
  const open = async (name) => {
    await hands.open(on(`nav-${name}`), name);
    await page.getByTestId(`page-${name}`).waitFor();
  };
  const state = (task) => page.locator(`[data-testid=task][data-task=${task}]`).first().getAttribute("data-state");
  return {
    page, hands, on, press, open,
    async takeUp(lesson) {
      await open("learn");
      await hands.press(page.locator(`[data-testid=lesson][data-lesson=${lesson}]`));
      await press("take-up");
      await on("task").waitFor();
    },
    /** Waits until the lab has seen the task reached. */
    reached: (task) => until(task, () => state(task), (found) => found === "task done", 20_000),
    /** Lets time pass; on a phone from the sheet of everything else. */
    async jump(minutes) {
      const before = await now(page);
      await press((await page.getByTestId("jump").isVisible()) ? "jump" : "more");
      await press(`jump-${minutes}`);
      await until("the clock after a jump", () => now(page), (at) => at >= before + minutes * 60_000, 30_000);
      await page.getByTestId("jump-cancel").waitFor({ state: "detached" });
    },
    async traffic(perSecond) {
      await hands.write(on("traffic-number"), perSecond);
      await hands.confirm();
      await until("the traffic", () => page.getByTestId("traffic-slider").inputValue(), (found) => found === perSecond);
    },
    async run(expression) {
      await hands.write(on("query-editor"), expression);
      await hands.confirm(on("query-run"));
    },
    async deed(container, name) {
      await press(`container-${container}`);
      await page.getByTestId("container-sheet").waitFor();
      await press(name);
      await press("sheet-close");
      await page.getByTestId("container-sheet").waitFor({ state: "detached" });
    },
    async scale(service, by) {
      const replicas = () => page.getByTestId(`replicas-${service}`).textContent();
      const wanted = Number(await replicas()) + by;
      for (let step = 0; step < Math.abs(by); step += 1) await press(`scale-${by > 0 ? "up" : "down"}-${service}`);
      await until(`the replicas of ${service}`, replicas, (found) => Number(found) === wanted);
    },
    /** Goes to the question that the present task asks, by the link in the lesson beside the page. */
    async question(id) {
      if (await page.getByTestId("lesson-peek").isVisible()) await press("lesson-peek");
      await press("to-question");
      await until("the question", () => page.getByTestId("quiz").getAttribute("data-question"), (found) => found === id);
    },
    choice: (id) => hands.press(page.locator(`[data-choice=${id}]`)),
    async configure(from, to) {
      await open("targets");
      await press("tab-config");
      await hands.replace(on("config-editor"), from, to);
      await press("config-reload");
      await page.locator("[data-testid=config-reload]:disabled").waitFor();
    },
    /** The lesson beside the page is said to be over, and all its tasks stand as done. */
    async isOver(lesson) {
      await page.locator("[data-testid=lesson-pane] .lesson-over").waitFor({ state: "attached" });
      await open("learn");
      await hands.press(page.locator(`[data-testid=lesson][data-lesson=${lesson}]`));
      const states = await page.getByTestId("task").evaluateAll((tasks) => tasks.map((task) => task.dataset.state));
      assert.ok(states.length >= 9 && states.every((found) => found === "task done"), `${lesson}: ${states}`);
    },
  };
}
