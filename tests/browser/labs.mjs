// What a learner does with saved labs, by the names that the pages promise to tests.
import assert from "node:assert/strict";
import { seen, until } from "./pages.mjs";

/** How many containers accesslog has. */
export const replicas = (page) => page.getByTestId("replicas-accesslog").textContent();

/** Waits until accesslog has this many containers, as a text. */
export const expectReplicas = (page, wanted) => until("replicas", () => replicas(page), (found) => found === wanted);

/** Adds a container to accesslog. */
export async function scaleUp(page) {
  const wanted = String(Number(await replicas(page)) + 1);
  await page.getByTestId("scale-up-accesslog").click();
  await expectReplicas(page, wanted);
}

/** Waits until the lab is kept so: `kept`, `elsewhere`, `full`, `forbidden`. */
export const expectKeeping = (page, wanted) =>
  until("how the lab is kept", () => page.getByTestId("labs-open").first().getAttribute("data-keeping"), (found) => found === wanted);

/** Opens the sheet with all labs and waits until they are listed. */
export async function labs(page) {
  await seen(page, "labs-open").click();
  await page.getByTestId("labs").waitFor();
}

/** What the labs are called, the one that was saved last first. */
export const names = (page) => page.getByTestId("lab").locator(".lab-what b").allTextContents();

/** The row of the lab of this name. */
export const row = (page, name) => {
  const exact = new RegExp(`^${name.replaceAll(/[^\w\s]/g, "\\$&")}$`);
  return page.getByTestId("lab").filter({ has: page.locator(".lab-what b", { hasText: exact }) });
};

/** Gives the lab of this tab a name, in the open sheet. */
export async function nameOwn(page, name) {
  const own = page.locator("[data-testid=lab][data-own=true]");
  await own.getByTestId("lab-rename").click();
  await page.getByTestId("lab-name").fill(name);
  await page.getByTestId("lab-name").press("Enter");
  await until("the name", () => names(page), (found) => found.includes(name));
}

/** Does something that opens the page anew, and waits until it has. */
export async function anew(page, deed) {
  await page.evaluate(() => { globalThis.isOldPage = true; });
  await deed();
  await until("another page", () => page.evaluate(() => globalThis.isOldPage !== true && !!document.querySelector("[data-testid=app]")).catch(() => false), (is) => is);
}

/** Reloads, and waits until the page has begun to open its lab, no further. */
export async function beginToOpen(page) {
  await page.reload({ waitUntil: "commit" });
  await until("the mark of the lab", () => page.evaluate(() => localStorage.getItem("scrapeyard.opening")).catch(() => null), (mark) => !!mark);
}

/** Lets a test spoil the workers of a tab with `spoil`. For its `before`. */
export const spoilable = (context) => context.addInitScript(() => {
  const post = Worker.prototype.postMessage;
  globalThis.deadWorkers = new Set();
  Worker.prototype.postMessage = function (data, ...rest) {
    const how = sessionStorage.getItem("test.workers");
    if (how === "hang") return;
    if (how !== "die" || !(data instanceof Uint8Array)) return post.call(this, data, ...rest);
    globalThis.deadWorkers.add(this);
    setTimeout(() => {
      // As a panic is told: by a last word, then by the error.
      for (let word = 0; word < 2; word += 1) this.dispatchEvent(new ErrorEvent("error", { message: "died for a test" }));
    });
  };
});

/** From now on the workers of the tab `hang` (hear nothing), `die` of the first request, or are as they should be (``). */
export const spoil = (page, how) => page.evaluate((how) => sessionStorage.setItem("test.workers", how), how);

/** How many workers have died of it since the page began. */
export const deadWorkers = (page) => page.evaluate(() => globalThis.deadWorkers.size);

/** Lets a test fill the storage with `fill`. For its `before`. */
export const fillable = (context) => context.addInitScript(() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...put_what) {
    if (globalThis.storageIsFull) throw new DOMException("full for a test", "QuotaExceededError");
    return put.apply(this, put_what);
  };
});

/** Whether the storage is full, from now on. */
export const fill = (page, isFull) => page.evaluate((isFull) => { globalThis.storageIsFull = isFull; }, isFull);

/** What a press makes the browser save. */
export async function download(page, press) {
  const [file] = await Promise.all([page.waitForEvent("download"), press()]);
  const chunks = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  assert.ok(text.startsWith("scrapeyard-journal 1\n"), text.slice(0, 60));
  return { name: file.suggestedFilename(), text };
}
