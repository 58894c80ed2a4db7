// What `cargo xtask serve` sends: types, compressed forms, how long each may be kept. Needs no browser.
import assert from "node:assert/strict";
import http from "node:http";
import { test } from "node:test";

const site = new URL(process.env.SCRAPEYARD_SITE ?? assert.fail("SCRAPEYARD_SITE is not set"));

function get(path, headers = {}) {
  return new Promise((done, fail) => {
    http.get(new URL(path, site), { headers }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
    }).on("error", fail);
  });
}

const index = async () => (await get("")).body.toString();

test("the page is asked for anew each time, its parts are kept for ever", async () => {
  const page = await get("");
  assert.equal(page.headers["content-type"], "text/html; charset=utf-8");
  assert.equal(page.headers["cache-control"], "no-cache");
  const [wasm] = (await index()).match(/app-[0-9a-f]+\.wasm/);
  const module = await get(wasm);
  assert.equal(module.headers["content-type"], "application/wasm");
  assert.match(module.headers["cache-control"], /immutable/);
});

test("a browser gets the smallest form that it reads", async () => {
  const [wasm] = (await index()).match(/worker-[0-9a-f]+\.wasm/);
  const plain = await get(wasm);
  const brotli = await get(wasm, { "Accept-Encoding": "gzip, br" });
  const gzip = await get(wasm, { "Accept-Encoding": "gzip, br;q=0" });
  assert.equal(plain.headers["content-encoding"], undefined);
  assert.equal(brotli.headers["content-encoding"], "br");
  assert.equal(gzip.headers["content-encoding"], "gzip");
  assert.ok(brotli.body.length < gzip.body.length && gzip.body.length < plain.body.length);
});

test("everything that the page names is named relative to it, and is there", async () => {
  const html = await index();
  const names = [...html.matchAll(/(?:href|src|"(?:app|worker|workerScript)")[=:]"([^"]+)"/g)].map((match) => match[1]);
  const files = names.filter((name) => !name.startsWith("data:"));
  assert.ok(files.length >= 5, files.join(" "));
  for (const name of files) {
    assert.match(name, /^\.\/[^/]+$/);
    assert.equal((await get(name)).status, 200, name);
  }
});

test("nothing outside the site is served", async () => {
  for (const path of ["/%2e%2e/Cargo.toml", "/..%2fCargo.toml", "/.nojekyll", "/nothing"]) {
    assert.equal((await get(path)).status, 404, path);
  }
});
