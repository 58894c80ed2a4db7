// A lab travels in a link: read back it is the same lab, beside the reader's own; its QR code can be read by a camera.
import assert from "node:assert/strict";
import jsqr from "jsqr";
import { WAYS, lab } from "./harness.mjs";
import { anew, expectKeeping, expectReplicas, labs, names, scaleUp } from "./labs.mjs";
import { go, jump, now, opened, pause, seen, until } from "./pages.mjs";

const site = WAYS.filter((way) => way.name === "site");
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true };

async function shared(page) {
  if (await page.getByTestId("more").isVisible()) await page.getByTestId("more").click();
  await seen(page, "share-open").click();
  return page.getByTestId("link").inputValue();
}

/** What a camera reads from the code, its bars painted as pixels. */
async function scanned(page) {
  const code = page.getByTestId("qr");
  const modules = Number(await code.getAttribute("data-modules")) + 8, scale = 4, side = modules * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  const bars = [...(await code.locator("path").getAttribute("d")).matchAll(/M(\d+) (\d+)h(\d+)/g)];
  for (const [x, y, length] of bars.map((bar) => bar.slice(1).map(Number))) {
    for (let row = y * scale; row < (y + 1) * scale; row += 1) {
      for (let column = x * scale; column < (x + length) * scale; column += 1) pixels.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
    }
  }
  return jsqr.default ? jsqr.default(pixels, side, side)?.data : jsqr(pixels, side, side)?.data;
}

for (const [size, context] of [["wide", {}], ["at 360 px", phone]]) {
  lab(`a link holds the lab, and its code says the same, ${size}`, async (page, way) => {
    await opened(page);
    await pause(page);
    await scaleUp(page);
    await expectKeeping(page, "kept");
    const at = await now(page);
    const link = await shared(page);
    assert.ok(link.startsWith(`${way.address.split("#")[0]}#lab=1`) && link.length < 1500, link);
    assert.equal(await scanned(page), link);
    const [wide, narrow] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
    assert.ok(wide <= narrow);
    // Somebody else opens it.
    const other = await page.context().browser().newContext({ locale: "en-US", ...context });
    const there = await other.newPage();
    await there.goto(link);
    await opened(there);
    await expectReplicas(there, "2");
    await there.getByTestId("arrived").waitFor();
    assert.ok((await now(there)) >= at);
    assert.doesNotMatch(there.url(), /lab=/);
    await other.close();
  }, { context });
}

lab("a link never touches the reader's own lab", async (page, way) => {
  await opened(page);
  await pause(page);
  assert.ok((await shared(page)).startsWith(way.address.split("#")[0]), "a lab in which nothing was done has a link too");
  await page.getByTestId("sheet-close").click();
  await scaleUp(page);
  await expectKeeping(page, "kept");
  const link = await shared(page);
  await page.getByTestId("sheet-close").click();
  await scaleUp(page);
  await scaleUp(page);
  await expectKeeping(page, "kept");
  // Pasted into the address of the open page.
  await anew(page, () => page.evaluate((link) => { location.href = link; }, link));
  await opened(page);
  await expectReplicas(page, "2");
  await pause(page);
  await scaleUp(page);
  await expectKeeping(page, "kept");
  await labs(page);
  assert.deepEqual(await names(page), ["Lab 2", "Lab 1"]);
  await page.getByTestId("sheet-close").click();
  await anew(page, () => page.getByTestId("arrived-act").click());
  await opened(page);
  await expectReplicas(page, "4");
});

lab("a link that was cut says so, and the own lab is opened", async (page, way) => {
  await opened(page);
  await pause(page);
  await scaleUp(page);
  await expectKeeping(page, "kept");
  const link = await shared(page);
  for (const broken of [link.slice(0, -20), `${way.address.split("#")[0]}#lab=<b>x</b>`]) {
    await page.goto("about:blank");
    await page.goto(broken);
    await page.getByTestId("link-broken").waitFor();
    await opened(page);
    await expectReplicas(page, "2");
  }
});

lab("what is too long for a code or a link says so, and the file is at hand", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "targets");
  await page.getByTestId("tab-config").click();
  const letters = (count) => Array.from({ length: count }, (_, at) => Math.imul(at + 1, 2654435761).toString(36)).join("");
  for (const [count, sign] of [[250, "qr-too-long"], [4000, "link-too-long"]]) {
    await page.getByTestId("config-editor").fill(`# ${letters(count)}\nscrape_configs: []\n`);
    await page.getByTestId("config-reload").click();
    await until("it is done", () => seen(page, "undo").getAttribute("title"), (title) => title.includes(letters(count).slice(0, 20)));
    await seen(page, "share-open").click();
    await page.getByTestId(sign).waitFor();
    assert.ok(await page.getByTestId("share-file").isVisible());
    await page.getByTestId("sheet-close").click();
  }
});

lab("the link is copied by a press", async (page) => {
  await opened(page);
  await pause(page);
  await scaleUp(page);
  await expectKeeping(page, "kept");
  const link = await shared(page);
  await page.getByTestId("link-copy").click();
  await until("the clipboard", () => page.evaluate(() => navigator.clipboard.readText()), (text) => text === link);
}, { ways: site, context: { permissions: ["clipboard-read", "clipboard-write"] } });

lab("the link is copied by a press where the page came over plain HTTP, too", async (page) => {
  await opened(page);
  const link = await shared(page);
  await page.getByTestId("link-copy").click();
  await page.getByTestId("link-copy").filter({ hasText: /^Copied$/ }).waitFor();
  assert.equal(await page.evaluate(() => globalThis.clipboardOfTest.readText()), link);
  assert.equal(await page.evaluate(() => document.activeElement?.dataset.testid), "link-copy");
}, {
  ways: site,
  context: { permissions: ["clipboard-read", "clipboard-write"] },
  // What the browser leaves out on such a page.
  before: (context) => context.addInitScript(() => {
    globalThis.clipboardOfTest = navigator.clipboard;
    Object.defineProperty(globalThis, "isSecureContext", { value: false });
    Object.defineProperty(Navigator.prototype, "clipboard", { value: undefined });
  }),
});
