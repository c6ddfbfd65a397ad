// The line above everything: what is not sent, whether there is a network, what was just done, and installing.
import { button, make, say } from "./dom.ts";
import { WORDS } from "./words.ts";

type Asked = Event & { prompt: () => Promise<unknown> };

export class Top {
  readonly #signIn: string;
  readonly #count = make("strong", { role: "status" });
  readonly #network = make("span", { class: "nu-quiet" });
  readonly #note = make("div", { role: "status" });
  /** The browser's own question, when it offers to install the program. */
  #asked: Asked | undefined;
  #install = this.#installButton();
  element = make("section");

  constructor(signIn: string) {
    this.#signIn = signIn;
    addEventListener("beforeinstallprompt", (event) => {
      event.preventDefault();
      this.#asked = event as Asked;
      this.#install.hidden = false;
    });
    addEventListener("appinstalled", () => {
      this.#asked = undefined;
      this.#install.hidden = true;
    });
  }

  /** Write everything again, in the language of the words as it is now. */
  renew(): void {
    delete this.#network.dataset["said"];
    this.#install = this.#installButton();
    const bar = make("div", { class: "nu-field__bar" }, this.#count, this.#network, this.#install);
    const element = make("section", { class: "nu-field__top", "aria-label": WORDS.where }, bar, this.#note);
    this.element.replaceWith(element);
    this.element = element;
  }

  /** How many the site does not have: begun or finished, what it does not have is not sent. */
  unsent(count: number): void {
    say(this.#count, WORDS.unsent(count));
    this.#count.classList.toggle("nu-field__waits", count > 0);
  }

  network(unsent: number, signedOut: boolean): void {
    const out = signedOut && navigator.onLine;
    const words = !navigator.onLine ? WORDS.offline : out ? (unsent ? WORDS.signedOut : "") : WORDS.online;
    const state = `${words}|${out}`;
    if (this.#network.dataset["said"] === state) return;
    this.#network.dataset["said"] = state;
    const link = make("a", { href: this.#signIn }, WORDS.signIn);
    this.#network.replaceChildren(words, ...(out ? [" ", link] : []));
  }

  /** Say what was just done; nothing takes it away. */
  tell(words: string): void {
    this.#note.replaceChildren(...(words ? [make("div", { class: "nu-message" }, make("div", {}, words))] : []));
  }

  #installButton(): HTMLElement {
    const made = button(WORDS.install, "plain", () => {
      made.hidden = true;
      void this.#asked?.prompt();
    });
    made.hidden = this.#asked === undefined;
    return made;
  }
}
