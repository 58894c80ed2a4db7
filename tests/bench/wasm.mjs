// The bench in WebAssembly: answers requests, a line each, as the native program does.
//
// node wasm.mjs MODULE: the script MODULE.js and the module MODULE.wasm that `cargo xtask bench` has built.
import fs from "node:fs";
import readline from "node:readline";

const name = process.argv[2];
const load = new Function(`${fs.readFileSync(`${name}.js`, "utf8")}\nreturn wasm_bindgen;`);
const exports = load();
exports.initSync({ module: fs.readFileSync(`${name}.wasm`) });
const bench = new exports.WasmBench(() => performance.now());

for await (const line of readline.createInterface({ input: process.stdin })) {
  // Written at once and whole, whatever the pipe takes at a time.
  const answer = Buffer.from(`${bench.answer(line)}\n`);
  for (let written = 0; written < answer.length; ) {
    try {
      written += fs.writeSync(1, answer, written);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
}
