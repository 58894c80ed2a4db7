// When a lab is not kept, that is said: another tab, a full storage, a forbidden one. A lab that cannot be opened waits.
import assert from "node:assert/strict";
import { WAYS, lab } from "./harness.mjs";
import {
  anew, deadWorkers, download, expectKeeping, expectReplicas, fill, fillable, labs, names, scaleUp, spoil, spoilable,
} from "./labs.mjs";
import { opened, pause, until } from "./pages.mjs";

const site = WAYS.filter((way) => way.name === "site");

async function begun(page) {
  await opened(page);
  await pause(page);
  await scaleUp(page);
  await expectKeeping(page, "kept");
}

lab("of two tabs one writes, and the other says so and offers a copy", async (page, way) => {
  await begun(page);
  const second = await page.context().newPage();
  await second.goto(way.address);
  await opened(second);
  await expectReplicas(second, "2");
  await expectKeeping(second, "elsewhere");
  await pause(second);
  await scaleUp(second);
  await scaleUp(second);
  await second.waitForTimeout(500);
  await scaleUp(page);
  // What the first one did is what is kept.
  const third = await page.context().newPage();
  await third.goto(way.address);
  await opened(third);
  await expectReplicas(third, "3");
  await third.close();
  await second.getByTestId("not-kept-act").click();
  await expectKeeping(second, "kept");
  await labs(second);
  await until("a copy", () => names(second), (found) => found.join() === "Lab 1 (copy),Lab 1");
  await second.getByTestId("sheet-close").click();
  await anew(second, () => second.reload());
  await opened(second);
  await expectReplicas(second, "4");
  await anew(page, () => page.getByTestId("labs-open").first().click().then(() =>
    page.locator("[data-testid=lab]").filter({ hasText: "(copy)" }).getByTestId("lab-open").click()));
  await expectKeeping(page, "elsewhere");
});

lab("without the browser's locks the tab that came last writes", async (page, way) => {
  await begun(page);
  const second = await page.context().newPage();
  await second.goto(way.address);
  await opened(second);
  await pause(second);
  await scaleUp(second);
  await expectKeeping(second, "kept");
  await scaleUp(page);
  await scaleUp(page);
  await expectKeeping(page, "elsewhere");
  await anew(second, () => second.reload());
  await opened(second);
  await expectReplicas(second, "3");
}, { before: (context) => context.addInitScript(() => { Object.defineProperty(Navigator.prototype, "locks", { value: undefined }); }) });

lab("a full storage is said, and the lab goes into a file", async (page) => {
  await begun(page);
  await fill(page, true);
  await scaleUp(page);
  await expectKeeping(page, "full");
  const { text } = await download(page, () => page.getByTestId("not-kept-act").click());
  assert.match(text, /scale accesslog 3/);
  // Room again: kept again.
  await fill(page, false);
  await scaleUp(page);
  await expectKeeping(page, "kept");
  await page.getByTestId("not-kept").waitFor({ state: "detached" });
}, { ways: site, before: fillable });

for (const [what, forbid] of [
  ["a database", () => { IDBFactory.prototype.open = () => { throw new DOMException("denied for a test", "SecurityError"); }; }],
  ["a memory", () => { Object.defineProperty(globalThis, "localStorage", { get() { throw new DOMException("denied for a test", "SecurityError"); } }); }],
]) {
  lab(`a browser that forbids ${what} is told about, and the lab works`, async (page) => {
    await opened(page);
    await pause(page);
    await scaleUp(page);
    await expectKeeping(page, "forbidden");
    await page.getByTestId("not-kept").waitFor();
    const { text } = await download(page, () => page.getByTestId("not-kept-act").click());
    assert.match(text, /scale accesslog 2/);
  }, { before: (context) => context.addInitScript(forbid) });
}

lab("a lab that ended the page while it was opened waits the second time", async (page, way) => {
  await begun(page);
  await scaleUp(page);
  await expectKeeping(page, "kept");
  // The worker does not come, so the page is caught in the middle of opening.
  await page.context().route(/worker-.*\.wasm/, () => {});
  await page.reload({ waitUntil: "commit" });
  await until("opening", () => page.evaluate(() => localStorage.getItem("scrapeyard.opening")), (id) => !!id);
  const session = await page.context().newCDPSession(page);
  session.send("Page.crash").catch(() => {});
  await new Promise((resume) => page.once("crash", resume));
  await page.close();
  await page.context().unroute(/worker-.*\.wasm/);
  const second = await page.context().newPage();
  await second.goto(way.address);
  await second.getByTestId("safe-mode").waitFor();
  const { text } = await download(second, () => second.getByTestId("safe-file").click());
  assert.match(text, /scale accesslog 3/);
  await anew(second, () => second.reload());
  await second.getByTestId("safe-without-last").click();
  await opened(second);
  await expectReplicas(second, "2");
  assert.equal(await second.getByTestId("clock").getAttribute("data-playing"), "false");
  await expectKeeping(second, "kept");
  await anew(second, () => second.reload());
  await opened(second);
  await expectReplicas(second, "2");
}, { ways: site });

lab("a lab that kills its workers waits, is tried as often as its reader likes, and loses nothing by it", async (page) => {
  const isWaiting = () => page.getByTestId("safe-problems").filter({ hasText: "died for a test" }).waitFor();
  await begun(page);
  await scaleUp(page);
  await expectKeeping(page, "kept");
  await spoil(page, "die");
  await anew(page, () => page.reload());
  await isWaiting();
  await page.waitForTimeout(500);
  assert.equal(await deadWorkers(page), 2, "it is not tried a third time unasked");
  for (const died of [4, 6]) {
    await page.getByTestId("safe-without-last").click();
    await until("it was tried", () => deadWorkers(page), (count) => count === died);
    await isWaiting();
  }
  const { text } = await download(page, () => page.getByTestId("safe-file").click());
  assert.match(text, /scale accesslog 2\n[^]*scale accesslog 3\n/);
  await spoil(page, "");
  await page.getByTestId("safe-again").click();
  await opened(page);
  await expectReplicas(page, "3");
  await expectKeeping(page, "kept");
  // What opening it did is remembered: after a reload its reader is asked first.
  await spoil(page, "die");
  await anew(page, () => page.reload());
  await isWaiting();
  await page.getByTestId("safe-without-last").click();
  await until("it was tried", () => deadWorkers(page), (count) => count === 4);
  await isWaiting();
  await anew(page, () => page.reload());
  await page.getByTestId("safe-mode").waitFor();
  await page.waitForTimeout(500);
  assert.equal(await deadWorkers(page), 0, "it is not tried unasked");
  await spoil(page, "");
  await page.getByTestId("safe-again").click();
  await opened(page);
  await expectReplicas(page, "3");
  await scaleUp(page);
  await expectKeeping(page, "kept");
  // Its writing is issued by now; a page that goes away before it is done loses this one deed.
  await page.evaluate(() => new Promise((done) => {
    indexedDB.open("scrapeyard").onsuccess = ({ target: { result: database } }) => {
      database.transaction([...database.objectStoreNames], "readwrite").oncomplete = done;
    };
  }));
  await anew(page, () => page.reload());
  await opened(page);
  await expectReplicas(page, "4");
}, { before: spoilable });

lab("a lab of another version says so, is not replayed, and stays", async (page, way) => {
  await begun(page);
  await page.context().route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
  await page.goto(`${way.address}icon.svg`);
  await page.evaluate(() => new Promise((done, fail) => {
    indexedDB.open("scrapeyard").onsuccess = ({ target }) => {
      const labs = target.result.transaction("labs", "readwrite").objectStore("labs");
      labs.getAll().onsuccess = ({ target }) => {
        const [lab] = target.result;
        labs.put({ ...lab, journal: lab.journal.replace(/behaviour \d+/, "behaviour 1") });
        labs.transaction.oncomplete = done;
        labs.transaction.onabort = fail;
      };
    };
  }));
  await page.goto(way.address);
  await page.getByTestId("safe-problems").filter({ hasText: "written under behaviour 1" }).waitFor();
  assert.equal(await page.getByTestId("safe-without-last").count(), 0);
  const { text } = await download(page, () => page.getByTestId("safe-file").click());
  assert.match(text, /behaviour 1\n/);
  await anew(page, () => page.getByTestId("safe-afresh").click());
  await opened(page);
  await pause(page);
  await scaleUp(page);
  await expectKeeping(page, "kept");
  await labs(page);
  assert.deepEqual(await names(page), ["Lab 2", "Lab 1"]);
}, { ways: site });
