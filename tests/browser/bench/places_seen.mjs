// Which places in the functions of page and worker are passed until the first chart stands, in a site whose modules note
// them. Opens it as visitors do: in both languages, wide and narrow, at the query at once or at the yard first, and from
// there on in haste or with leisure. `cargo xtask profile` runs it.
import assert from "node:assert/strict";
import fs from "node:fs";
import { WAYS, close, open } from "../browser.mjs";
import { chart, go, opened } from "../pages.mjs";

/** Real time in which a page that was opened is left alone, so that what runs all the time is seen. */
const AFTERWARDS_MS = 1500;
/** Where a visit begins, and how long it stays there before it goes on to the query. */
const STARTS = [["#/query", null], ["", 0], ["", 150], ["", AFTERWARDS_MS]];

const [site] = WAYS;
const seen = { app: new Set(), worker: new Set() };
const add = (part, numbers) => numbers.forEach((number) => seen[part].add(number));

for (const locale of ["en-US", "ko-KR"]) {
  for (const viewport of [{ width: 1280, height: 800 }, { width: 360, height: 740 }]) {
    for (const [start, stay_ms] of STARTS) {
      const visit = await open({ ...site, address: site.address + start }, { locale, viewport });
      const { page } = visit;
      await opened(page);
      if (stay_ms !== null) {
        await page.waitForTimeout(stay_ms);
        await go(page, "query");
      }
      await chart(page);
      await page.waitForTimeout(AFTERWARDS_MS);
      const numbers = () => [...globalThis.placesSeen.keys()].filter((number) => globalThis.placesSeen[number]);
      add("app", await page.evaluate(numbers));
      add("worker", await page.workers()[0].evaluate(numbers));
      await visit.close();
    }
  }
}
await close();
const lines = Object.entries(seen).map(([part, numbers]) => `${part} ${[...numbers].sort((one, other) => one - other).join(" ")}\n`);
fs.writeFileSync(process.env.SCRAPEYARD_SEEN ?? assert.fail("SCRAPEYARD_SEEN is not set"), lines.join(""));
