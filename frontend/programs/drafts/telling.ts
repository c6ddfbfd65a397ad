// What the person reads about their draft.
import { sameFields, type Fields } from "./fields.ts";
import { clockTime, type Words } from "../words.ts";

export type State = "" | "saving" | "saved" | "kept" | "conflict";

export interface Choice {
  keepMine: () => void;
  takeTheirs: () => void;
  keepBoth: () => void;
}

const only = (fields: Fields, names: string[]): Fields =>
  Object.fromEntries(names.map((name) => [name, fields[name] ?? ""]));

/** The words beside a form: its status line and, when two versions exist, both of them. */
export class Teller {
  readonly #form: HTMLFormElement;
  readonly #words: Words;

  constructor(form: HTMLFormElement, words: Words) {
    this.#form = form;
    this.#words = words;
  }

  saving(): void {
    // The sentence stays: only the sign moves, so that screen readers are not told of every keystroke.
    const line = this.#line();
    if (line && line.dataset["state"] !== "conflict") line.dataset["state"] = "saving";
  }

  saved(moment: Date): void {
    this.#say(this.#words.savedAt(clockTime(moment, this.#words)), "saved");
  }

  restored(): void {
    this.#say(this.#words.restored, "kept");
  }

  unreachable(offline: boolean, kept: boolean): void {
    const words = this.#words;
    this.#say(kept ? (offline ? words.offline : words.serverDown) : words.notKept, "kept");
  }

  refused(message: string, kept: boolean): void {
    const words = this.#words;
    this.#say(`${message} ${kept ? words.refused : words.refusedNotKept}`.trim(), "kept");
  }

  signedOut(address: string, kept: boolean): void {
    const words = this.#words;
    const line = this.#say(kept ? words.signedOut : words.signedOutNotKept, "kept");
    if (!line || !address) return;
    const link = line.ownerDocument.createElement("a");
    link.href = address;
    link.textContent = words.signIn;
    line.append(" ", link);
  }

  /** Show both versions and ask; the texts are set as text, never as markup. */
  conflict(mine: Fields, theirs: Fields, choice: Choice): void {
    const box = this.#form.querySelector<HTMLElement>("[data-nu-draft-conflict]");
    this.#say(`${this.#words.conflict}.`, "conflict");
    if (!box) return;
    const make = box.ownerDocument.createElement.bind(box.ownerDocument);
    const title = make("h2");
    title.textContent = this.#words.conflict;
    const what = make("p");
    what.textContent = this.#words.conflictWhat;
    const versions = make("div");
    versions.className = "nu-draft__versions";
    // What both say alike needs no choice.
    const disputed = Object.keys({ ...mine, ...theirs }).filter(
      (name) => !sameFields({ [name]: mine[name] ?? "" }, { [name]: theirs[name] ?? "" }),
    );
    versions.append(
      this.#version(this.#words.mine, only(mine, disputed), this.#words.keepMine, choice.keepMine),
      this.#version(this.#words.theirs, only(theirs, disputed), this.#words.takeTheirs, choice.takeTheirs),
    );
    const both = make("button");
    both.type = "button";
    both.className = "nu-button nu-button--quiet nu-button--small";
    both.textContent = this.#words.keepBoth;
    both.addEventListener("click", choice.keepBoth);
    box.replaceChildren(title, what, versions, both);
    box.hidden = false;
    box.focus();
  }

  /** Say above the form that answers of other screens are still only here, and where to settle them. */
  waitingElsewhere(screens: string[]): void {
    if (screens.length === 0) return;
    const make = this.#form.ownerDocument.createElement.bind(this.#form.ownerDocument);
    const box = make("div");
    box.className = "nu-draft__conflict";
    box.setAttribute("role", "status");
    for (const screen of screens) {
      const line = make("p");
      const link = make("a");
      link.href = screen;
      link.textContent = this.#words.review;
      line.append(this.#words.waitingElsewhere, " ", link);
      box.append(line);
    }
    this.#form.prepend(box);
  }

  settled(): void {
    const box = this.#form.querySelector<HTMLElement>("[data-nu-draft-conflict]");
    if (!box || box.hidden) return;
    box.hidden = true;
    box.replaceChildren();
  }

  #version(name: string, fields: Fields, action: string, choose: () => void): HTMLElement {
    const make = this.#form.ownerDocument.createElement.bind(this.#form.ownerDocument);
    const block = make("div");
    const list = make("dl");
    const title = make("dt");
    title.textContent = name;
    list.append(title);
    for (const [field, value] of Object.entries(fields)) {
      const text = make("dd");
      text.textContent = this.#readable(field, value) || this.#words.nothing;
      list.append(text);
    }
    const button = make("button");
    button.type = "button";
    button.className = "nu-button nu-button--quiet nu-button--small";
    button.textContent = action;
    button.addEventListener("click", choose);
    block.append(list, button);
    return block;
  }

  /** A choice is shown by its label, not by the value that travels. */
  #readable(field: string, value: string | string[]): string {
    const values = Array.isArray(value) ? value : [value];
    return values.map((one) => this.#labelOf(field, one) ?? one).join(", ");
  }

  #labelOf(field: string, value: string): string | undefined {
    for (const control of this.#form.elements) {
      if (control instanceof HTMLInputElement && control.name === field && control.value === value) {
        if (control.type === "checkbox" || control.type === "radio") return control.labels?.[0]?.textContent?.trim();
      }
      if (control instanceof HTMLSelectElement && control.name === field) {
        return [...control.options].find((option) => option.value === value)?.textContent?.trim();
      }
    }
    return undefined;
  }

  #line(): HTMLElement | null {
    return this.#form.querySelector<HTMLElement>("[data-nu-draft-status]");
  }

  #say(text: string, state: State): HTMLElement | null {
    const line = this.#line();
    if (!line) return null;
    line.dataset["state"] = state;
    if (line.textContent !== text) line.textContent = text;
    return line;
  }
}
