// Modules, texts and sheets come in two parts: the first chart needs only the first ones, and what needs the others before
// they came by themselves gets them.
import assert from "node:assert/strict";
import { WAYS, lab } from "./harness.mjs";
import { chart, expectValues, go, opened, until } from "./pages.mjs";

const ways = WAYS.filter((way) => way.name === "site");
/** What was asked for, and of that what somebody waited for instead of getting it in the background. */
let asked = [], demanded = [];
const before = (context) => {
  [asked, demanded] = [[], []];
  context.on("request", (request) => {
    const [part] = /later-(app|worker)|later-\w+\.css|texts-more-\w\w/.exec(request.url()) ?? [];
    if (!part) return;
    asked.push(part.replace(/later-\w+\.css/, "later.css"));
    if (request.resourceType() === "xhr") demanded.push(part);
  });
};
const all = (parts) => [...new Set(parts)].sort().join() === "later-app,later-worker,later.css,texts-more-en,texts-more-ko";

for (const start of ["", "#/query"]) {
  lab(`a first chart needs no later part, which then come by themselves: from ${start || "the yard"}`, async (page) => {
    // A machine that is busy with something else may come to rarer work before the chart stands: then once more.
    for (let visit = 1; visit <= 3; visit += 1) {
      // As on a first visit: a lab that was kept, or a draft, needs more at once.
      await page.evaluate(() => { localStorage.clear(); sessionStorage.clear(); });
      await page.goto("about:blank");
      [asked, demanded] = [[], []];
      await page.goto(ways[0].address + start);
      await opened(page);
      if (!start) await go(page, "query");
      await chart(page);
      if (demanded.length === 0) break;
      assert.ok(visit < 3, `${demanded} before the first chart stood: \`cargo xtask profile\` looks anew what it needs`);
    }
    await until("the later parts", () => asked, all);
  }, { ways, before });
}

lab("what needs a later part before it came gets it at once", async (page) => {
  await opened(page);
  await go(page, "query");
  await expectValues(page, "sort_desc(label_replace(vector(1) > bool 0, 'a', '$1', 'b', '(.*)')) ^ 2", ["1"]);
  assert.ok(asked.includes("later-worker"), `asked for ${asked}`);
}, { ways, before });

lab("a page that needs the later texts and the later sheet has them from its beginning", async (page) => {
  await opened(page);
  await page.goto("about:blank");
  asked = [];
  await page.goto(`${ways[0].address}#/targets`);
  await opened(page);
  assert.ok(asked.includes("later.css") && asked.includes("texts-more-en"), `asked for ${asked}`);
  await until("the later sheet", () => page.evaluate(() => document.styleSheets.length), (count) => count === 2);
  assert.doesNotMatch(await page.getByTestId("page-targets").innerText(), /targets-views|tab-health/);
}, { ways, before });
