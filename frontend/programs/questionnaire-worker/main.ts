// Keeps the program of the field on the device. The site writes before it the list of what is kept and its name.
// A newer one waits until every tab of the older one is closed: what a tab began, it ends with the same program.

interface Kept {
  KEPT: string[];
  NAME: string;
}

interface Extendable extends Event {
  waitUntil: (work: Promise<unknown>) => void;
}

interface Fetching extends Extendable {
  request: Request;
  respondWith: (response: Promise<Response>) => void;
}

const worker = self as unknown as Kept & {
  registration: { scope: string };
  clients: { claim: () => Promise<void> };
  addEventListener: (name: string, listener: (event: never) => void) => void;
};

const PREFIX = "nuserus-terrain-";

worker.addEventListener("install", (event: Extendable) => {
  const keep = async (): Promise<void> => {
    const cache = await caches.open(worker.NAME);
    // never what a cache on the way kept: the parts belong together
    await cache.addAll(worker.KEPT.map((address) => new Request(address, { cache: "reload", credentials: "omit" })));
  };
  event.waitUntil(keep());
});

worker.addEventListener("activate", (event: Extendable) => {
  const tidy = async (): Promise<void> => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== worker.NAME).map((name) => caches.delete(name)));
    await worker.clients.claim();
  };
  event.waitUntil(tidy());
});

worker.addEventListener("fetch", (event: Fetching) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const address = new URL(request.url);
  const kept = worker.KEPT.includes(address.pathname + address.search);
  const opening = request.mode === "navigate" && address.href.split(/[?#]/)[0] === worker.registration.scope;
  if (!kept && !opening) return;
  const answer = async (): Promise<Response> => {
    const cache = await caches.open(worker.NAME);
    const found = opening ? await cache.match(worker.registration.scope) : await cache.match(request);
    return found ?? fetch(request);
  };
  event.respondWith(answer());
});
