// Lessons: taking one up, reaching a task, hints, the quiz; and that all of it is kept beside every page.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";
import { go, opened, pause, run, seen, until } from "./pages.mjs";

const state = (page, task) =>
  page.locator(`[data-testid=task][data-task=${task}]`).first().getAttribute("data-state");

async function takenUp(page, lesson) {
  await opened(page);
  await go(page, "learn");
  await page.locator(`[data-testid=lesson][data-lesson=${lesson}]`).click();
  await page.getByTestId("take-up").click();
  await page.getByTestId("task").first().waitFor();
}

lab("a lesson is taken up, and its first task reached by a query", async (page) => {
  await takenUp(page, "observed");
  assert.equal(await state(page, "ask-up"), "task now");
  await go(page, "query");
  await page.getByTestId("lesson-pane").waitFor();
  await run(page, "up");
  await until("the task", () => state(page, "ask-up"), (now) => now === "task done");
  assert.equal(await state(page, "more-visitors"), "task now");
  await page.getByTestId("goal-seen").waitFor();
});

lab("hints come one by one, then the solution, and a task can be skipped", async (page) => {
  await takenUp(page, "three-addresses");
  await pause(page);
  const hints = () => page.getByTestId("hints").locator("> li").count();
  for (let taken = 1; taken <= 3; taken += 1) {
    await page.getByTestId("hint").click();
    await until("the hints", hints, (count) => count === taken);
  }
  assert.ok(await page.getByTestId("hint").isDisabled());
  await page.getByTestId("reveal").click();
  assert.ok((await page.getByTestId("solution").innerText()).includes("scale accesslog 3"));
  await page.getByTestId("skip").click();
  await until("the next task", () => state(page, "sum-away"), (now) => now === "task now");
});

lab("a wrong answer explains every choice, and a right one counts", async (page) => {
  await opened(page);
  await go(page, "learn");
  const quiz = page.getByTestId("quiz");
  assert.equal(await quiz.getAttribute("data-question"), "default-way");
  await page.locator("[data-choice=push]").click();
  await until("the verdict", () => quiz.getAttribute("data-right"), (right) => right === "false");
  assert.equal(await page.getByTestId("choice").locator(".why").count(), 4);
  assert.ok(await page.locator("[data-choice=pull]").evaluate((one) => one.classList.contains("right")));
  await page.getByTestId("again").click();
  await page.locator("[data-choice=pull]").click();
  await until("the verdict", () => quiz.getAttribute("data-right"), (right) => right === "true");
  await page.getByTestId("next-question").click();
  assert.equal(await quiz.getAttribute("data-question"), "which-section");
});

lab("several answers are marked and sent together", async (page) => {
  await opened(page);
  await go(page, "learn");
  await page.locator("[data-testid=lesson][data-lesson=three-addresses]").click();
  const quiz = page.getByTestId("quiz");
  await until("the lesson", () => quiz.getAttribute("data-question"), (id) => id === "dns-with-three");
  while ((await quiz.getAttribute("data-question")) !== "true-of-pull") await page.getByTestId("next-question").click();
  for (const choice of ["up-for-free", "monitor-decides-load", "browser-shows"]) {
    await page.locator(`[data-choice=${choice}]`).click();
  }
  await page.getByTestId("answer").click();
  await until("the verdict", () => quiz.getAttribute("data-right"), (right) => right === "true");
});

lab("on a phone the lesson is a strip that opens as a sheet, in Korean", async (page) => {
  await takenUp(page, "three-addresses");
  await go(page, "yard");
  await page.getByTestId("lesson-peek").click();
  const sheet = page.getByTestId("lesson-sheet");
  await sheet.waitFor();
  assert.ok((await sheet.innerText()).includes("복제본 셋, 타겟 셋"));
  await page.getByTestId("sheet-close").click();
  await sheet.waitFor({ state: "detached" });
  assert.ok(await seen(page, "nav-learn").isVisible());
}, { context: { locale: "ko-KR", viewport: { width: 360, height: 740 }, hasTouch: true } });

lab("a way to a question leads to it, also from the page itself", async (page) => {
  await opened(page);
  await go(page, "learn");
  await page.getByTestId("take-up").click();
  for (const task of ["ask-up", "more-visitors"]) {
    const state = page.locator(`[data-testid=page-learn] [data-task=${task}]`);
    await until(task, () => state.getAttribute("data-state"), (now) => now === "task now");
    await page.getByTestId("skip").click();
  }
  await page.getByTestId("to-question").click();
  await until("the question", () => page.getByTestId("quiz").getAttribute("data-question"), (id) => id === "good-requests");
  assert.ok(await page.getByTestId("quiz").evaluate((quiz) => quiz === document.activeElement), "the quiz has no focus");
  const { top, bottom } = await page.getByTestId("quiz").evaluate((quiz) => quiz.getBoundingClientRect());
  assert.ok(top < 800 && bottom > 48, `the quiz stands from ${top} to ${bottom}`);
});

lab("a newcomer is offered the first lesson above the yard, once", async (page) => {
  await opened(page);
  await page.getByTestId("invite-begin").click();
  await page.getByTestId("lesson-pane").waitFor();
  assert.equal(await page.getByTestId("invite").count(), 0);
});

lab("who declines the offer is not asked again", async (page) => {
  await opened(page);
  await page.getByTestId("invite-decline").click();
  await page.getByTestId("invite").waitFor({ state: "detached" });
  await page.reload();
  await opened(page);
  await page.getByTestId("larger").waitFor(); // all that comes later is here
  await page.waitForTimeout(600);
  assert.equal(await page.getByTestId("invite").count(), 0);
});
