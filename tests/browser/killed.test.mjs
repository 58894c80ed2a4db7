// The tab is killed at random moments, again and again: what was seen to be done is there afterwards, so that at most the
// one action is lost that was under way.
import assert from "node:assert/strict";
import { WAYS, lab } from "./harness.mjs";
import { expectKeeping, expectReplicas, replicas, scaleUp } from "./labs.mjs";
import { opened, pause, until } from "./pages.mjs";

const KILLS = 50;
const SEED = 20260302;
const MOST_REPLICAS = 6;

/** Numbers between 0 and 1, the same ones each time. */
function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

async function kill(page, byCrash) {
  if (byCrash) {
    const session = await page.context().newCDPSession(page);
    const crashed = new Promise((resume) => page.once("crash", resume));
    session.send("Page.crash").catch(() => {});
    await crashed;
  }
  await page.close();
}

lab(`a tab that is killed ${KILLS} times loses at most the action under way`, async (first, way) => {
  const context = first.context();
  // The first deed makes the place where the lab is kept; from then on it is there.
  await opened(first);
  await pause(first);
  await scaleUp(first);
  await expectKeeping(first, "kept");
  await first.close();
  const roll = dice(SEED);
  let may = ["2"], lost = 0;
  for (let round = 0; round < KILLS; round += 1) {
    const page = await context.newPage();
    await page.goto(way.address);
    await opened(page);
    if (await page.getByTestId("play").isVisible()) await pause(page);
    const found = await until("what was done", () => replicas(page), (found) => found !== "");
    assert.ok(may.includes(found), `round ${round}: ${found} containers, not one of ${may}`);
    if (round > 0 && found !== may.at(-1)) lost += 1;
    let count = Number(found);
    const step = () => (count <= 1 || (count < MOST_REPLICAS && roll() < 0.5) ? 1 : -1);
    const press = (by) => page.getByTestId(`scale-${by > 0 ? "up" : "down"}-accesslog`).evaluate((button) => button.click());
    for (let deeds = Math.floor(roll() * 3); deeds > 0; deeds -= 1) {
      const by = step();
      await press(by);
      count += by;
      await expectReplicas(page, String(count));
    }
    const by = step();
    await press(by);
    may = [String(count), String(count + by)];
    await new Promise((resume) => setTimeout(resume, roll() * 60));
    await kill(page, roll() < 0.5);
  }
  console.log(`${KILLS} kills: ${lost} times the action under way was lost, never another one`);
}, { timeout_ms: 900_000, ways: WAYS.filter((way) => way.name === "site") });
