// Runs in the worker: takes the compiled module as the first message, keeps what comes before it is ready, then hands
// every message's bytes to the lab.
"use strict";
(() => {
  let waiting = [];
  self.onmessage = (event) => {
    if (!(event.data && event.data.module)) {
      waiting.push(event);
      return;
    }
    wasm_bindgen({ module_or_path: event.data.module }).then(
      () => {
        self.onmessage = (message) => wasm_bindgen.receive(message.data);
        for (const message of waiting) self.onmessage(message);
        waiting = [];
      },
      // Thrown outside the promise, so that the page's `error` listener hears it.
      (error) => setTimeout(() => { throw error; }),
    );
  };
})();
