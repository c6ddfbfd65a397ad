// Small helps: print, copy the link, show a password, say what changed.
import type { Words } from "../words.ts";

/** Say one sentence to screen readers, and only to them. */
export function announce(sentence: string): void {
  const place = document.querySelector<HTMLElement>("[data-nu-announcer]");
  if (!place) return;
  // The same sentence twice would be silent the second time.
  place.textContent = place.textContent === sentence ? `${sentence} ` : sentence;
}

export function lookAfterPage(root: ParentNode, words: Words): void {
  for (const button of fresh(root, "[data-nu-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const button of fresh(root, "[data-nu-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", () => void copy(button, words));
  }
  for (const block of fresh(root, "[data-nu-password]")) lookAfterPassword(block, words);
  // The server's own messages are clearer than the browser's, and all are shown at once.
  for (const form of root.querySelectorAll<HTMLFormElement>("form[method=post]")) form.noValidate = true;
}

/** Folded parts are open on paper, and folded again afterwards. */
export function unfoldOnPaper(): void {
  let opened: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>("details.nu-fold:not([open])")];
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
    opened = [];
  });
}

function* fresh(root: ParentNode, selector: string): Iterable<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>(selector)) {
    if (element.dataset["nuReady"]) continue;
    element.dataset["nuReady"] = "1";
    yield element;
  }
}

async function copy(button: HTMLElement, words: Words): Promise<void> {
  const address = new URL(button.dataset["nuCopy"] || location.href, location.href);
  const said = await navigator.clipboard.writeText(address.href).then(
    () => words.copied,
    () => words.copyFailed,
  );
  announce(said);
  const text = [...button.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
  if (text) text.textContent = said;
}

function lookAfterPassword(block: HTMLElement, words: Words): void {
  const input = block.querySelector<HTMLInputElement>("input");
  const button = block.querySelector<HTMLButtonElement>("[data-nu-password-toggle]");
  const text = button?.firstChild;
  if (!input || !button || !text) return;
  button.hidden = false;
  const turn = (shown: boolean) => {
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    text.textContent = shown ? words.hide : words.show;
  };
  button.addEventListener("click", () => turn(input.type === "password"));
  // A password must never be sent, or remembered, as an ordinary text.
  input.form?.addEventListener("submit", () => turn(false));
}
