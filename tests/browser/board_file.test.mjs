// The board as a file: there and back, broken, and hostile; and the page by axe-core and at 360 px.
import assert from "node:assert/strict";
import axe from "axe-core";
import { boardOf, build, choose, exported, imported, panel, panels } from "./boards.mjs";
import { lab } from "./harness.mjs";
import { go, opened, pause, until } from "./pages.mjs";

lab("a board that was taken along is the same in a clean lab", async (page) => {
  await opened(page);
  await pause(page);
  await boardOf(page, "one", "two");
  await choose(page, 1, "later");
  await until("the order", () => panels(page), (found) => found[0].id === 2);
  const before = await panels(page);
  const text = await exported(page);
  const clean = await page.context().browser().newContext();
  const other = await clean.newPage();
  await other.goto(page.url());
  await opened(other);
  await pause(other);
  await go(other, "board");
  await imported(other, text);
  await until("the board", () => panels(other), (found) => JSON.stringify(found) === JSON.stringify(before));
  assert.equal(await exported(other), text);
  await clean.close();
});

lab("a broken file says where, and the board stays", async (page) => {
  await opened(page);
  await pause(page);
  await boardOf(page, "one");
  const before = await exported(page);
  await imported(page, '{\n  "panels": [\n    {"type": "stat",}\n  ]\n}');
  const said = await page.getByTestId("board-import-error").innerText();
  assert.match(said, /3:\d+: /);
  await page.keyboard.press("Escape");
  await page.getByTestId("board-import").waitFor({ state: "detached" });
  assert.equal(await exported(page), before);
});

lab("titles and legends that would be markup are text", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "board");
  const hostile = "<img src=x onerror=alert(1)>\u202e\u{1f9ea}\"'}{{";
  await build(page, hostile, ["up"], () => page.getByTestId("build-legend-A").fill(hostile));
  await until("the panel", () => panels(page), (found) => found.length === 1 && found[0].title === hostile);
  const rows = panel(page, 1).getByTestId("legend-row");
  await until("the legend", () => rows.count(), (count) => count === 4);
  assert.ok((await rows.first().textContent()).includes("<img src=x"));
  assert.equal(await page.locator("img").count(), 0);
  const long = "x".repeat(200);
  await imported(page, JSON.stringify({ title: hostile, panels: [{ type: "table", title: long, targets: [{ refId: "A", expr: "up" }] }] }));
  await until("the long title", () => panels(page), (found) => found[0]?.title === long);
  const [wide, narrow] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
  assert.ok(wide <= narrow, `${wide} px wide in ${narrow}`);
});

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function violations(page) {
  await page.evaluate(axe.source);
  return page.evaluate(async (tags) => {
    const { violations } = await globalThis.axe.run(document, { runOnly: { type: "tag", values: tags } });
    return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}`));
  }, TAGS);
}

for (const colorScheme of ["light", "dark"]) {
  for (const locale of ["en-US", "ko-KR"]) {
    lab(`board and builder are accessible, ${colorScheme}, ${locale}`, async (page) => {
      await opened(page);
      await pause(page);
      await go(page, "board");
      await page.getByTestId("board-suggestion").first().waitFor();
      assert.deepEqual(await violations(page), [], "empty");
      await page.getByTestId("board-suggestion").first().click();
      for (const kind of ["stat", "gauge", "bargauge", "table"]) {
        await build(page, kind, ["up"], async () => {
          await page.getByTestId(`build-type-${kind}`).click();
          await page.getByTestId("build-threshold-add").click();
        });
      }
      await until("five panels", () => panels(page), (found) => found.length === 5);
      assert.deepEqual(await violations(page), [], "board");
      await choose(page, 1, "edit");
      await page.getByTestId("build-threshold-add").click();
      assert.deepEqual(await violations(page), [], "builder");
      await page.getByTestId("build-cancel").click();
      await page.getByTestId("build-discard").click();
      await page.getByTestId("board-import-open").click();
      await page.getByTestId("board-import").waitFor();
      assert.deepEqual(await violations(page), [], "import");
    }, { context: { colorScheme, locale, reducedMotion: "reduce" } });
  }
}

for (const locale of ["en-US", "ko-KR"]) {
  lab(`board and builder fit a phone, ${locale}`, async (page) => {
    await opened(page);
    await pause(page);
    await go(page, "board");
    const fits = async (what) => {
      const [wide, narrow] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
      assert.ok(wide <= narrow, `${what} is ${wide} px wide in ${narrow}`);
    };
    await fits("the empty board");
    await page.getByTestId("board-suggestion").first().click();
    await until("a panel", () => panels(page), (found) => found.length === 1);
    await fits("the board");
    await choose(page, 1, "edit");
    const sheet = page.getByTestId("board-builder");
    const inside = await sheet.locator(".sheet-in").evaluate((element) => [element.scrollWidth, element.clientWidth]);
    assert.ok(inside[0] <= inside[1], `the builder is ${inside[0]} px wide in ${inside[1]}`);
    await fits("the builder");
  }, { context: { locale, viewport: { width: 360, height: 740 }, hasTouch: true } });
}
