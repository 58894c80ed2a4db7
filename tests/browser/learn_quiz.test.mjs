// Every question of the course: once it is answered, each choice is explained, in both languages.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";
import { go, jump, opened, pause, run, until } from "./pages.mjs";

const NOTES = ["default-way", "which-section", "who-does-what"];

async function answered(page, quiz) {
  if (await page.getByTestId("sort").count()) {
    for (const select of await page.getByTestId("sort").all()) await select.selectOption({ index: 1 });
    await page.getByTestId("answer").click();
  } else if (await page.getByTestId("written").count()) {
    await page.getByTestId("written").fill("1");
    await page.getByTestId("answer").click();
  } else {
    await page.getByTestId("choice").first().click();
    if (await page.getByTestId("answer").count()) await page.getByTestId("answer").click();
  }
  await until("the verdict", () => quiz.getAttribute("data-right"), (right) => right !== null);
}

for (const locale of ["en-US", "ko-KR"]) {
  lab(`at least fifteen questions, each choice of each explained, ${locale}`, async (page) => {
    await opened(page);
    await pause(page);
    await go(page, "learn");
    const asked = [];
    for (const lesson of ["observed", "three-addresses"]) {
      await page.locator(`[data-testid=lesson][data-lesson=${lesson}]`).click();
      const quiz = page.getByTestId("quiz");
      await until("the lesson", () => quiz.getAttribute("data-question"), (id) => !asked.includes(id));
      for (;;) {
        const id = await quiz.getAttribute("data-question");
        asked.push(id);
        const choices = await page.getByTestId("choice").count();
        await answered(page, quiz);
        const whys = choices > 0 ? page.getByTestId("choice").locator(".why") : quiz.locator("> .prose").last();
        const texts = await whys.allTextContents();
        assert.equal(texts.length, Math.max(choices, 1), id);
        assert.ok(texts.every((text) => text.trim().length >= 8), `${id}: ${texts}`);
        assert.equal(texts.some((text) => /[가-힣]/.test(text)), locale === "ko-KR", `${id} in its language`);
        if (await page.getByTestId("next-question").isDisabled()) break;
        await page.getByTestId("next-question").click();
        await until("the next question", () => quiz.getAttribute("data-question"), (now) => now !== id);
      }
    }
    assert.ok(asked.length >= 15 && new Set(asked).size === asked.length, `${asked}`);
    assert.ok(NOTES.every((id) => asked.includes(id)));
    const overflow = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
    assert.equal(overflow, 0);
  }, { context: { locale, viewport: { width: 360, height: 740 }, hasTouch: true } });
}

lab("a question is answered by keyboard alone, and the last answer counts", async (page) => {
  await opened(page);
  await go(page, "learn");
  const quiz = page.getByTestId("quiz");
  for (const [choice, wanted] of [["pull", "true"], ["push", "false"], ["pull", "true"]]) {
    await page.locator(`[data-choice=${choice}]`).focus();
    await page.keyboard.press("Enter");
    await until("the verdict", () => quiz.getAttribute("data-right"), (right) => right === wanted);
    await page.getByTestId("again").focus();
    await page.keyboard.press("Space");
    await until("asked again", () => quiz.getAttribute("data-right"), (right) => right === null);
  }
});

lab("a task that is reached is told, and asking for what is missing counts only when it is missing", async (page) => {
  await opened(page);
  await go(page, "learn");
  await page.locator("[data-testid=lesson][data-lesson=three-addresses]").click();
  await page.getByTestId("take-up").click();
  await page.getByTestId("to-task").click();
  await page.getByTestId("lesson-pane").waitFor();
  const skipped = async (task) => {
    await until(task, () => page.locator(`[data-task=${task}]`).first().getAttribute("data-state"), (state) => state === "task now");
    await page.getByTestId("skip").click();
  };
  for (const task of ["three-targets", "sum-away", "fixed-port", "lose-one", "one-address", "explain-the-rate", "discover-again", "gone-silently"]) {
    await skipped(task);
  }
  const state = () => page.locator("[data-task=ask-for-the-missing]").first().getAttribute("data-state");
  await until("the last task", state, (now) => now === "task now");
  await go(page, "query");
  await run(page, 'absent(up{job="access-log"})');
  await page.waitForTimeout(800);
  assert.equal(await state(), "task now", "nothing is missing yet");
  await go(page, "yard");
  await page.getByTestId("scale-down-accesslog").click();
  await jump(page, 1);
  await go(page, "query");
  await run(page, "absent(up)");
  await page.waitForTimeout(800);
  assert.equal(await state(), "task now");
  await run(page, 'absent(up{job="access-log"})');
  await until("the task", state, (now) => now === "task done");
  await page.getByTestId("notice").filter({ hasText: "Ask for what is missing" }).waitFor();
});
