// Keeps the site's files, so that the page opens without a network. xtask writes the version (a hash of all files) and
// the list of the files before this text. A newer version waits until the reader takes it, or no page of the older is open.
"use strict";
const CACHE = `scrapeyard-${VERSION}`;
const KEPT = 2; // with the version before: pages of it that are still open may need a part once more

self.addEventListener("install", (event) => {
  // What the browser has already (the names hold hashes) is not transferred again; the page itself always is.
  const request = (name) => (name === "./" ? new Request(name, { cache: "reload" }) : name);
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES.map(request))));
});

self.addEventListener("activate", (event) => {
  const forget = async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("scrapeyard-"));
    const old = names.filter((name) => name !== CACHE).slice(0, -(KEPT - 1));
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(forget());
});

self.addEventListener("message", ({ data }) => {
  if (data === "take") self.skipWaiting();
});

const kept = async (request) => {
  const cache = await caches.open(CACHE);
  const { pathname } = new URL(request.url);
  const isPage = [self.registration.scope, `${self.registration.scope}index.html`].includes(request.url.split(/[?#]/)[0]);
  if (request.mode === "navigate" && isPage) return cache.match("./");
  return (await cache.match(request)) ?? (pathname.includes("-") ? caches.match(request) : undefined);
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(self.registration.scope)) return;
  event.respondWith(kept(request).then((response) => response ?? fetch(request)));
});
