// Loads the app and the worker's module side by side, and hands workers out to the app.
//
// In the site the modules are files beside the page; in the one-file lab they stand in it, packed and spelled as text.
// `later` is the part of the app that comes later (later.js), or null where the app is in one piece.
// Defines the global `scrapeyardSpawnWorker(): Worker`. Whatever keeps a worker from working, a file that is missing as
// well as a panic in the middle of a query, reaches the app as that worker's `error` event.
"use strict";
(() => {
  const LATER_AFTER_MS = 2500; // from the start of the app, where no first view says before that it stands
  const held = (id) => document.getElementById(id);
  const places = held("places") && JSON.parse(held("places").textContent); // of the site's files; none in the one-file lab

  // A module that the one-file lab holds under `id`, as if it had been fetched.
  const unpacked = (id) => {
    const block = held(id);
    const bytes = Uint8Array.from(atob(block.textContent), (letter) => letter.charCodeAt(0));
    block.remove(); // megabytes of text that nobody needs any more
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream, { headers: { "Content-Type": "application/wasm" } });
  };

  // A module that cannot be compiled as it streams in (a host that sends another type) is compiled from its bytes.
  const compiled = async (source) => {
    const response = await source();
    if (!response.ok) throw new Error(`${response.url}: ${response.status} ${response.statusText}`);
    const isWasm = (response.headers.get("Content-Type") || "").startsWith("application/wasm");
    return isWasm ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
  };

  // The first texts of a language, its other ones (`more-`), or the words of its lessons, as the app asks for them. The
  // first of the reader's language are here before it starts, the others as soon as there is time; whoever needs them
  // before that waits for them.
  const texts = {};
  const waited = new Set(); // once for each: what does not come is not waited for at every word
  let waitedFor = () => null;
  globalThis.scrapeyardTexts = (tag) => {
    if (texts[tag] === undefined && !waited.has(tag)) {
      waited.add(tag);
      try {
        texts[tag] = waitedFor(tag);
      } catch {} // no network: what comes in the background may still come
    }
    return texts[tag];
  };
  const bringTexts = async (tag) => {
    if (texts[tag] || !places) return;
    const response = await fetch(places.texts[tag]);
    if (!response.ok) throw new Error(`${response.url}: ${response.status} ${response.statusText}`);
    texts[tag] = await response.text();
  };
  const language = document.documentElement.lang;
  const firstTexts = bringTexts(language);
  // Where a service worker has the files at hand, all are taken before the start: nothing is far away then.
  const isKept = !!navigator.serviceWorker?.controller && !!places;
  const allKept = isKept && Promise.allSettled([
    later?.prepare(), ...Object.keys(places.texts).map(bringTexts),
  ]);

  // The sheet of all that is neither the yard nor a chart: at once for a page that needs it, or where this tab has shown
  // something before; else with the first press of anything but a way to yard or charts, at the latest when there is time.
  const bringStyle = () => {
    if (!places || held("later-style")) return;
    const link = document.createElement("link");
    link.id = "later-style";
    link.rel = "stylesheet";
    link.href = places.laterStyle;
    link.onerror = () => link.remove(); // the next press tries again
    document.head.append(link);
  };
  const isFirstPage = () => /^(#\/?((yard|query)([/?].*)?)?)?$/.test(location.hash);
  const hasDrafts = () => {
    try { return sessionStorage.length > 0; } catch { return false; }
  };
  if (!isFirstPage() || hasDrafts()) bringStyle();
  addEventListener("hashchange", () => isFirstPage() || bringStyle());
  const onPress = ({ target }) => target.closest?.("a[href='#/yard'], a[href='#/query']") || bringStyle();
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, onPress, true);

  let app, workerModule, workerScript;
  if (places) {
    waitedFor = (tag) => {
      const request = new XMLHttpRequest();
      request.open("GET", places.texts[tag], false);
      request.send();
      return request.status === 200 ? request.responseText : undefined;
    };
    app = compiled(() => fetch(places.app));
    workerModule = compiled(() => fetch(places.worker));
    workerScript = places.workerScript;
  } else {
    waitedFor = (tag) => held(`texts-${tag}`).textContent;
    app = compiled(() => unpacked("packed-app"));
    workerModule = compiled(() => unpacked("packed-worker"));
    workerScript = URL.createObjectURL(new Blob([held("worker-script").textContent], { type: "text/javascript" }));
  }
  workerModule.catch(() => {}); // every worker that waits for it says so

  // A new worker. It gets its module as soon as that is compiled, and hears afterwards what it was told before. A
  // module that does not come is an error of the worker.
  const spawn = () => {
    const worker = new Worker(workerScript, { name: "lab" });
    workerModule.then(
      (module) => worker.postMessage({ module, isKept }),
      (error) => worker.dispatchEvent(new ErrorEvent("error", { message: String(error) })),
    );
    return worker;
  };

  // The first worker starts while the app is still on its way. What it says before anybody listens is said again.
  const kinds = ["message", "messageerror", "error"];
  const early = [];
  const keep = (event) => early.push(event);
  const firstWorker = spawn();
  let first = firstWorker;
  for (const kind of kinds) first.addEventListener(kind, keep);

  globalThis.scrapeyardSpawnWorker = () => {
    if (!first) return spawn();
    const worker = first;
    first = null;
    for (const kind of kinds) worker.removeEventListener(kind, keep);
    setTimeout(() => {
      for (const event of early.splice(0)) worker.dispatchEvent(new event.constructor(event.type, event));
    });
    return worker;
  };

  // Who leaves while a lab is opened takes its mark away (saves/mark.rs), if this page has set it: the lab ended nothing.
  addEventListener("pagehide", () => {
    try {
      const opening = localStorage.getItem("scrapeyard.opening");
      if (Number(opening?.split(" ")[1]) === performance.timeOrigin) localStorage.removeItem("scrapeyard.opening");
    } catch {} // a browser that remembers nothing
  });

  const failed = (error) => {
    document.documentElement.dataset.boot = "failed";
    held("boot-reason").textContent = String(error);
    held("boot-failure").hidden = false;
    console.error(error);
  };
  const started = Promise.all([app, firstTexts, allKept]).then(([module]) => wasm_bindgen({ module_or_path: module }));
  started.catch(failed);
  // What else app and worker can do comes when a first view stands. Then the app hears that the page has settled, and may
  // ask the worker for anything; not so while it is watched for what the first chart needs. What does not come is tried again.
  const settled = () => globalThis.placesSeen || dispatchEvent(new Event("scrapeyard-settled"));
  const bringLater = (first, inWorker) => {
    bringStyle();
    Promise.all([later?.bring(first), inWorker]).then(settled, () => setTimeout(() => bringLater(first, inWorker), LATER_AFTER_MS));
    if (places) for (const tag in places.texts) bringTexts(tag).catch(() => {});
  };
  // A worker that says nothing is not waited for: what it lacks it demands.
  const bringInWorker = () => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    firstWorker.postMessage("later", [port2]);
    setTimeout(resolve, LATER_AFTER_MS);
  });
  const stands = new Promise((resolve) => addEventListener("scrapeyard-stands", resolve, { once: true }));
  const inTime = Promise.all([started, workerModule]).then(() => new Promise((resolve) => setTimeout(resolve, LATER_AFTER_MS)));
  Promise.all([started, Promise.race([stands, inTime])])
    .then(([first]) => bringLater(first, bringInWorker()))
    .catch(() => {});
})();
