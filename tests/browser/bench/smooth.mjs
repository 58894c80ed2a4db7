// Whether the page stays smooth: tasks of the main thread over 50 ms while the yard runs at ×60, on each page; and how
// soon the largest thing is painted with the processor slowed four times on a slow line. Prints tables; `cargo xtask
// bench` runs it against the built site.
import { WAYS, close, open } from "../browser.mjs";
import { go, opened } from "../pages.mjs";
import { median, table, watchTasks, worst } from "./measured.mjs";

const SITE = WAYS[0];
const LONGEST_MS = 50, PAINT_MS = 2500, RUNS = 5, LOOK_MS = 10_000;
/** What browsers' tools call fast 3G. */
const FAST_3G = { offline: false, downloadThroughput: (1.6 * 1024 * 1024 * 0.9) / 8, uploadThroughput: (750 * 1024 * 0.9) / 8, latency: 562.5 };

async function tasks() {
  const opening = await open(SITE, {}, (context) => context.addInitScript(watchTasks));
  const { page } = opening;
  await opened(page);
  await page.getByTestId("speed-60").click();
  const rows = [];
  for (const name of ["yard", "query", "targets", "storage", "learn"]) {
    await go(page, name);
    // What a page costs once, when it is opened, is measured elsewhere.
    await page.waitForTimeout(1500);
    const since = await page.evaluate(() => performance.now());
    await page.waitForTimeout(LOOK_MS);
    const found = (await page.evaluate(() => globalThis.longTasks)).filter(({ at }) => at >= since);
    rows.push({ what: name, cells: [found.length, worst(found.map(({ ms }) => ms)).toFixed(0)], budget: 0, over: found.length > 0 });
  }
  const all = await page.evaluate(() => globalThis.longTasks);
  rows.push({ what: "since the page was opened", cells: [all.length, worst(all.map(({ ms }) => ms)).toFixed(0)], budget: "-" });
  table(`tasks over ${LONGEST_MS} ms, the yard at ×60, ${LOOK_MS / 1000} s a page`, ["how many", "longest, ms"], rows);
  await opening.close();
}

async function paint(address) {
  const opening = await open({ name: "blank", address: "about:blank" });
  const { page } = opening;
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", FAST_3G);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(() => {
    globalThis.paints = [];
    new PerformanceObserver((list) => {
      for (const { startTime, size, element } of list.getEntries()) {
        globalThis.paints.push({ ms: startTime, size, what: `${element?.tagName} ${(element?.textContent ?? "").slice(0, 40)}` });
      }
    }).observe({ type: "largest-contentful-paint", buffered: true });
  });
  await page.goto(address);
  await page.locator("[data-testid=app][data-phase=Open]").waitFor({ timeout: 60_000 });
  await page.waitForTimeout(3000);
  const paints = await page.evaluate(() => globalThis.paints);
  await opening.close();
  return paints.at(-1);
}

await tasks();
const rows = [];
for (const [what, fragment] of [["yard", ""], ["query", "#/query"]]) {
  const found = [];
  for (let run = 0; run < RUNS; run += 1) found.push(await paint(`${SITE.address}${fragment}`));
  const times = found.map(({ ms }) => ms);
  rows.push({ what: `${what}: ${found.at(-1).what}`.slice(0, 43), cells: [median(times).toFixed(0), worst(times).toFixed(0)], budget: PAINT_MS, over: median(times) > PAINT_MS });
}
table(`largest contentful paint, processor ÷4, fast 3G, ms, ${RUNS} runs`, ["median", "worst"], rows);
await close();
