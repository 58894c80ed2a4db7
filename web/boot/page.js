// Loads the app and the worker's module side by side, and starts workers for the app.
//
// In the site the modules are files beside the page; in the one-file lab they stand in it, packed and spelled as text.
"use strict";
(() => {
  const places = document.getElementById("places");
  const held = (id) => document.getElementById(id);

  // What the one-file lab holds under `id`, as bytes.
  const unpacked = async (id) => {
    const text = atob(held(id).textContent);
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };

  // A module that could not be fetched as a stream (a host that sends another type) is compiled from its bytes.
  const compiled = async (address) => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
    const isWasm = (response.headers.get("Content-Type") || "").startsWith("application/wasm");
    return isWasm ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
  };

  let app, workerModule, workerScript;
  if (places) {
    const address = JSON.parse(places.textContent);
    app = compiled(address.app);
    workerModule = compiled(address.worker);
    workerScript = address.workerScript;
  } else {
    app = unpacked("packed-app").then((bytes) => WebAssembly.compile(bytes));
    workerModule = unpacked("packed-worker").then((bytes) => WebAssembly.compile(bytes));
    workerScript = URL.createObjectURL(new Blob([held("worker-script").textContent], { type: "text/javascript" }));
  }

  // A new worker. It gets its module as soon as that is compiled, and hears afterwards what it was told before. A
  // module that does not come is an error of the worker.
  globalThis.scrapeyardSpawnWorker = () => {
    const worker = new Worker(workerScript, { name: "lab" });
    workerModule.then(
      (module) => worker.postMessage({ module }),
      (error) => worker.dispatchEvent(new ErrorEvent("error", { message: String(error) })),
    );
    return worker;
  };

  const failed = (error) => {
    document.documentElement.dataset.boot = "failed";
    const place = held("boot-error");
    if (place) place.textContent = String(error);
    console.error(error);
  };
  app.then((module) => wasm_bindgen({ module_or_path: module })).catch(failed);
})();
