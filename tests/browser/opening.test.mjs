// The page comes up, in both ways, with nothing that a visitor must not meet; and says what is wrong where it cannot.
import assert from "node:assert/strict";
import { WAYS, lab } from "./harness.mjs";
import { opened } from "./pages.mjs";

const SITE = WAYS.filter((way) => way.name === "site");

lab("the page comes up", async (page) => {
  await page.getByTestId("app").waitFor();
  assert.equal(await page.locator(".first-paint").count(), 0, "the shell of the first paint is still there");
  assert.ok(await page.locator("#boot-failure").isHidden());
});

const bare = { context: { javaScriptEnabled: false } };
for (const locale of ["en-US", "ko-KR"]) {
  lab(`what stands in the bar never overlaps, ${locale}`, async (page) => {
    await opened(page);
    await page.getByTestId("share-open").waitFor();
    for (const width of [768, 820, 899, 900, 1024, 1200, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const parts = await page.locator(".bar").evaluate((bar) => {
        const boxes = [...bar.querySelectorAll("a, button, .clock")].map((part) => {
          const { left, right } = part.getBoundingClientRect();
          return { name: part.dataset.testid ?? part.className, left, right };
        });
        return boxes.filter(({ left, right }) => right > left).sort((one, other) => one.left - other.left);
      });
      assert.ok(parts.length >= 10, `${parts.length} parts`);
      for (const [index, part] of parts.entries()) {
        const end = parts[index + 1]?.left ?? width;
        assert.ok(part.right <= end + 0.5, `${width} px: ${part.name} reaches to ${part.right}, the next begins at ${end}`);
      }
    }
  }, { ways: SITE, context: { locale } });
}

lab("without JavaScript the page says so in both languages", async (page) => {
  const notice = await page.locator("noscript").innerText();
  assert.match(notice, /needs JavaScript and WebAssembly/);
  assert.match(notice, /JavaScript와 WebAssembly를 켜 주세요/);
  assert.ok(await page.getByRole("heading", { name: "Scrapeyard" }).isVisible());
}, bare);

for (const [colorScheme, floor] of [["light", "rgb(244, 242, 238)"], ["dark", "rgb(20, 19, 17)"]]) {
  lab(`the first paint is ${colorScheme} where the system is`, async (page) => {
    const shell = page.locator(".first-paint");
    assert.equal(await shell.evaluate((element) => getComputedStyle(element).backgroundColor), floor);
  }, { context: { javaScriptEnabled: false, colorScheme } });
}

lab("a chosen theme and language hold from the first paint on", async (page) => {
  await page.addInitScript(() => {
    localStorage.setItem("scrapeyard.theme", "dark");
    localStorage.setItem("scrapeyard.language", "ko");
    // Before the app is there: when the parser reaches the body.
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      const root = document.documentElement;
      globalThis.earliest = [root.dataset.theme, root.lang];
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.reload();
  assert.deepEqual(await page.evaluate(() => globalThis.earliest), ["dark", "ko"]);
});

lab("an app that does not arrive leaves a notice with the reason", async (page) => {
  await page.locator("#boot-failure").waitFor();
  assert.match(await page.locator("#boot-reason").innerText(), /app-[0-9a-f]+\.wasm: 503/);
  assert.match(await page.locator("#boot-failure").innerText(), /The lab could not start[^]*503/);
}, {
  ways: SITE,
  before: (context) => context.route(/app-.*\.wasm/, (route) => route.fulfill({ status: 503, body: "" })),
  expected: /503/,
});
