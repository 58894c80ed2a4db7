// The site opens without a network after the first visit, from any folder of a host, and a newer one is offered, not
// forced. Served by a host of its own, which can go away and be replaced.
import assert from "node:assert/strict";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { after } from "node:test";
import { lab } from "./harness.mjs";
import { anew, expectKeeping, expectReplicas, scaleUp } from "./labs.mjs";
import { chart, go, opened, pause, until } from "./pages.mjs";

const FOLDER = "/some/folder/";
const TYPES = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", wasm: "application/wasm", svg: "image/svg+xml", png: "image/png", webmanifest: "application/manifest+json" };
const dist = path.dirname(path.resolve(process.env.SCRAPEYARD_FILE ?? assert.fail("SCRAPEYARD_FILE is not set")));

/** A static host; `host.away` lets it answer nothing, `host.isNewer` lets it serve another version. */
const host = { away: false, isNewer: false, asked: [] };
const server = http.createServer((request, response) => {
  const name = request.url.split("?")[0].slice(FOLDER.length) || "index.html";
  const file = path.join(dist, path.basename(name));
  host.asked.push(name);
  if (host.away) return request.socket.destroy();
  if (!request.url.startsWith(FOLDER) || !fs.existsSync(file)) return response.writeHead(404).end();
  let bytes = fs.readFileSync(file);
  if (host.isNewer && name === "index.html") bytes = bytes.toString().replace("<div id=\"app\">", "<div id=\"app\" data-newer>");
  if (host.isNewer && name === "service-worker.js") bytes = bytes.toString().replace(/VERSION = "/, "VERSION = \"newer");
  response.writeHead(200, { "Content-Type": TYPES[name.split(".").pop()] ?? "text/plain; charset=utf-8" }).end(bytes);
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
after(() => server.close());
const ways = [{ name: "a folder", address: `http://127.0.0.1:${server.address().port}${FOLDER}` }];

/** Waits until all files are kept. */
const kept = (page) => until("a service worker", () => page.evaluate(async () =>
  !!(await navigator.serviceWorker.getRegistration())?.active && !!navigator.serviceWorker.controller), (is) => is, 40_000);

lab("after one visit the site opens without a network", async (page, way) => {
  await opened(page);
  await go(page, "query");
  await chart(page);
  assert.ok(!host.asked.includes("service-worker.js"), "the first chart does not wait for the files that are kept");
  await kept(page);
  await go(page, "yard");
  await pause(page);
  await scaleUp(page);
  await expectKeeping(page, "kept");
  host.away = true;
  try {
    await anew(page, () => page.reload());
    await opened(page);
    await expectReplicas(page, "2");
    await go(page, "query");
    await chart(page);
    const second = await page.context().newPage();
    await second.goto(`${way.address}#/learn`);
    await opened(second);
  } finally {
    host.away = false;
  }
}, { ways, timeout_ms: 120_000 });

lab("a newer version is offered and taken only when the reader wants it", async (page) => {
  await opened(page);
  await kept(page);
  await pause(page);
  await scaleUp(page);
  await expectKeeping(page, "kept");
  host.isNewer = true;
  try {
    await page.evaluate(() => { globalThis.isSame = true; });
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    await page.getByTestId("update").waitFor({ timeout: 30_000 });
    assert.ok(await page.evaluate(() => globalThis.isSame), "the page was not left");
    // A reload alone changes nothing either.
    await anew(page, () => page.reload());
    await opened(page);
    assert.equal(await page.locator("#app[data-newer]").count(), 0);
    await page.getByTestId("update").waitFor({ timeout: 30_000 });
    await anew(page, () => page.getByTestId("update-act").click());
    await opened(page);
    assert.equal(await page.locator("#app[data-newer]").count(), 1);
    await expectReplicas(page, "2");
  } finally {
    host.isNewer = false;
  }
}, { ways, timeout_ms: 120_000 });

lab("the site can be installed", async (page, way) => {
  await opened(page);
  const manifest = await page.evaluate(async () => {
    const { href } = document.querySelector("link[rel=manifest]");
    const manifest = await (await fetch(href)).json();
    const icons = await Promise.all(manifest.icons.map(async (icon) => {
      const image = new Image();
      image.src = new URL(icon.src, href);
      await image.decode();
      return [image.naturalWidth, icon.sizes];
    }));
    return { start: new URL(manifest.start_url, href).href, display: manifest.display, icons };
  });
  assert.equal(manifest.start, way.address);
  assert.equal(manifest.display, "standalone");
  for (const [width, sizes] of manifest.icons) assert.ok(sizes === "any" || sizes === `${width}x${width}`, sizes);
}, { ways });
