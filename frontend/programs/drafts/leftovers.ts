// Answers of other questions that never left this device: sent when a page with drafts opens.
import type { Ending, Letter } from "./sending.ts";
import type { DeviceStorage } from "./storage.ts";

/**
 * Send, one after the other, what an account left behind on other screens. A version that the server
 * does not take as it is stays on the device: its own screen shows it and asks. The addresses of those
 * screens are returned, for the page to say so before anything is sent without it.
 */
export async function sendLeftovers(
  account: string,
  onScreen: ReadonlySet<string>,
  storage: DeviceStorage,
  send: (letter: Letter) => Promise<Ending>,
  token: string,
): Promise<string[]> {
  const waiting: string[] = [];
  for (const kept of await storage.allOf(account)) {
    if (onScreen.has(kept.key)) continue;
    const ending = await send({ url: kept.url, fields: kept.fields, revision: kept.base, token });
    if (ending.kind === "saved") await storage.forget(account, kept.key, kept.fields);
    if (ending.kind === "conflict" || ending.kind === "refused") waiting.push(screenOf(kept.url));
    if (ending.kind === "unreachable" || ending.kind === "signed-out" || ending.kind === "forbidden") break;
  }
  return waiting;
}

/** Answers are saved below the screen that asks for them. */
function screenOf(saving: string): string {
  return saving.replace(/[^/]+\/$/, "");
}
