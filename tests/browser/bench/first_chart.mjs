// How long from opening the page to the first chart with data, each time in a fresh profile (nothing cached). Prints a
// table; `cargo xtask bench` runs it against the built site and the one-file lab.
import { WAYS, close, open } from "../browser.mjs";

const RUNS = 7;
const BUDGET_MS = 1000;

/** Runs in the page before anything else: notes when things are first to be seen, in ms since the page was asked for. */
function watchPage() {
  globalThis.firstSeen = {};
  const note = (what) => (globalThis.firstSeen[what] ??= performance.now());
  const hasLine = (canvas) => {
    const { width, height } = canvas;
    if (!width || !height) return false;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    for (let at = 0; at < data.length; at += 4) {
      const most = Math.max(data[at], data[at + 1], data[at + 2]), least = Math.min(data[at], data[at + 1], data[at + 2]);
      if (data[at + 3] > 100 && most - least > 60) return true;
    }
    return false;
  };
  const look = () => {
    if (document.querySelector(".first-paint")) note("shell");
    const app = document.querySelector("[data-testid=app]");
    if (app) note("app");
    if (app?.dataset.phase === "Open") note("lab");
    const canvas = document.querySelector("[data-testid=chart-canvas]");
    if (canvas && hasLine(canvas)) note("first chart");
    if (!globalThis.firstSeen["first chart"]) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

const median = (numbers) => [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];
const column = (text) => String(text).padStart(14);

console.log(`\nfrom opening the page, ms: median of ${RUNS} (worst)`);
const stages = ["shell", "app", "lab", "first chart"];
console.log("".padEnd(12) + stages.map(column).join("") + column("budget"));
for (const way of WAYS) {
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) {
    const query = { name: way.name, address: `${way.address}#/query` };
    const opened = await open(query, {}, (context) => context.addInitScript(watchPage));
    await opened.page.waitForFunction(() => globalThis.firstSeen["first chart"], null, { timeout: 30_000 });
    runs.push(await opened.page.evaluate(() => globalThis.firstSeen));
    await opened.close();
  }
  const cells = stages.map((stage) => {
    const times = runs.map((run) => run[stage] ?? NaN);
    return `${median(times).toFixed(0)} (${Math.max(...times).toFixed(0)})`;
  });
  const late = median(runs.map((run) => run["first chart"])) > BUDGET_MS;
  console.log(way.name.padEnd(12) + cells.map(column).join("") + column(BUDGET_MS) + (late ? "  OVER" : ""));
}
await close();
