// After htmx has changed a part of the page: the focus is somewhere sensible and the change is said.
import type { Words } from "../words.ts";
import { announce } from "./page.ts";

interface SwapDetail {
  target?: HTMLElement;
  elt?: HTMLElement;
}

/**
 * A swapped part may hold one element with `data-nu-announce` (its text, such as « 12 fiches », is said)
 * and one with `data-nu-focus` (it takes the focus if the swap has removed what had it).
 */
export function lookAfterSwaps(words: Words, prepare: (root: ParentNode) => void): void {
  let held: Element | null = null;
  document.addEventListener("htmx:beforeSwap", () => (held = document.activeElement));
  document.addEventListener("htmx:afterSettle", (event) => {
    const { target, elt } = (event as CustomEvent<SwapDetail>).detail;
    const part = [target, elt].find((one) => one?.isConnected) ?? document.body;
    prepare(part);
    const news = part.matches("[data-nu-announce]") ? part : part.querySelector("[data-nu-announce]");
    if (news?.textContent) announce(news.textContent.trim().replace(/\s+/g, " "));
    const lost = held && !held.isConnected && (!document.activeElement || document.activeElement === document.body);
    if (lost) refocus(part, held?.id ?? "");
    held = null;
  });
  for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(failure, () => announce(words.loadFailed));
  }
}

function refocus(part: HTMLElement, id: string): void {
  const same = id ? document.getElementById(id) : null;
  const goal = same ?? part.querySelector<HTMLElement>("[data-nu-focus]") ?? part;
  if (!goal.matches("a[href], button, input, select, textarea, summary, [tabindex]")) goal.tabIndex = -1;
  goal.focus({ preventScroll: goal === part });
}
