// Runs in the worker: takes the compiled module (`{ module, isKept }`, once; `isKept` where a service worker has all files
// at hand), keeps what comes before it is ready, then hands every message's bytes to the lab. What is thrown here is left
// uncaught on purpose: it becomes the `error` event of the page's worker. `later` is the part of the module that comes
// later (later.js), or null where it is in one piece; the message "later" says that now is a good time for it, and the
// port that comes with it hears when it is here.
"use strict";
(() => {
  const LATER_AFTER_MS = 2500; // where nothing says before that a first view stands
  const waiting = [];
  let running, brought;
  const runs = new Promise((resolve) => (running = resolve));
  // What cannot be brought is demanded when it is needed.
  const bringLater = () => (brought ??= runs.then((first) => later?.bring(first)).catch(() => {}));
  let receive = (bytes) => waiting.push(bytes);

  const start = async ({ module, isKept }) => {
    if (isKept) await later?.prepare().catch(() => {});
    const first = await wasm_bindgen({ module_or_path: module });
    running(first);
    setTimeout(bringLater, LATER_AFTER_MS);
    receive = wasm_bindgen.receive;
    for (const bytes of waiting.splice(0)) receive(bytes);
  };

  self.onmessage = ({ data, ports }) => {
    if (data instanceof Uint8Array) receive(data);
    else if (data === "later") bringLater().then(() => ports[0].postMessage("here"));
    // Thrown outside the promise, whose rejection the page would not hear.
    else start(data).catch((error) => setTimeout(() => { throw error; }));
  };
})();
