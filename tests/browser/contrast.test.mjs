// Contrast by computation, in both themes: text, fields, icons, states and the shown focus of every page, the tokens of
// states and series on what they stand on, and the colours that the chart's canvas really holds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hues } from "./charts.mjs";
import { SHAPE, TEXT, colorOf, drawn, inks, ratio, ratioOn, rings, tooFaint } from "./contrast.mjs";
import { WAYS, lab } from "./harness.mjs";
import { chart, go, jump, opened, pause, run, seen, until } from "./pages.mjs";

test("the computation knows the ratios that are known", () => {
  const near = (wanted, one, other) => assert.ok(Math.abs(ratio(colorOf(one), colorOf(other)) - wanted) < 0.005, `${one} on ${other}`);
  near(21, "#000000", "#FFFFFF");
  near(21, "rgb(255, 255, 255)", "rgb(0, 0, 0)");
  near(4.48, "#777777", "#ffffff");
  near(1, "color(srgb 1 0 0)", "rgb(255, 0, 0)");
  // Half of black on white is the grey between, whichever of the two is half there.
  const grey = ratio(colorOf("rgb(127.5, 127.5, 127.5)"), colorOf("#ffffff"));
  assert.ok(Math.abs(ratioOn([["rgb(255, 255, 255)", 1]], "rgba(0, 0, 0, 0.5)") - grey) < 0.005);
  assert.ok(Math.abs(ratioOn([["rgb(255, 255, 255)", 1], ["rgba(0, 0, 0, 0)", 0.5]], "rgb(0, 0, 0)") - grey) < 0.005);
  assert.equal(ratioOn([["rgb(255, 255, 255)", 1], ["rgb(0, 0, 0)", 1]], "rgb(0, 0, 0)"), 1);
  const faint = { what: "a note", ink: "rgb(119, 119, 119)", layers: [["rgb(255, 255, 255)", 1]], least: TEXT };
  assert.deepEqual(tooFaint([faint]), ["a note: rgb(119, 119, 119) has 4.48 of 4.5"]);
  assert.deepEqual(tooFaint([{ ...faint, least: SHAPE }]), []);
});

/** Which token stands as what on which: texts, then what tells without words. */
const PAIRS = [
  [TEXT, "--text --text-2 --text-3", "--surface --floor --sunken --hover"],
  [TEXT, "--accent", "--surface --floor --accent-soft"],
  [TEXT, "--on-accent", "--accent --accent-hover"],
  [TEXT, "--up", "--surface --up-soft"],
  [TEXT, "--warn", "--surface --warn-soft"],
  [TEXT, "--down", "--surface --down-soft"],
  [TEXT, "--axis", "--surface"],
  [TEXT, "--term-text --term-dim --term-ok --term-err --term-key", "--term"],
  [TEXT, "--syn-fn --syn-metric --syn-label --syn-str --syn-num --syn-dur --syn-kw --syn-op", "--surface"],
  [SHAPE, "--s1 --s2 --s3 --s4 --s5 --s6 --s7 --s8", "--surface"],
  [SHAPE, "--edge --focus", "--surface --floor --sunken"],
  [SHAPE, "--unknown --crate", "--surface --floor"],
  [SHAPE, "--on-state", "--up --down"],
  [SHAPE, "--request --pull --push", "--floor"],
];

async function faintTokens(page) {
  const names = [...new Set(PAIRS.flatMap(([, inks, grounds]) => `${inks} ${grounds}`.split(" ")))];
  const values = await page.evaluate((names) => {
    const style = getComputedStyle(document.documentElement);
    return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name).trim()]));
  }, names);
  return tooFaint(PAIRS.flatMap(([least, inks, grounds]) => inks.split(" ").flatMap((ink) => grounds.split(" ").map((ground) => (
    { what: `${ink} on ${ground}`, ink: values[ink], layers: [[values[ground], 1]], least }
  )))));
}

/** Text and shapes as they stand, and the focus, which is only shown after a key. */
async function faint(page) {
  const standing = await inks(page);
  await page.keyboard.press("Shift"); // a key that does nothing by itself
  const focused = await rings(page);
  assert.ok(standing.length > 20 && focused.length > 5, `${standing.length} inks, ${focused.length} controls`);
  return tooFaint([...standing, ...focused]);
}

/** Eight flat lines, as many as there are hues. */
const EIGHT = Array.from({ length: 8 }, (_, line) => `label_replace(vector(${line + 1}), "line", "${line}", "", "")`).join(" or ");

/** The eight hues as they are drawn, and the numbers of the axis: of their pixels the strongest is the text's colour. */
async function faintOnCanvas(page) {
  const { hues, axis, layers } = await drawn(page);
  assert.ok(hues.length === 8 && axis.length > 0, `${hues.length} hues, ${axis.length} colours left of them`);
  const lines = hues.map((ink, hue) => ({ what: `line ${hue + 1}`, ink, layers, least: SHAPE }));
  return tooFaint([...lines, { what: "the axis", ink: axis, layers, least: TEXT }]);
}

const VIEWS = {
  async yard(page) {
    await page.getByTestId("container-gallery-iotd-1").click();
    await page.getByTestId("container-sheet").getByTestId("stop").click();
    await page.getByTestId("sheet-close").click();
    await jump(page, 1);
  },
  "a container": (page) => page.getByTestId("container-gallery-image-gallery-1").click(),
  async query(page) {
    await page.getByTestId("sheet-close").click();
    await go(page, "query");
    await run(page, EIGHT);
    await until("eight lines", () => hues(page), (found) => found.hues.every(({ columns }) => columns.length > 0));
  },
  async "a table"(page) {
    await page.getByTestId("tab-table").click();
    await run(page, "up");
    await page.getByTestId("result-value").first().waitFor();
  },
  async "an error"(page) {
    await run(page, "rate(up)");
    await page.getByTestId("query-error").waitFor();
  },
  async "an empty board"(page) {
    await go(page, "board");
    await page.getByTestId("board-suggestion").first().waitFor();
  },
  async board(page) {
    await page.getByTestId("board-suggestion").first().click();
    await chart(page);
  },
  async targets(page) {
    await go(page, "targets");
    await seen(page, "target-more").first().click();
  },
  async configuration(page) {
    await page.getByTestId("tab-config").click();
    await page.getByTestId("config-editor").waitFor();
  },
  storage: (page) => go(page, "storage"),
  async learn(page) {
    await go(page, "learn");
    await page.getByTestId("take-up").click();
    await page.getByTestId("hint").click();
    await page.locator("[data-choice=push]").click();
    await page.locator("[data-testid=quiz][data-right=false]").waitFor();
  },
  async "a lesson beside the yard"(page) {
    await go(page, "yard");
    await page.locator(".pane, .peek").filter({ visible: true }).first().waitFor();
  },
};

const WIDE = {};
const PHONE = { locale: "ko-KR", viewport: { width: 360, height: 740 }, hasTouch: true };

for (const [colorScheme, name, window] of [["light", "wide", WIDE], ["dark", "wide", WIDE], ["light", "a phone", PHONE], ["dark", "a phone", PHONE]]) {
  lab(`everything is seen, ${colorScheme}, ${name}`, async (page) => {
    await opened(page);
    await pause(page);
    await jump(page, 5);
    assert.deepEqual(await faintTokens(page), []);
    const found = {};
    for (const [view, show] of Object.entries(VIEWS)) {
      await show(page);
      const lines = [...await faint(page), ...(view === "query" ? await faintOnCanvas(page) : [])];
      if (lines.length > 0) found[view] = lines;
    }
    assert.deepEqual(found, {});
  }, {
    ways: WAYS.filter((way) => way.name === "site"),
    context: { colorScheme, reducedMotion: "reduce", ...window },
    timeout_ms: 90_000,
  });
}
