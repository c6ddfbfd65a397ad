// The list: what may be filled in, what is begun, what is to be sent, and how safe it is.
import { button, make, newId, say } from "./dom.ts";
import type { Fiche, KeptForm } from "./storage.ts";
import { SHORTEST } from "./vault.ts";
import { dayOf, timeOf, WORDS } from "./words.ts";

// What is drawn of a long list: a week of work is some dozens.
const MOST_SHOWN = 40;

export interface HomeState {
  forms: KeptForm[];
  drafts: Fiche[];
  waiting: Fiche[];
  /** Fiches of other people on this device. */
  others: number;
  account: string;
  /** Somebody used this device and is no longer signed in: what is theirs waits for them, unseen. */
  closed: boolean;
  busy: boolean;
  warnings: string[];
  /** How many fiches were taken off this device, until somebody says that they read it. */
  withdrawn: number;
}

export interface HomeActs {
  begin: (form: KeptForm) => void;
  resume: (fiche: Fiche) => void;
  erase: (fiche: Fiche) => void;
  takeBack: (fiche: Fiche) => void;
  sendAll: () => void;
  understood: () => void;
  exportAll: (sentence: string) => Promise<string>;
  importAll: (file: File, sentence: string) => Promise<string>;
}

export class Home {
  readonly element = make("div", { class: "nu-flow" });
  readonly #lists = make("div", { class: "nu-flow" });
  readonly #safety: HTMLElement;
  readonly #acts: HomeActs;
  #drawn = "";

  constructor(acts: HomeActs) {
    this.#acts = acts;
    const heading = make("h1", { tabindex: "-1" }, WORDS.title);
    this.#safety = this.#makeSafety();
    this.element.append(heading, this.#lists, this.#safety);
  }

  focus(): void {
    this.element.querySelector("h1")?.focus();
  }

  show(state: HomeState): void {
    const signature = JSON.stringify([state.busy, state.account, state.closed, state.others, state.warnings, state.withdrawn, [state.forms, state.drafts, state.waiting].map((list) => list.map((one) => ({ ...one, xml: "" })))]);
    if (signature === this.#drawn) return;
    this.#drawn = signature;
    this.#safety.hidden = state.closed;
    this.#lists.replaceChildren(
      ...this.#withdrawn(state),
      ...state.warnings.map((words) => make("div", { class: "nu-message nu-message--care", role: "note" }, make("div", {}, words))),
      ...this.#waiting(state),
      ...this.#drafts(state),
      make("h2", {}, WORDS.toFill),
      this.#forms(state),
      ...(state.others ? [make("p", { class: "nu-quiet" }, WORDS.otherAccount(state.others))] : []),
    );
  }

  #withdrawn({ withdrawn }: HomeState): HTMLElement[] {
    if (withdrawn === 0) return [];
    const words = make("p", {}, WORDS.withdrawn(withdrawn));
    const read = button(WORDS.understood, "plain", () => this.#acts.understood());
    return [make("div", { class: "nu-message nu-message--care", role: "status" }, make("div", {}, words, read))];
  }

  #forms({ forms, account, closed }: HomeState): HTMLElement {
    if (closed) return make("p", {}, WORDS.closed);
    if (forms.length === 0) return make("p", {}, account ? WORDS.nothingToFill : WORDS.never);
    return make(
      "ul",
      { class: "nu-cards" },
      ...forms.map((form) =>
        make(
          "li",
          { class: "nu-panel nu-flow" },
          make("h3", {}, form.title),
          make("p", { class: "nu-quiet" }, WORDS.version(form.kind, form.version)),
          button(WORDS.begin, "", () => this.#acts.begin(form), form.title),
        ),
      ),
    );
  }

  #drafts({ drafts }: HomeState): HTMLElement[] {
    if (drafts.length === 0) return [];
    const lines = drafts.slice(0, MOST_SHOWN).map((fiche) =>
      make(
        "li",
        { class: "nu-panel nu-panel--waits nu-flow" },
        make("h3", {}, fiche.title),
        make("p", { class: "nu-quiet" }, whenOf(fiche)),
        make(
          "div",
          { class: "nu-actions" },
          button(WORDS.resume, "", () => this.#acts.resume(fiche), whenOf(fiche)),
          button(WORDS.erase, "plain", () => this.#acts.erase(fiche), whenOf(fiche)),
        ),
      ),
    );
    return [make("h2", {}, WORDS.drafts), make("ul", { class: "nu-cards" }, ...lines), ...othersOf(drafts)];
  }

  #waiting({ waiting, busy }: HomeState): HTMLElement[] {
    if (waiting.length === 0) return [];
    const lines = waiting.slice(0, MOST_SHOWN).map((fiche) => {
      const untried = fiche.tries === 0 && !busy;
      return make(
        "li",
        { class: "nu-panel nu-flow" },
        make("h3", {}, fiche.title),
        make("p", { class: "nu-quiet" }, whenOf(fiche)),
        make("p", {}, stateOf(fiche, busy)),
        ...(untried ? [button(WORDS.takeBack, "plain", () => this.#acts.takeBack(fiche), whenOf(fiche))] : []),
      );
    });
    const now = button(WORDS.sendNow, "", () => this.#acts.sendAll());
    return [make("h2", {}, WORDS.waiting), make("ul", { class: "nu-cards" }, ...lines), ...othersOf(waiting), make("div", { class: "nu-actions" }, now)];
  }

  #makeSafety(): HTMLElement {
    const said = make("p", { role: "status" });
    const sentence = field("password", WORDS.passphrase, WORDS.passphraseHint);
    const give = (address: Promise<string>): void => void address.then((words) => say(said, words), () => say(said, WORDS.importFailed));
    const long = (): boolean => {
      const enough = sentence.input.value.length >= SHORTEST;
      if (!enough) {
        say(said, WORDS.passphraseShort);
        sentence.input.focus();
      }
      return enough;
    };
    const file = field("file", WORDS.importChoose);
    file.input.accept = ".nuserus";
    const back = button(WORDS.importFile, "quiet", () => {
      const [chosen] = file.input.files ?? [];
      if (!chosen) file.input.focus();
      else if (long()) give(this.#acts.importAll(chosen, sentence.input.value));
    });
    const out = button(WORDS.exportFile, "quiet", () => {
      if (long()) give(this.#acts.exportAll(sentence.input.value));
    });
    return make(
      "details",
      { class: "nu-fold" },
      make("summary", {}, WORDS.safety),
      make("div", { class: "nu-fold__body nu-flow" }, make("p", {}, WORDS.safetyWhat), sentence.element, said, make("div", { class: "nu-actions" }, out), file.element, make("div", { class: "nu-actions" }, back)),
    );
  }
}

const field = (type: string, words: string, hint = ""): { element: HTMLElement; input: HTMLInputElement } => {
  const input = make("input", { type, id: newId("champ"), class: type === "file" ? "nu-file__input" : "govuk-input", autocomplete: "off" });
  const label = make("label", { class: "govuk-label", for: input.id }, words);
  const help = hint ? make("div", { class: "govuk-hint", id: `${input.id}-aide` }, hint) : undefined;
  if (help) input.setAttribute("aria-describedby", help.id);
  return { element: make("div", { class: "govuk-form-group" }, label, help, input), input };
};

const othersOf = (fiches: readonly Fiche[]): HTMLElement[] =>
  fiches.length > MOST_SHOWN ? [make("p", { class: "nu-quiet" }, WORDS.more(fiches.length - MOST_SHOWN))] : [];

const whenOf = (fiche: Fiche): string => `${dayOf(fiche.begunAt)}, ${timeOf(fiche.begunAt)}`;

const stateOf = (fiche: Fiche, busy: boolean): string => {
  if (fiche.problem) return WORDS.refused(fiche.problem);
  if (busy) return WORDS.sending;
  return fiche.tries > 0 ? WORDS.willRetry(timeOf(fiche.nextAt)) : WORDS.offline;
};
