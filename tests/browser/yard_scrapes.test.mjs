// Scrapes as the Yard shows them: each is a pulse from the event feed, a failure has a shape of its own, quick ones merge, and
// without motion or room the same is said in other ways.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";
import { jump, opened, pause, until } from "./pages.mjs";

const JOBS = ["access-log", "docker", "image-gallery", "iotd-api"];
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** The jobs of the pulses that are seen within the next moments, with whether they worked: `iotd-api true`. */
async function pulses(page, wanted, timeout_ms = 20_000) {
  const seen = new Set();
  const look = async () => {
    const now = await page.getByTestId("pulse").evaluateAll((all) => all.map((one) => `${one.dataset.job} ${one.dataset.worked}`));
    now.forEach((one) => seen.add(one));
    return [...seen];
  };
  return until("the pulses", look, (found) => wanted.every((one) => found.includes(one)), timeout_ms);
}

async function deed(page, container, name) {
  await page.getByTestId(container).click();
  await page.getByTestId("container-sheet").getByTestId(name).click();
  await page.getByTestId("sheet-close").click();
}

lab("each scrape is a pulse on the lane of its job, whose pill says how often and how long", async (page) => {
  await opened(page);
  await pulses(page, JOBS.map((job) => `${job} true`));
  const lanes = await page.getByTestId("scrape-lane").evaluateAll((all) => all.map(({ dataset }) => `${dataset.job} ${dataset.failed}`));
  assert.deepEqual(lanes.sort(), JOBS.map((job) => `${job} false`));
  const pills = await page.locator(".pill-text").allTextContents();
  assert.ok(pills.some((text) => /^3s · [\d.]+ m?s$/.test(text)) && pills.some((text) => /^10s · [\d.]+ m?s$/.test(text)), `${pills}`);
  assert.equal(await page.getByTestId("scrape-cross").count(), 0);
});

lab("no pulse while time stands, and one for a step to the next scrape", async (page) => {
  await opened(page);
  await pause(page);
  await page.waitForTimeout(500); // a scrape just before is still to be told
  await until("the last pulse", () => page.getByTestId("pulse").count(), (count) => count === 0);
  await page.waitForTimeout(300);
  assert.equal(await page.getByTestId("pulse").count(), 0);
  await page.getByTestId("step").click();
  await page.getByTestId("pulse").first().waitFor({ state: "attached" });
});

lab("a scrape that fails is told by dashes, a cross and its reason, and its pulse ends there", async (page) => {
  await opened(page);
  await deed(page, "container-gallery-iotd-1", "stop");
  await pulses(page, ["iotd-api false"], 30_000);
  const lane = page.locator("[data-testid=scrape-lane][data-job=iotd-api]");
  // The targets are asked for a moment after the event has made the pulse.
  await until("a lane that failed", () => lane.getAttribute("data-failed"), (failed) => failed === "true");
  await until("its dashes", () => lane.evaluate((path) => getComputedStyle(path).strokeDasharray), (dashes) => /5px, 4px/.test(dashes));
  await until("its cross", () => page.getByTestId("scrape-cross").count(), (count) => count === 1);
  await page.locator(".pill-text.fail").filter({ hasText: /no such host|no route to host|connection refused|server misbehaving/ }).waitFor();
  const [pulse, whole] = await page.evaluate(() => {
    const length = (path) => path?.getTotalLength() ?? 0;
    return [length(document.querySelector("[data-testid=pulse][data-worked=false] .pulse-dot")),
      length(document.querySelector("[data-testid=scrape-lane][data-job=iotd-api]"))];
  });
  assert.ok(pulse === 0 || Math.abs(pulse - whole / 2) < 20, `a pulse of ${pulse} on a lane of ${whole}`);
  // The reason also stands in words on the card's side that no picture is needed for.
  await page.getByTestId("remark").filter({ hasText: "1 of 1 ended" }).waitFor();
});

lab("from ×60 on lanes are thick and nothing blinks", async (page) => {
  await opened(page);
  await pulses(page, ["access-log true"]);
  await page.getByTestId("speed-60").click();
  await until("no pulses", () => page.getByTestId("pulse").count(), (count) => count === 0);
  const widths = () => page.getByTestId("scrape-lane").evaluateAll((all) => all.map((path) => getComputedStyle(path).strokeWidth));
  await until("thick lanes", widths, (all) => all.length > 0 && all.every((width) => width === "2.5px"));
  await page.waitForTimeout(600);
  assert.equal(await page.getByTestId("pulse").count(), 0);
  await page.getByTestId("speed-1").click();
  await until("thin lanes", widths, (all) => all.every((width) => width === "1.75px"));
});

lab("without motion the dot stands at the lane's end", async (page) => {
  await opened(page);
  await page.getByTestId("pulse").first().waitFor({ state: "attached" });
  const style = () => page.evaluate(() => {
    const dot = document.querySelector("[data-testid=pulse] .pulse-dot");
    if (!dot) return null;
    const { animationName, strokeDashoffset } = getComputedStyle(dot);
    return [animationName, strokeDashoffset, getComputedStyle(dot.parentElement).opacity];
  });
  const seen = await until("a standing dot", style, (found) => found !== null);
  assert.deepEqual(seen, ["none", "-100px", "1"]);
}, { context: { reducedMotion: "reduce" } });

for (const [locale, word] of [["en-US", "scrape"], ["ko-KR", "스크레이프"]]) {
  lab(`on a phone each card says its scrapes and why they fail, ${locale}`, async (page) => {
    await opened(page);
    const card = (service) => page.getByTestId(`service-${service}`).getByTestId("scraped");
    for (const service of ["accesslog", "iotd", "image-gallery", "docker"]) {
      await card(service).filter({ hasText: new RegExp(`^${word} \\d+s · `) }).waitFor();
    }
    assert.ok(!(await page.locator("svg.lanes").isVisible()), "no lanes on a phone");
    // One of the fixed targets: one that was discovered may be gone before it was asked once more.
    await page.getByTestId("container-gallery-iotd-1").tap();
    await page.getByTestId("container-sheet").getByTestId("kill").tap();
    await page.getByTestId("sheet-close").tap();
    await card("iotd").and(page.locator("[data-health=Down]")).filter({ hasText: /no such host/ }).waitFor();
    assert.equal(await card("iotd").locator("rect.st-bad").count(), 1);
  }, { context: { ...PHONE, locale } });
}

lab("curves move with traffic, and a container that ends leaves a gap", async (page) => {
  await opened(page);
  const spark = (container, name) => page.getByTestId(`container-gallery-${container}-1`).getByTestId(`spark-${name}`);
  const drawn = async (name) => spark("image-gallery", name).locator("path").getAttribute("d");
  await until("curves", () => spark("image-gallery", "cpu").getAttribute("data-points"), (count) => Number(count) >= 50);
  await pause(page);
  const before = [await drawn("cpu"), await drawn("memory")];
  const requests = page.getByTestId("service-image-gallery").getByTestId("spark-requests").locator("path");
  const calm = await requests.getAttribute("d");
  await page.getByTestId("traffic-number").fill("40");
  await page.getByTestId("traffic-number").press("Enter");
  await jump(page, 1);
  for (const [index, name] of ["cpu", "memory"].entries()) {
    await until(`the curve of ${name}`, () => drawn(name), (now) => now !== before[index]);
  }
  // At 40 requests a second what was the top lies at the foot: the newest point is higher than the oldest.
  const busy = await until("the curve of requests", () => requests.getAttribute("d"), (now) => now !== calm);
  const heights = [...busy.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y));
  assert.ok(heights.at(-1) < heights[0] - 5, `from ${heights[0]} to ${heights.at(-1)}`);
  const points = async () => Number(await spark("iotd", "memory").getAttribute("data-points"));
  const all = await points();
  await deed(page, "container-gallery-iotd-1", "kill");
  await jump(page, 1);
  await deed(page, "container-gallery-iotd-1", "start");
  await jump(page, 1);
  await until("fewer points", points, (count) => count < all);
  await until("a gap", () => spark("iotd", "memory").locator("path").getAttribute("d"), (path) => /^M[^M]+M/.test(path));
});
