// How long charts take: 100,000 points from the worker's message to the picture, a move of the cursor over them, ten live
// series of 1,200 points. Prints tables; `cargo xtask bench` runs it against the built site.
import assert from "node:assert/strict";
import { WAYS, close, open } from "../browser.mjs";
import { START } from "../charts.mjs";
import { go, opened, pause, run, until } from "../pages.mjs";
import { median, table, watchDrawing, watchTasks, worst } from "./measured.mjs";

const RUNS = 7;
const DRAW_MS = 50, MOVE_MS = 2, FRAMES = 60;
const SITE = WAYS[0];
/** Of a day in steps of ten seconds: more than 100,000 points. */
const SHAPES = [{ series: 13, samples: 8000 }, { series: 100, samples: 1010, every: 80, step: "60" }];

async function bring(page, { series, samples, every = 10 }) {
  const files = await page.evaluateHandle(({ series, samples, every, start }) => {
    const lines = ["# TYPE points gauge"];
    for (let one = 0; one < series; one += 1) {
      for (let at = 0; at < samples; at += 1) {
        const value = Math.sin(at / 90 + one) * 40 + ((at * 7919 + one * 104729) % 1000) / 40 + one * 3;
        lines.push(`points{one="${String(one).padStart(3, "0")}"} ${value.toFixed(3)} ${start + at * every}`);
      }
    }
    const transfer = new DataTransfer();
    transfer.items.add(new File([`${lines.join("\n")}\n# EOF\n`], "points.om", { type: "text/plain" }));
    return transfer;
  }, { series, samples, every, start: START });
  await page.locator(".query-page").dispatchEvent("drop", { dataTransfer: files });
  await until("the data", () => page.getByTestId("query-store").inputValue(), (store) => store.includes("points"), 60_000);
}

/** The drawings of the data, the last of each message. */
const drawings = (page) => page.evaluate(() => globalThis.drawings.filter(({ canvas }) => canvas === "chart-data"));

async function firstDraw(page, shape) {
  const timed = [];
  for (let round = 0; round < RUNS; round += 1) {
    await page.evaluate(() => { globalThis.drawings.length = 0; });
    // Another expression each time: nothing of the last picture serves the next.
    await run(page, `points * ${round + 1}`);
    await until("the picture", () => drawings(page), (found) => found.some(({ message_ms, end_ms, begin_ms }) => message_ms > 0 && end_ms > begin_ms), 60_000);
    await page.waitForTimeout(300);
    timed.push((await drawings(page)).at(-1));
  }
  const whole = timed.map(({ message_ms, end_ms }) => end_ms - message_ms);
  const drawing = timed.map(({ begin_ms, end_ms }) => end_ms - begin_ms);
  const cells = [whole, drawing].map((numbers) => `${median(numbers).toFixed(1)} (${worst(numbers).toFixed(1)})`);
  const what = `${shape.series} series × ${shape.samples} points`;
  return { what, cells, budget: DRAW_MS, over: median(whole) > DRAW_MS };
}

/**
 * The time of moves of the cursor, one a frame as a hand makes them: handler, tooltip and legend to the end of all that
 * they set going; and that with the layout of what they changed.
 */
async function moves(page, what) {
  const times = await page.getByTestId("chart-cursor").evaluate(async (canvas) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const times = [];
    for (let move = 0; move < 300; move += 1) {
      const place = { clientX: left + width * (0.1 + 0.8 * ((move * 37) % 300) / 300), clientY: top + height * (0.2 + (move % 60) / 100) };
      const event = new PointerEvent("pointermove", { ...place, bubbles: true, pointerType: "mouse", pointerId: 1 });
      await new Promise(requestAnimationFrame);
      const begin = performance.now();
      canvas.dispatchEvent(event);
      // Yew renders in a task of its own kind that comes before any other: so do these.
      for (let turn = 0; turn < 8; turn += 1) await null;
      const done = performance.now();
      document.body.getBoundingClientRect();
      times.push([done - begin, performance.now() - begin]);
    }
    return times;
  });
  const tip = await page.getByTestId("chart-tip").count();
  assert.equal(tip, 1, "the cursor shows nothing");
  const [own, laidOut] = [0, 1].map((which) => times.map((pair) => pair[which]).sort((one, other) => one - other));
  const cells = [own[150], own[285], laidOut[150]].map((ms) => ms.toFixed(2));
  return { what, cells, budget: MOVE_MS, over: own[150] > MOVE_MS };
}

async function live() {
  const { page, close: leave } = await visit();
  await go(page, "query");
  const one = (number) => `label_replace(sin(vector(time() / ${90 + number * 7})) * 40 + ${number * 9}, "n", "${number}", "", "")`;
  await page.getByTestId("query-range").selectOption("1h");
  await page.getByTestId("query-step").selectOption("3s");
  await run(page, Array.from({ length: 10 }, (_, number) => one(number)).join(" or "));
  await page.getByTestId("speed-60").click();
  await page.waitForTimeout(2000);
  await page.evaluate(() => { globalThis.drawings.length = 0; globalThis.longTasks.length = 0; });
  const frames = await page.evaluate(() => new Promise((done) => {
    const times = [];
    const look = (now) => {
      times.push(now);
      if (now - times[0] < 10_000) requestAnimationFrame(look); else done(times);
    };
    requestAnimationFrame(look);
  }));
  const gaps = frames.slice(1).map((at, index) => at - frames[index]);
  const rate = (1000 * gaps.length) / (frames.at(-1) - frames[0]);
  const drawn = await drawings(page);
  assert.ok(drawn.length > 0, "nothing was drawn");
  const times = drawn.map(({ message_ms, begin_ms, end_ms }) => Math.min(end_ms - message_ms, end_ms - begin_ms + 100));
  const tasks = await page.evaluate(() => globalThis.longTasks);
  table("ten live series of 1,201 points, the yard at ×60, for 10 s", ["median", "worst"], [
    { what: "frames a second", cells: [rate.toFixed(1), (1000 / worst(gaps)).toFixed(1)], budget: FRAMES, over: rate < FRAMES - 2 },
    { what: `ms a redraw (${drawn.length} of them)`, cells: [median(times).toFixed(1), worst(times).toFixed(1)], budget: 16.7, over: median(times) > 16.7 },
    { what: "tasks over 50 ms", cells: [tasks.length, worst(tasks.map(({ ms }) => ms)).toFixed(0)], budget: 0, over: tasks.length > 0 },
  ]);
  await leave();
}

/** An open lab whose drawings and long tasks are noted. */
async function visit() {
  const opening = await open(SITE, {}, async (context) => {
    await context.addInitScript(watchDrawing);
    await context.addInitScript(watchTasks);
  });
  await opened(opening.page);
  return opening;
}

const rows = [], moved = [];
for (const shape of SHAPES) {
  const { page, close: leave } = await visit();
  await pause(page);
  await go(page, "query");
  await bring(page, shape);
  await page.getByTestId("query-step").selectOption(shape.step ? "1m" : "10s");
  rows.push(await firstDraw(page, shape));
  moved.push(await moves(page, `over ${shape.series} series × ${shape.samples} points`));
  await leave();
}
table("100,000 points, ms: median (worst)", ["message to picture", "drawing alone"], rows);
table("a move of the cursor, ms", ["median", "95 of 100", "with layout"], moved);
await live();
await close();
