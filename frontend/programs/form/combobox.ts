// Suggestions below a text field, after the ARIA combobox pattern. Without it the field is a plain field.
import type { Words } from "../words.ts";

interface Suggestion {
  value: string;
  label: string;
  url?: string;
}

const PAUSE = 200;
const SHORTEST = 2;
let count = 0;

export function lookAfterComboboxes(root: ParentNode, words: Words): void {
  for (const block of root.querySelectorAll<HTMLElement>("[data-nu-combobox]")) {
    const input = block.querySelector<HTMLInputElement>("input");
    const source = block.dataset["nuComboboxSource"];
    if (!input || !source || block.dataset["nuReady"]) continue;
    block.dataset["nuReady"] = "1";
    new Combobox(block, input, source, words).listen();
  }
}

class Combobox {
  readonly #input: HTMLInputElement;
  readonly #list: HTMLUListElement;
  readonly #status: HTMLElement;
  readonly #source: string;
  readonly #words: Words;
  #suggestions: Suggestion[] = [];
  #active = -1;
  #timer = 0;
  #question = new AbortController();

  constructor(block: HTMLElement, input: HTMLInputElement, source: string, words: Words) {
    this.#input = input;
    this.#source = source;
    this.#words = words;
    this.#list = document.createElement("ul");
    this.#list.className = "nu-combobox__list";
    this.#list.id = `nu-suggestions-${(count += 1)}`;
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", input.labels?.[0]?.textContent?.trim() || input.getAttribute("aria-label") || "");
    this.#list.hidden = true;
    this.#status = document.createElement("span");
    this.#status.className = "nu-hidden";
    this.#status.setAttribute("role", "status");
    block.append(this.#list, this.#status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.#list.id);
    input.setAttribute("aria-expanded", "false");
    input.autocomplete = "off";
  }

  listen(): void {
    this.#input.addEventListener("input", () => {
      window.clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => void this.#ask(), PAUSE);
    });
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#input.addEventListener("blur", () => this.#close());
    // Before the field loses the focus, or the list would close under the finger.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const line = (event.target as Element).closest("li");
      if (line) this.#choose([...this.#list.children].indexOf(line));
    });
  }

  async #ask(): Promise<void> {
    this.#question.abort();
    const text = this.#input.value.trim();
    if (text.length < SHORTEST) return this.#close();
    this.#question = new AbortController();
    const address = new URL(this.#source, location.href);
    address.searchParams.set("q", text);
    try {
      const reply = await fetch(address, { signal: this.#question.signal, headers: { Accept: "application/json" } });
      const said = (await reply.json()) as { results?: Suggestion[] };
      if (document.activeElement === this.#input) this.#show(reply.ok ? (said.results ?? []) : []);
    } catch {
      // Suggestions are a comfort: without network the field still works.
    }
  }

  #show(suggestions: Suggestion[]): void {
    this.#suggestions = suggestions;
    this.#list.replaceChildren(
      ...suggestions.map((suggestion, rank) => {
        const line = document.createElement("li");
        line.id = `${this.#list.id}-${rank}`;
        line.setAttribute("role", "option");
        line.setAttribute("aria-selected", "false");
        line.textContent = suggestion.label;
        return line;
      }),
    );
    this.#status.textContent = this.#words.suggestions(suggestions.length);
    this.#list.hidden = suggestions.length === 0;
    this.#input.setAttribute("aria-expanded", String(suggestions.length > 0));
    this.#activate(-1);
  }

  #key(event: KeyboardEvent): void {
    if (this.#list.hidden) {
      if (event.key === "ArrowDown") void this.#ask();
      return;
    }
    const last = this.#suggestions.length - 1;
    const moves: Record<string, () => void> = {
      ArrowDown: () => this.#activate(this.#active >= last ? 0 : this.#active + 1),
      ArrowUp: () => this.#activate(this.#active <= 0 ? last : this.#active - 1),
      Escape: () => this.#close(),
    };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      move();
    } else if (event.key === "Enter" && this.#active >= 0) {
      event.preventDefault();
      this.#choose(this.#active);
    }
  }

  #activate(rank: number): void {
    this.#active = rank;
    [...this.#list.children].forEach((line, place) => line.setAttribute("aria-selected", String(place === rank)));
    const line = this.#list.children[rank];
    if (line) this.#input.setAttribute("aria-activedescendant", line.id);
    else this.#input.removeAttribute("aria-activedescendant");
    line?.scrollIntoView?.({ block: "nearest" });
  }

  #choose(rank: number): void {
    const chosen = this.#suggestions[rank];
    if (!chosen) return;
    this.#close();
    if (chosen.url?.startsWith("/")) {
      location.assign(chosen.url);
      return;
    }
    this.#input.value = chosen.value;
    this.#input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #close(): void {
    window.clearTimeout(this.#timer);
    this.#question.abort();
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#activate(-1);
  }
}
