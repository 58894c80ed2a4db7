// Which places in the functions of page and worker are passed until the first chart stands, in a site whose modules note
// them. Opens it as visitors do: in both languages, wide and narrow, at the query at once or at the yard first, and from
// there on in haste or with leisure; then once more on a machine that is busy with something else, where the worker comes
// to work that it is else spared until the chart stands. `cargo xtask profile` runs it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import { WAYS, close, open } from "../browser.mjs";
import { chart, go, opened } from "../pages.mjs";

/** Real time in which a page that was opened is left alone, so that what runs all the time is seen. */
const AFTERWARDS_MS = 1500;
/** Where a visit begins, and how long it stays there before it goes on to the query. */
const STARTS = [["#/query", null], ["", 0], ["", 150], ["", AFTERWARDS_MS]];
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 360, height: 740 };

const [site] = WAYS;
const seen = { app: new Set(), worker: new Set() };

/** Makes a visit and notes the places of `parts` that were passed. */
async function look(parts, locale, viewport, [start, stay_ms]) {
  const visit = await open({ ...site, address: site.address + start }, { locale, viewport });
  const { page } = visit;
  page.setDefaultTimeout(60_000);
  await opened(page);
  if (stay_ms !== null) {
    await page.waitForTimeout(stay_ms);
    await go(page, "query");
  }
  await chart(page);
  await page.waitForTimeout(AFTERWARDS_MS);
  const numbers = () => [...globalThis.placesSeen.keys()].filter((number) => globalThis.placesSeen[number]);
  const of = { app: page, worker: page.workers()[0] };
  for (const part of parts) (await of[part].evaluate(numbers)).forEach((number) => seen[part].add(number));
  await visit.close();
}

for (const locale of ["en-US", "ko-KR"]) {
  for (const viewport of [WIDE, NARROW]) for (const start of STARTS) await look(["app", "worker"], locale, viewport, start);
}
const spinning = Array.from({ length: 2 * os.availableParallelism() }, () => spawn(process.execPath, ["-e", "for (;;);"]));
const rest = () => spinning.forEach((child) => child.kill());
process.on("exit", rest); // whatever went wrong
for (const locale of ["en-US", "ko-KR"]) for (const start of STARTS) await look(["worker"], locale, WIDE, start);
rest();
await close();
const lines = Object.entries(seen).map(([part, numbers]) => `${part} ${[...numbers].sort((one, other) => one - other).join(" ")}\n`);
fs.writeFileSync(process.env.SCRAPEYARD_SEEN ?? assert.fail("SCRAPEYARD_SEEN is not set"), lines.join(""));
