// A container's sheet: the metrics page with what changed since the last scrape, its search, and the log that is followed.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";
import { go, opened, pause, seen, until } from "./pages.mjs";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const HOSTILE = `<img src=x onerror="document.title='hurt'">`;

async function sheet(page, container = "accesslog") {
  await page.getByTestId(`container-gallery-${container}-1`).click();
  await page.getByTestId("metrics-page").waitFor();
}

const tally = (page) => page.getByTestId("page-tally").evaluate(({ dataset }) => [dataset.changed, dataset.added, dataset.gone].map(Number));

/** Waits until the page is compared with another scrape than before. */
async function nextScrape(page, timeout_ms) {
  const time = async () => (await page.getByTestId("page-since").textContent()).match(/\d\d:\d\d:\d\d/)[0];
  const last = await time();
  await until("the next scrape", time, (now) => now !== last, timeout_ms);
}

/** The rows in sight: margin, text and kind. */
const rows = (page) => page.getByTestId("page-row").evaluateAll((all) => all.map((row) => ({
  mark: row.dataset.mark, margin: row.querySelector(".page-mark").textContent, text: row.querySelector("code").textContent,
})));

lab("what changed since the last scrape is marked in the margin with the difference", async (page) => {
  await opened(page);
  await page.getByTestId("speed-1").click();
  await sheet(page);
  const counted = "access_log_total";
  await page.getByTestId("page-search").fill(counted);
  const row = () => rows(page).then((all) => all.find(({ text }) => text.startsWith(`${counted}{`)));
  const marked = await until("a marked counter", row, (found) => found?.mark === "changed");
  assert.match(marked.margin, /^\+[\d,]+$/);
  const shown = page.getByTestId("page-row").filter({ hasText: `${counted}{` }).locator(".page-mark");
  const before = Number((await shown.getAttribute("title"))?.split(": ")[1] ?? NaN);
  assert.ok(Number.isFinite(before), "the value before");
  // A new scrape takes it in: the difference begins anew.
  assert.match(await page.getByTestId("page-since").textContent(), /access-log/);
  await nextScrape(page);
});

lab("only what changed can be shown, and what began anew counts from the beginning", async (page) => {
  await opened(page);
  await page.getByTestId("speed-1").click();
  // Without visitors what a new process has not counted yet stays uncounted.
  await page.getByTestId("traffic-number").fill("0");
  await page.getByTestId("traffic-number").press("Enter");
  await sheet(page, "image-gallery");
  await until("changes", () => tally(page), ([changed]) => changed > 0);
  const all = Number(await page.getByTestId("metrics-page").getAttribute("data-rows"));
  await page.getByTestId("only-changes").click();
  await until("fewer rows", async () => Number(await page.getByTestId("metrics-page").getAttribute("data-rows")), (count) => count < all);
  assert.ok((await rows(page)).every(({ mark }) => mark !== ""), "only marked rows");
  await page.getByTestId("only-changes").click();
  // Right after a scrape, so that the next one does not take in the new process before anybody has looked.
  await nextScrape(page, 25_000);
  // A process that starts again loses its labelled counters, and the others fall.
  await page.getByTestId("container-sheet").getByTestId("restart").click();
  await page.getByTestId("no-metrics").or(page.getByTestId("page-tally")).first().waitFor();
  await until("lines that are gone", async () => (await page.getByTestId("page-tally").count()) ? tally(page) : [0, 0, 0], ([, , gone]) => gone > 0, 25_000);
  await page.getByTestId("only-changes").click();
  await until("a line through what is gone", () => rows(page), (found) => found.some(({ mark, margin }) => mark === "gone" && margin === "gone"));
  const falls = (await rows(page)).filter(({ margin }) => margin.startsWith("−"));
  assert.ok(falls.length > 0, "values that fell");
});

lab("the page is searched by keyboard alone", async (page) => {
  await opened(page);
  await pause(page);
  await page.getByTestId("container-gallery-prometheus-1").focus();
  await page.keyboard.press("Enter");
  const field = page.getByTestId("page-search");
  await field.focus();
  await page.keyboard.type("PROCESS_");
  const place = () => page.getByTestId("page-hits").textContent();
  const first = await until("the count", place, (text) => /^1 of \d+$/.test(text));
  const count = Number(first.split(" ").pop());
  assert.ok(count >= 6, first);
  const present = page.locator("[data-testid=page-row] mark.now");
  const inSight = async () => {
    const [box, around] = [await present.boundingBox(), await page.getByTestId("metrics-page").boundingBox()];
    return box !== null && box.y >= around.y - 1 && box.y + box.height <= around.y + around.height + 1;
  };
  for (const [key, wanted] of [["Enter", 2], ["Enter", 3], ["Shift+Enter", 2], ["Shift+Enter", 1], ["Shift+Enter", count]]) {
    await page.keyboard.press(key);
    await until(`the place after ${key}`, place, (text) => text === `${wanted} of ${count}`);
    await until("the place in sight", inSight, (is) => is);
    assert.equal((await present.textContent()).toLowerCase(), "process_");
  }
  await field.fill("no such thing");
  await until("nothing", place, (text) => text === "not found");
  assert.ok(await page.getByTestId("hit-next").isDisabled());
  await page.keyboard.press("Escape");
  await until("an empty field", () => field.inputValue(), (text) => text === "");
  await page.getByTestId("container-sheet").waitFor();
  await page.keyboard.press("Escape");
  await page.getByTestId("container-sheet").waitFor({ state: "detached" });
});

lab("of a long page only what is in sight is drawn", async (page) => {
  await opened(page);
  await pause(page);
  await sheet(page, "prometheus");
  const all = Number(await page.getByTestId("metrics-page").getAttribute("data-rows"));
  assert.ok(all > 200, `${all} rows`);
  assert.ok((await page.getByTestId("page-row").count()) < 60);
  const last = () => rows(page).then((found) => found.at(-1).text);
  const before = await last();
  await page.getByTestId("metrics-page").evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await until("the end of the page", last, (text) => text !== before);
  assert.match(await last(), /^(promhttp|[a-z_]+)[a-z_]*(\{.*\})? \S+$/);
});

lab("the log is followed until its reader looks back", async (page) => {
  await opened(page);
  await sheet(page, "prometheus");
  await page.getByTestId("sheet-close").click();
  await sheet(page, "accesslog");
  const log = page.getByTestId("container-log");
  const numbers = () => page.getByTestId("log-line").evaluateAll((all) => all.map((line) => Number(line.dataset.number)));
  const newest = async () => (await numbers()).at(-1) ?? -1;
  const first = await until("lines", newest, (number) => number >= 0);
  await until("newer lines", newest, (number) => number > first);
  const found = await numbers();
  assert.deepEqual(found, found.map((_, index) => found[0] + index), "in order, none missing");
  assert.ok(found.length <= 300, `${found.length} lines`);
  assert.match(await page.getByTestId("log-line").last().textContent(), /^\d\d:\d\d:\d\d/);
  const below = () => log.evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop);
  await until("the end in sight", below, (px) => px <= 8);
  await log.evaluate((element) => element.scrollTo(0, 0));
  const follows = () => page.getByTestId("log-follow").getAttribute("aria-pressed");
  await until("no longer followed", follows, (pressed) => pressed === "false");
  const then = await newest();
  await until("more lines", newest, (number) => number > then);
  assert.equal(await log.evaluate((element) => element.scrollTop), 0, "stays where the reader is");
  await page.getByTestId("log-follow").click();
  await until("the end in sight again", below, (px) => px <= 8);
});

for (const viewport of [{ width: 1280, height: 1000 }, PHONE.viewport]) {
  lab(`what can be done stays in its place while page and log come, ${viewport.width} px`, async (page) => {
    await opened(page);
    await page.evaluate(() => {
      globalThis.places = new Set();
      const note = () => {
        const stop = document.querySelector("[data-testid=container-sheet] [data-testid=stop]");
        if (stop) globalThis.places.add(Math.round(stop.getBoundingClientRect().y));
      };
      new MutationObserver(note).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    await sheet(page);
    await page.getByTestId("log-line").first().waitFor();
    assert.equal((await page.evaluate(() => [...globalThis.places])).length, 1);
  }, { context: { viewport } });
}

lab("without a process there is no page, which is said", async (page) => {
  await opened(page);
  await pause(page);
  await sheet(page, "iotd");
  await page.getByTestId("container-sheet").getByTestId("kill").click();
  await page.getByTestId("no-metrics").filter({ hasText: "No process runs" }).waitFor();
  assert.equal(await page.getByTestId("metrics-page").count(), 0);
  await page.getByTestId("container-log").waitFor();
});

for (const locale of ["en-US", "ko-KR"]) {
  lab(`a sheet on a phone is used by touch and scrolls nothing sideways, ${locale}`, async (page) => {
    await opened(page);
    await page.getByTestId("container-gallery-accesslog-1").tap();
    await page.getByTestId("metrics-page").waitFor();
    for (const control of ["page-search", "hit-next", "only-changes", "log-follow", "pause"]) {
      const box = await page.getByTestId("container-sheet").getByTestId(control).evaluate((element) => {
        const { width, height } = (element.closest(".field") ?? element).getBoundingClientRect();
        return { width, height };
      });
      assert.ok(box.height >= 43.5 && box.width >= 43.5, `${control} is ${box.width} by ${box.height}`);
    }
    await page.getByTestId("page-search").tap();
    await page.keyboard.type("total");
    await page.getByTestId("hit-next").tap();
    await page.locator("mark.now").waitFor();
    await page.getByTestId("container-sheet").getByTestId("pause").tap();
    await page.locator("[data-testid=container-gallery-accesslog-1][data-state=paused]").waitFor({ state: "attached" });
    await page.getByTestId("container-sheet").getByTestId("unpause").tap();
    await page.locator("[data-testid=container-gallery-accesslog-1][data-state=running]").waitFor({ state: "attached" });
    const wide = await page.evaluate(() => {
      const inside = document.querySelector(".sheet-in");
      return [document.scrollingElement.scrollWidth - innerWidth, inside.scrollWidth - inside.clientWidth];
    });
    assert.deepEqual(wide, [0, 0]);
    await page.getByTestId("sheet-close").tap();
    await page.getByTestId("container-sheet").waitFor({ state: "detached" });
  }, { context: { ...PHONE, locale } });
}

for (const context of [{}, PHONE]) {
  lab(`hostile names of jobs and labels are text in every part of the yard, ${context.viewport?.width ?? 1280} px`, async (page) => {
    await opened(page);
    await pause(page);
    await go(page, "targets");
    await page.getByTestId("tab-config").click();
    const job = JSON.stringify(`${HOSTILE}\u202E${"long".repeat(500)}`);
    const label = JSON.stringify(`${HOSTILE}\n</script>`);
    await page.getByTestId("config-editor").fill(
      `scrape_configs:\n- job_name: ${job}\n  scrape_interval: 3s\n  static_configs: [{targets: [accesslog]}]\n` +
        `  relabel_configs: [{target_label: instance, replacement: ${label}}]\n`,
    );
    await page.getByTestId("config-reload").click();
    await page.getByTestId("config-error").waitFor({ state: "detached" });
    await go(page, "yard");
    await seen(page, "play").click();
    await sheet(page);
    await page.getByTestId("page-since").filter({ hasText: HOSTILE }).waitFor();
    await page.getByTestId("page-search").fill(HOSTILE);
    await page.waitForTimeout(500);
    assert.equal(await page.locator("img").count(), 0);
    assert.ok(!(await page.title()).includes("hurt"));
    const wide = await page.evaluate(() => {
      const inside = document.querySelector(".sheet-in");
      return [document.scrollingElement.scrollWidth - innerWidth, inside.scrollWidth - inside.clientWidth];
    });
    assert.deepEqual(wide, [0, 0]);
  }, { context });
}
