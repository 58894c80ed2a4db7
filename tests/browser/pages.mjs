// What a learner does with the pages, by the names (`data-testid`) that they promise to tests.
import assert from "node:assert/strict";

/** Waits until `read()` gives something that `wanted` accepts, and gives it. */
export async function until(what, read, wanted, timeout_ms = 15_000) {
  const end = Date.now() + timeout_ms;
  let last;
  do {
    last = await read();
    if (wanted(last)) return last;
    await new Promise((resume) => setTimeout(resume, 50));
  } while (Date.now() < end);
  assert.fail(`${what}: still ${JSON.stringify(last)} after ${timeout_ms} ms`);
}

/** The element of this name that is to be seen; some stand twice, for wide and for narrow windows. */
export const seen = (page, name) => page.getByTestId(name).filter({ visible: true });

/** Waits until the lab stands. */
export const opened = (page) => page.locator("[data-testid=app][data-phase=Open]").waitFor();

/** Goes to a page: `yard`, `query`, `board`, `targets` or `storage`. */
export async function go(page, name) {
  await seen(page, `nav-${name}`).click();
  await page.getByTestId(`page-${name}`).waitFor();
}

/** The virtual instant that the clock shows, in ms. */
export const now = async (page) => Number(await page.getByTestId("clock").getAttribute("data-now"));

/** Stops virtual time. */
export async function pause(page) {
  const isPlaying = () => page.getByTestId("clock").getAttribute("data-playing");
  let pressed_at = -Infinity;
  await until("time stands", async () => {
    // A press in the very moment in which a lab arrives may be the arrival's: a reader presses again.
    if ((await isPlaying()) === "true" && Date.now() - pressed_at > 5000) {
      pressed_at = Date.now();
      await page.getByTestId("play").click();
    }
    return isPlaying();
  }, (playing) => playing === "false");
}

/** Lets this many virtual minutes pass at once; one of those on offer. */
export async function jump(page, minutes) {
  const before = await now(page);
  // On a phone the jumps stand in the sheet of everything else.
  const isWide = await page.getByTestId("jump").isVisible();
  await page.getByTestId(isWide ? "jump" : "more").click();
  await seen(page, `jump-${minutes}`).click();
  await until("the clock after a jump", () => now(page), (at) => at >= before + minutes * 60_000, 30_000);
  await page.getByTestId("jump-cancel").waitFor({ state: "detached" });
}

/** Types an expression and presses Run. */
export async function start(page, expression) {
  await page.getByTestId("query-editor").fill(expression);
  await page.getByTestId("query-run").click();
}

/** Runs an expression and waits until no value of the one before it is shown any more. */
export async function run(page, expression) {
  await start(page, expression);
  await page.locator(".panel-body[aria-busy]").waitFor({ state: "detached" });
}

/** Runs an expression at the present instant and waits for these values, in the table's order. */
export async function expectValues(page, expression, wanted) {
  await page.getByTestId("tab-table").click();
  await run(page, expression);
  const values = () => page.getByTestId("result-value").evaluateAll((cells) =>
    cells.map((cell) => cell.dataset.value ?? cell.textContent));
  await until(expression, values, (found) => JSON.stringify(found) === JSON.stringify(wanted));
}

/**
 * What is drawn on the chart: how many of its pixel columns hold the colour of a line (and not the grey of axes and
 * grid), and over how many rows. Read from the canvas itself.
 */
export const ink = (page) => page.getByTestId("chart-canvas").evaluate((canvas) => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  const columns = new Set(), rows = new Set();
  for (let at = 0; at < data.length; at += 4) {
    const [red, green, blue, alpha] = data.slice(at, at + 4);
    if (alpha > 100 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60) {
      columns.add((at / 4) % width);
      rows.add(Math.floor(at / 4 / width));
    }
  }
  return { columns: columns.size, rows: rows.size, width, height };
});

/** Waits until a line stands on the chart. */
export const chart = (page) => until("a line on the chart", () => ink(page), ({ columns }) => columns > 0, 30_000);
