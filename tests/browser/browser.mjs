// Opens the built lab in Chromium, as a site and as one file, and watches what a visitor must never meet: an error on
// the console, a report of the content security policy, a request that leaves the page's origin. Knows no test and no page.
//
// `cargo xtask test` sets CHROME (the browser), SCRAPEYARD_SITE (where dist/ is served) and SCRAPEYARD_FILE (the one-file
// lab). By hand: `cargo xtask serve` in another terminal, then
// `CHROME=… SCRAPEYARD_SITE=http://127.0.0.1:8090/ SCRAPEYARD_FILE=../../dist/scrapeyard.html node --test`.
import assert from "node:assert/strict";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const demanded = (name) => process.env[name] ?? assert.fail(`${name} is not set; \`cargo xtask test\` sets it`);

/** The two ways in which a visitor opens the lab. */
export const WAYS = [
  { name: "site", address: new URL(demanded("SCRAPEYARD_SITE")).href },
  { name: "one file", address: pathToFileURL(path.resolve(demanded("SCRAPEYARD_FILE"))).href },
];

// With a closed network Chromium's own errands would only wait; nothing of the lab needs them.
const FLAGS = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic"];
if (process.getuid?.() === 0) FLAGS.push("--no-sandbox");

let launched;
const browser = () => (launched ??= chromium.launch({ executablePath: demanded("CHROME"), args: FLAGS }));

/** Ends the browser, if one was started. */
export const close = async () => (await launched)?.close();

/**
 * Opens the lab in a fresh profile. `options` are Playwright's for a context; `before(context)` may arrange things.
 * Gives `{ page, trouble, close }`; `trouble` fills with what must not happen.
 */
export async function open(way, options = {}, before = async () => {}) {
  const context = await (await browser()).newContext({ locale: "en-US", viewport: { width: 1280, height: 800 }, ...options });
  const trouble = watch(context, way);
  await before(context);
  const page = await context.newPage();
  await page.goto(way.address);
  return { page, trouble, close: () => context.close() };
}

function watch(context, way) {
  const trouble = [];
  context.on("console", (message) => {
    if (message.type() === "error") trouble.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => trouble.push(`uncaught: ${error.error().message}`));
  context.on("request", (request) => {
    if (!own(request.url(), way)) trouble.push(`request: ${request.url()}`);
  });
  context.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // Leaving a page gives up what it was still fetching.
    if (reason !== "net::ERR_ABORTED") trouble.push(`failed: ${request.url()} ${reason}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) trouble.push(`${response.status()}: ${response.url()}`);
  });
  return trouble;
}

/** Whether a request stays where the page came from. The one file has no place but itself. */
function own(url, way) {
  if (/^(data|blob):/.test(url)) return true;
  const [address] = way.address.split("#");
  return address.startsWith("file:") ? url.split("#")[0] === address : url.startsWith(address);
}
