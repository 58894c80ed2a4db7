// Plays the journeys of tests/journey in the worker's module, the very one that is shipped. What a journey says at its end
// includes a digest of the whole state, and the native runner holds it against the same files: so these tests fail when
// WebAssembly and native code part by a single bit, or when the length of a stride changes anything.
//
// The module exports `play_journey(text, stride_ms)`, which gives the journey with what is said to it filled in; a stride of
// 0 is one jump. `cargo xtask test` sets SCRAPEYARD_DIST, the built site.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const dist = process.env.SCRAPEYARD_DIST ?? assert.fail("SCRAPEYARD_DIST is not set; `cargo xtask test` sets it");
const journeys = fileURLToPath(new URL("../journey/", import.meta.url));
const STRIDES = [["one jump", 0], ["strides of a second", 1000], ["strides of 17 ms", 17]];

/** How the worker gets the later part of its module when it needs it: here from `dist/` instead of over a network. */
class FromDist {
  open(_method, address) {
    this.file = path.join(dist, address);
  }
  overrideMimeType() {}
  send() {
    this.status = 200;
    this.responseText = fs.readFileSync(this.file, "latin1");
  }
}

/** The worker's exports, loaded as its script loads them, with nobody to send it messages. */
function worker() {
  const [script, wasm] = [".js", ".wasm"].map((ending) => {
    const names = fs.readdirSync(dist).filter((name) => name.startsWith("worker-") && name.endsWith(ending));
    assert.equal(names.length, 1, `one worker${ending} in ${dist}`);
    return fs.readFileSync(path.join(dist, names[0]));
  });
  globalThis.XMLHttpRequest = FromDist;
  const load = new Function("self", `${script}\nreturn wasm_bindgen;`);
  const exports = load({});
  exports.initSync({ module: wasm });
  return exports;
}

const files = fs.readdirSync(journeys).filter((name) => name.endsWith(".txt")).sort();
assert.ok(files.length > 0, `there are journeys in ${journeys}`);
const module = worker();

for (const file of files) {
  const expected = fs.readFileSync(path.join(journeys, file), "utf8");
  for (const [name, stride] of STRIDES) {
    test(`journey/${file} in wasm, ${name}`, () => {
      assert.equal(module.play_journey(expected, stride), expected);
    });
  }
}

test("a journey whose outcome is another is seen", () => {
  const expected = fs.readFileSync(path.join(journeys, files[0]), "utf8");
  const tampered = expected.replace(/^[0-9a-f]{16}$/m, "0123456789abcdef");
  assert.notEqual(tampered, expected, "the first journey ends with a digest");
  assert.equal(module.play_journey(tampered, 0), expected);
});
