// A browser page for tests: jsdom's window, its constructors made global as the programs expect them.
import "fake-indexeddb/auto";
import { JSDOM } from "jsdom";

const NAMES = [
  "document",
  "HTMLElement",
  "HTMLFormElement",
  "HTMLInputElement",
  "HTMLSelectElement",
  "HTMLTextAreaElement",
  "HTMLButtonElement",
  "HTMLDetailsElement",
  "Event",
  "KeyboardEvent",
] as const;

/** Open a page with this body; every later page replaces it. */
export function openPage(body: string, language = "fr"): JSDOM {
  const page = new JSDOM(`<!DOCTYPE html><html lang="${language}"><body>${body}</body></html>`, {
    url: "https://nuserus.test/partager/1/",
    pretendToBeVisual: true,
  });
  for (const name of NAMES) Object.defineProperty(globalThis, name, { value: page.window[name], configurable: true });
  Object.defineProperty(globalThis, "window", { value: page.window, configurable: true });
  return page;
}

/** Let everything that is ready happen: microtasks and the events of the in-memory database. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
