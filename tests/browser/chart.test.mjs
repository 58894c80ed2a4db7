// Charts: each kind draws, gaps stay gaps, zooming there and back, legend, what can be taken along, the table of values.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { lab } from "./harness.mjs";
import { START, bring, dump, fingers, hues, plot, showing, shown } from "./charts.mjs";
import { go, opened, pause, run, until } from "./pages.mjs";

const HOSTILE = '</text><script>alert(1)</script>&\u202E"';
const gap = (minute) => (minute > 10 && minute < 20 ? undefined : 2);
const TWO = dump("lines", [
  { labels: '{line="one"}', value: gap },
  { labels: '{line="two"}', value: () => 6 },
]);
const QUERY = "last_over_time(lines[30s])";
/** Cumulative counts below three bounds. */
const BUCKETS = dump("latency_bucket", [["0.1", 1], ["0.5", 9], ["+Inf", 10]].map(([le, share]) => ({
  labels: `{le="${le}"}`, value: (minute) => share * (minute + 1),
})));

/** A chart of brought data at rest. */
async function drawn(page, data = TWO, query = QUERY) {
  await opened(page);
  await pause(page);
  await go(page, "query");
  await bring(page, data);
  await run(page, query);
  await page.getByTestId("chart-canvas").waitFor();
  await until("the chart", () => hues(page), ({ filled }) => filled > 500);
}

const choose = (page, kind) => page.getByTestId("query-chart").selectOption(kind);
const ink = (page, what, wanted) => until(what, () => hues(page), wanted);

lab("every kind of chart draws its own picture", async (page) => {
  await drawn(page);
  const lines = await ink(page, "two lines", ({ hues }) => hues[0].columns.length > 300 && hues[1].columns.length > 600);
  const [one, two] = lines.hues;
  assert.ok(one.rows.length <= 12 && two.rows.length <= 4, "level lines are as thin as lines, but for the rings at a gap");
  assert.ok(Math.min(...one.rows) > Math.max(...two.rows), "2 lies below 6");

  await choose(page, "stacked");
  // Where the first has a gap the second falls to 6, elsewhere it stands on 2 and reaches 8.
  const stacked = await ink(page, "areas", ({ hues, filled }) => filled > lines.filled * 4 && hues[1].rows.length > 20);
  assert.ok(stacked.filled > lines.filled * 4, "areas are filled");

  await choose(page, "bars");
  const bars = await ink(page, "bars", ({ hues }) => hues[1].rows.length > 100);
  assert.ok(bars.hues[1].rows.length > bars.hues[0].rows.length * 2, "a bar of 6 is three times as tall as one of 2");

  await choose(page, "shares");
  await ink(page, "shares", ({ hues, filled }) => filled > stacked.filled && hues[0].rows.length > 0);
  await choose(page, "lines");
  await ink(page, "lines again", ({ filled }) => filled < lines.filled * 1.2);
});

lab("buckets are drawn as a heatmap with its scale, and without buckets the page says what it needs", async (page) => {
  await drawn(page, BUCKETS, "latency_bucket");
  await choose(page, "heatmap");
  const heat = await ink(page, "the heatmap", ({ colors, filled, width, height }) => colors > 12 && filled > width * height * 0.5);
  assert.ok(heat.hues[0].columns.length > 10, "the most observations have the full hue");
  const box = await plot(page);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const tip = await page.getByTestId("chart-tip").innerText();
  assert.match(tip, /0\.1 – 0\.5\s+1[23]\d\b/, "eight of ten observations, at about the sixteenth minute");
  await run(page, "latency_bucket * 0");
  await page.locator(".plot-empty").filter({ hasText: "Nothing fell into these buckets" }).waitFor();
  await run(page, "vector(1)");
  await page.locator(".plot-empty").filter({ hasText: "No buckets here" }).waitFor();
});

lab("a gap stays a gap", async (page) => {
  await drawn(page);
  const { hues: [one, two] } = await ink(page, "two lines", ({ hues }) => hues[0].columns.length > 300);
  const widest = one.columns.slice(1).reduce((most, column, index) => Math.max(most, column - one.columns[index]), 0);
  assert.ok(widest > two.columns.length / 4, `a third of the width is empty, not ${widest} columns`);
  const label = await page.getByTestId("chart-cursor").getAttribute("aria-label");
  assert.match(label, /with 1 gap/);
});

lab("the mouse zooms by dragging, and a double click leads back", async (page) => {
  await drawn(page);
  const before = await shown(page);
  const box = await plot(page);
  const at = (share) => [box.x + box.width * share, box.y + box.height / 2];
  const drag = async (from, to) => {
    await page.mouse.move(...at(from));
    await page.mouse.down();
    await page.mouse.move(...at((from + to) / 2));
    await page.mouse.move(...at(to));
    await page.mouse.up();
  };
  await drag(0.5, 0.75);
  const once = await showing(page, "a quarter", ({ length }) => length < before.length / 2);
  assert.ok(Math.abs(once.length - before.length / 4) < before.length / 20, `${once.length} of ${before.length}`);
  assert.ok(once.from > before.from + before.length * 0.4 && once.to < before.to);
  await drag(0.7, 0.3);
  const twice = await showing(page, "a part of it", ({ length }) => length < once.length / 2);
  assert.ok(twice.from >= once.from && twice.to <= once.to);
  await page.mouse.dblclick(...at(0.5));
  assert.deepEqual(await showing(page, "the first zoom", ({ length }) => length === once.length), once);
  await page.getByTestId("chart-back").click();
  assert.deepEqual(await showing(page, "everything", ({ length }) => length === before.length), before);
  assert.equal(await page.getByTestId("chart-back").count(), 0, "there is nowhere to go back to");
});

lab("keys move the cursor, say what it points at, and zoom", async (page) => {
  await drawn(page);
  const before = await shown(page);
  const spoken = () => page.getByTestId("chart-spoken").innerText();
  await page.getByTestId("chart-cursor").focus();
  await page.keyboard.press("Home");
  await until("the first instant", spoken, (text) => text.startsWith("22:13:20"));
  await page.keyboard.press("ArrowRight");
  await until("a step on", spoken, (text) => text.startsWith("22:13:30"));
  await page.keyboard.press("Shift+ArrowRight");
  await until("ten steps on", spoken, (text) => text.startsWith("22:15:10"));
  await page.keyboard.press("ArrowUp");
  await until("the lowest line", spoken, (text) => text.includes('line="one"') && text.endsWith("2"));
  await page.keyboard.press("ArrowUp");
  await until("the next line up", spoken, (text) => text.includes('line="two"') && text.endsWith("6"));
  await page.keyboard.press("End");
  await until("the last instant", spoken, (text) => text.startsWith("22:43:20"));
  await page.keyboard.press("+");
  const nearer = await showing(page, "half", ({ length }) => length < before.length * 0.6);
  assert.equal(nearer.to, before.to, "the cursor stood at the end, and stays there");
  await page.keyboard.press("-");
  await showing(page, "everything", ({ length }) => length === before.length);
  await page.keyboard.press("Escape");
  assert.equal(await page.getByTestId("chart-tip").count(), 0);
});

lab("a finger drags to zoom, two spread, a long press sets the cursor, a double tap leads back", async (page) => {
  await drawn(page);
  await page.getByTestId("chart-cursor").scrollIntoViewIfNeeded();
  const before = await shown(page);
  const box = await plot(page);
  const at = (share) => [box.x + box.width * share, box.y + box.height / 2];
  const hand = await fingers(page);
  await hand.down(at(0.4));
  await hand.move(at(0.6));
  await hand.move(at(0.8));
  await hand.up();
  const once = await showing(page, "a part", ({ length }) => length < before.length * 0.6);
  await hand.down(at(0.4), at(0.6));
  await hand.move(at(0.3), at(0.7));
  await hand.move(at(0.2), at(0.8));
  await hand.up();
  const twice = await showing(page, "a third of it", ({ length }) => length < once.length * 0.5);
  assert.ok(twice.from > once.from && twice.to < once.to);
  for (const _ of [1, 2]) {
    await hand.down(at(0.5));
    await hand.up();
  }
  await showing(page, "the first zoom", ({ length }) => length === once.length);
  const legend = page.getByTestId("legend").locator("th").first();
  const when = await legend.innerText();
  await hand.down(at(0.3));
  const pressed = await until("the cursor under the finger", () => legend.innerText(), (text) => text !== when);
  await hand.move(at(0.6));
  const held = await until("the cursor that follows it", () => legend.innerText(), (text) => text !== pressed);
  await hand.up();
  assert.equal((await shown(page)).length, once.length, "a held finger moves the cursor and zooms nothing");
  assert.equal(await legend.innerText(), held, "a lifted finger leaves it there");
}, { context: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } });

lab("the legend singles out and hides, by mouse and by key", async (page) => {
  await drawn(page);
  const both = ({ hues }) => hues[0].columns.length > 300 && hues[1].columns.length > 600;
  const row = (line) => page.getByTestId("legend-row").filter({ hasText: line }).getByRole("button");
  await ink(page, "two lines", both);
  await row("one").click();
  await ink(page, "the first alone", ({ hues }) => hues[0].columns.length > 300 && hues[1].columns.length === 0);
  assert.equal(await row("one").getAttribute("aria-pressed"), "true");
  await row("one").click();
  await ink(page, "both again", both);
  await row("one").click({ modifiers: ["Control"] });
  await ink(page, "the second", ({ hues }) => hues[0].columns.length === 0 && hues[1].columns.length > 600);
  await row("one").focus();
  await page.keyboard.press("h");
  await ink(page, "both by key", both);
});

lab("the tooltip names the nearest series first", async (page) => {
  await drawn(page);
  const { hues: [one, two], height } = await ink(page, "two lines", ({ hues }) => hues[0].columns.length > 300);
  const box = await plot(page);
  const first = () => page.getByTestId("chart-tip").locator("td").first().innerText();
  for (const [line, rows] of [["one", one.rows], ["two", two.rows]]) {
    await page.mouse.move(box.x + box.width * 0.2, box.y + (rows[0] / height) * box.height + 8);
    await until(line, first, (text) => text.includes(line));
  }
});

lab("a unit is shown on the axis, in legend and tooltip", async (page) => {
  await drawn(page, dump("size_bytes", [{ labels: "{}", value: () => 1_572_864 }]), "size_bytes");
  await page.getByTestId("query-unit").selectOption("bytes");
  const value = page.getByTestId("legend-row").locator("td").nth(1);
  await until("mebibytes", () => value.innerText(), (text) => text === "1.5 MiB");
});

lab("what is taken along is valid, named safely, and a hostile label in it stays a label", async (page) => {
  const label = HOSTILE.replace("&", "&\\n").replaceAll('"', '\\"');
  await drawn(page, dump("lines", [{ labels: `{line="${label}"}`, value: () => 3 }, { labels: '{line="b"}', value: () => 5 }]), "lines");
  const take = async (name) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId(name).click()]);
    assert.match(download.suggestedFilename(), /^lines-2023-11-14T2243\.(svg|png)$/);
    return readFile(await download.path());
  };
  const svg = (await take("chart-svg")).toString();
  const read = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    const names = new Set([...parsed.querySelectorAll("*")].map((element) => element.localName));
    return { names: [...names].sort(), texts: [...parsed.querySelectorAll("text")].map((element) => element.textContent) };
  }, svg);
  assert.deepEqual(read.names, ["polyline", "rect", "svg", "text", "title"]);
  assert.ok(read.texts.some((text) => text.includes("<script>alert(1)</script>")), `the label is text: ${read.texts}`);
  assert.ok(!/[\u202E\u0000-\u0009]/.test(svg), "nothing acts upon the text around it");
  const png = await take("chart-png");
  assert.deepEqual([...png.subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
  assert.ok(png.readUInt32BE(16) > 1000 && png.length > 5000, "a picture of twice the size");
});

lab("the table of values says what the chart shows", async (page) => {
  await drawn(page);
  await page.getByTestId("chart-values").click();
  const rows = page.getByTestId("twin-row");
  const cells = (row) => row.locator("td").allInnerTexts();
  const newest = rows.first();
  assert.equal(await newest.getAttribute("data-at"), String((START + 1800) * 1000));
  assert.deepEqual(await cells(newest), ["2", "6"]);
  const missing = page.locator(`[data-at="${(START + 15 * 60) * 1000}"]`);
  assert.deepEqual(await cells(missing), ["no data", "6"]);
  assert.equal(await rows.count(), 100, "the first hundred of 181");
});

lab("a chart fits a phone, with its table and as a heatmap", async (page) => {
  const fits = async (what) => {
    const [wide, narrow] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
    assert.ok(wide <= narrow, `${what} is ${wide} px wide in ${narrow}`);
    const box = await plot(page);
    assert.ok(box.x >= 0 && box.x + box.width <= narrow, `${what}: the plot`);
  };
  await drawn(page, BUCKETS, "latency_bucket");
  await page.getByTestId("chart-values").click();
  await fits("lines");
  await choose(page, "heatmap");
  await ink(page, "the heatmap", ({ colors }) => colors > 12);
  await fits("heatmap");
}, { context: { locale: "ko-KR", viewport: { width: 360, height: 740 }, hasTouch: true } });

lab("a long touch on a series hides it and a second one shows it again, a short one singles it out", async (page) => {
  await drawn(page);
  const rows = page.getByTestId("legend-row");
  const key = rows.first().getByRole("button");
  await key.scrollIntoViewIfNeeded();
  const box = await key.boundingBox();
  const at = [box.x + 20, box.y + box.height / 2];
  const hand = await fingers(page);
  const isHidden = () => rows.first().evaluate((row) => row.classList.contains("hidden-line"));
  for (const hidden of [true, false]) {
    await hand.down(at);
    await page.waitForTimeout(800);
    await hand.up();
    await page.waitForTimeout(300);
    assert.equal(await isHidden(), hidden);
    assert.equal(await key.getAttribute("aria-pressed"), "false", "a long touch singles nothing out");
  }
  await key.tap();
  await until("the one line", () => key.getAttribute("aria-pressed"), (pressed) => pressed === "true");
}, { context: { hasTouch: true } });
