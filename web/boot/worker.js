// Runs in the worker: takes the compiled module (`{ module }`, once), keeps what comes before it is ready, then hands
// every message's bytes to the lab. What is thrown here is left uncaught on purpose: it becomes the `error` event of the
// page's worker.
"use strict";
(() => {
  const waiting = [];
  let receive = (bytes) => waiting.push(bytes);

  const start = async (module) => {
    await wasm_bindgen({ module_or_path: module });
    receive = wasm_bindgen.receive;
    for (const bytes of waiting.splice(0)) receive(bytes);
  };

  self.onmessage = ({ data }) => {
    if (data instanceof Uint8Array) receive(data);
    // Thrown outside the promise, whose rejection the page would not hear.
    else start(data.module).catch((error) => setTimeout(() => { throw error; }));
  };
})();
