// Tests of the open lab. Each runs in both ways of opening it and fails on anything that a visitor must never meet.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { WAYS, close, open } from "./browser.mjs";

export { WAYS };

after(close);

/**
 * A test of the open lab, run in both ways (or those of `settings.ways`); it fails on any trouble, too, except where
 * a line of it matches `settings.expected`, which must then turn up. It may take `settings.timeout_ms`.
 */
export function lab(name, body, settings = {}) {
  for (const way of settings.ways ?? WAYS) {
    test(`${name} (${way.name})`, { timeout: settings.timeout_ms ?? 60_000 }, async () => {
      const opened = await open(way, settings.context, settings.before);
      const { page, trouble } = opened;
      try {
        await body(page, way);
        if (!page.isClosed()) await page.waitForTimeout(50); // what goes wrong a moment later is still ours
      } finally {
        await opened.close();
      }
      const { expected } = settings;
      assert.deepEqual(trouble.filter((line) => !expected?.test(line)), [], "trouble in the page");
      if (expected) assert.ok(trouble.some((line) => expected.test(line)), `no trouble like ${expected} turned up`);
    });
  }
}
