// Every page by axe-core (WCAG 2.2 AA) in both themes and languages, and without a sideways scroll at 360 px.
import assert from "node:assert/strict";
import axe from "axe-core";
import { lab } from "./harness.mjs";
import { go, jump, opened, pause } from "./pages.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const PAGES = ["yard", "query", "board", "targets", "storage", "learn"];

async function violations(page) {
  await page.evaluate(axe.source);
  return page.evaluate(async (tags) => {
    const { violations } = await globalThis.axe.run(document, { runOnly: { type: "tag", values: tags } });
    return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}`));
  }, TAGS);
}

for (const colorScheme of ["light", "dark"]) {
  for (const locale of ["en-US", "ko-KR"]) {
    lab(`every page is accessible, ${colorScheme}, ${locale}`, async (page) => {
      await opened(page);
      await pause(page);
      await jump(page, 1);
      for (const name of PAGES) {
        await go(page, name);
        assert.deepEqual(await violations(page), [], name);
      }
    }, { context: { colorScheme, locale, reducedMotion: "reduce" } });
  }
}

for (const locale of ["en-US", "ko-KR"]) {
  lab(`no page scrolls sideways on a phone, ${locale}`, async (page) => {
    await opened(page);
    for (const name of PAGES) {
      await go(page, name);
      const [wide, narrow] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
      assert.ok(wide <= narrow, `${name} is ${wide} px wide in ${narrow}`);
    }
  }, { context: { locale, viewport: { width: 360, height: 740 }, hasTouch: true } });
}
