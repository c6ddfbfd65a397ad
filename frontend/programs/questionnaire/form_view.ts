// A form, one page per group, with what is to be corrected said above.
import type { AnyNode, FormLanguage } from "@getodk/xforms-engine";
import { blocksFor, type Block } from "./blocks.ts";
import type { Question, Surroundings } from "./controls/question.ts";
import { button, make, say } from "./dom.ts";
import { childrenOf, isShown, type OpenForm } from "./engine.ts";
import { labelWriter } from "./labels.ts";
import { WORDS } from "./words.ts";

interface Page {
  /** The group, when the page is one. */
  group: AnyNode | undefined;
  nodes: readonly AnyNode[];
  blocks: Block[];
}

export interface FormSettings {
  title: string;
  around: Surroundings;
  /** The word and the act of the last page; absent: a trial. */
  send?: () => void;
  /** The language chosen last time, or the code of the person's own. */
  language?: string;
  languageChosen?: (language: string) => void;
}

export class FormView {
  readonly element = make("div", { class: "nu-flow" });
  readonly #form: OpenForm;
  readonly #settings: FormSettings;
  readonly #pages: Page[];
  readonly #step = make("p", { class: "nu-quiet" });
  readonly #heading = make("h1", { tabindex: "-1" });
  readonly #writeHeading = labelWriter(this.#heading);
  readonly #summary = make("div");
  readonly #body = make("div");
  readonly #actions = make("div", { class: "nu-actions" });
  readonly #ends: () => void;
  #at = 0;

  constructor(form: OpenForm, settings: FormSettings) {
    this.#form = form;
    this.#settings = settings;
    this.#pages = pagesOf(childrenOf(form.root)).map((page) => ({ ...page, blocks: [] }));
    this.element.append(this.#languages(), this.#step, this.#summary, this.#heading, this.#body, this.#actions);
    this.#ends = form.onChange(() => this.#update());
    this.#show(this.#shown()[0] ?? 0);
  }

  /** Hear nothing more of the form. */
  end(): void {
    this.#ends();
  }

  focus(): void {
    this.#heading.focus();
  }

  #shown(): number[] {
    return this.#pages.flatMap((page, rank) => (page.nodes.some(isShown) ? [rank] : []));
  }

  #languages(): HTMLElement {
    const { languages } = this.#form.root;
    if (languages.length < 2) return make("div");
    const { language: asked } = this.#settings;
    const wanted = languages.find((one) => one.language === asked) ?? languages.find((one) => codeOf(one.language) === asked);
    const group = make("div", { class: "nu-choices", role: "group", "aria-label": WORDS.language });
    const choose = (language: FormLanguage): void => {
      this.#form.root.setLanguage(language);
      for (const each of group.children) each.setAttribute("aria-pressed", String(each.textContent === spoken(language.language)));
      this.#settings.languageChosen?.(language.language);
      this.#mark(language);
    };
    for (const language of languages) {
      if (language.isSyntheticDefault) continue;
      const made = button(spoken(language.language), "plain", () => choose(language));
      made.setAttribute("aria-pressed", String(language.language === this.#form.root.currentState.activeLanguage.language));
      group.append(made);
    }
    if (wanted && !wanted.isSyntheticDefault) choose(wanted);
    return group;
  }

  #mark(language: FormLanguage): void {
    this.#body.lang = this.#heading.lang = codeOf(language.language) ?? "fr";
  }

  #blocks(page: Page): Block[] {
    if (page.blocks.length === 0) page.blocks = blocksFor(page.nodes, this.#settings.around);
    return page.blocks;
  }

  #show(rank: number, focus = false): void {
    this.#at = rank;
    const page = this.#pages[rank];
    this.#summary.replaceChildren();
    this.#body.replaceChildren(...(page ? this.#blocks(page).map((block) => block.element) : this.#end()));
    this.#update();
    if (focus) {
      this.#heading.focus();
      scrollTo(0, 0);
    }
  }

  #update(): void {
    const shown = this.#shown();
    const page = this.#pages[this.#at];
    const last = page === undefined;
    const at = last ? shown.length : shown.indexOf(this.#at);
    say(this.#step, `${this.#settings.title} · ${WORDS.step(at + 1, shown.length + 1)}`);
    if (page) {
      if (!this.#writeHeading(page.group?.currentState.label ?? null)) say(this.#heading, this.#settings.title);
      for (const block of this.#blocks(page)) block.update();
    } else {
      this.#writeHeading(null);
      say(this.#heading, WORDS.lastTitle);
    }
    const signature = `${this.#at}/${shown.join(",")}`;
    if (this.#actions.dataset["at"] !== signature) {
      this.#actions.dataset["at"] = signature;
      this.#actions.replaceChildren(...this.#moves(shown, at, last));
    }
  }

  #moves(shown: number[], at: number, last: boolean): HTMLElement[] {
    const before = shown[at - 1];
    const back = before === undefined ? [] : [button(WORDS.previous, "quiet", () => this.#show(before, true))];
    if (last) {
      const { send } = this.#settings;
      return [...(send ? [button(WORDS.send, "", () => this.#trySending(send))] : []), ...back];
    }
    const next = shown[at + 1] ?? this.#pages.length;
    const word = next === this.#pages.length ? WORDS.check : WORDS.next;
    return [button(word, "", () => this.#leave(next)), ...back];
  }

  /** Go on when nothing is wrong on this page; say what is, else. */
  #leave(next: number): void {
    const page = this.#pages[this.#at];
    const questions = page ? this.#blocks(page).flatMap((block) => block.questions()) : [];
    for (const question of questions) question.ask();
    const wrong = questions.filter((question) => question.problem !== "");
    if (wrong.length === 0) {
      this.#show(next, true);
      return;
    }
    const later = button(WORDS.later, "plain", () => this.#show(next, true));
    this.#say(wrong.map((question) => [question, undefined]), later);
  }

  #trySending(send: () => void): void {
    const wrong = this.#wrong();
    if (wrong.length === 0) send();
    else this.#say(wrong);
  }

  /** Everything that is wrong, with the page where it is. */
  #wrong(): [Question, number][] {
    return this.#shown().flatMap((rank) => {
      const page = this.#pages[rank];
      const questions = page ? this.#blocks(page).flatMap((block) => block.questions()) : [];
      return questions.filter((question) => question.problem !== "").map((question): [Question, number] => [question, rank]);
    });
  }

  #say(wrong: [Question, number | undefined][], more?: HTMLElement): void {
    const items = wrong.map(([question, rank]) => {
      const link = make("a", { href: `#${question.id}` }, `${question.label} : ${question.problem}`);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        if (rank !== undefined) this.#show(rank);
        question.ask();
        question.focus();
      });
      return make("li", {}, link);
    });
    const title = make("h2", { class: "govuk-error-summary__title", id: "resume-titre" }, WORDS.summary(wrong.length));
    const box = make(
      "div",
      { class: "govuk-error-summary", role: "alert", tabindex: "-1", "aria-labelledby": "resume-titre" },
      title,
      make("p", { class: "govuk-error-summary__kept" }, WORDS.summaryKept),
      make("ul", { class: "govuk-error-summary__list" }, ...items),
      more,
    );
    this.#summary.replaceChildren(box);
    box.focus();
  }

  #end(): Node[] {
    if (!this.#settings.send) return [make("p", { class: "nu-lead" }, WORDS.trialEnd)];
    const wrong = this.#wrong();
    if (wrong.length === 0) return [make("p", { class: "nu-lead" }, WORDS.lastReady)];
    const items = wrong.map(([question, rank]) => {
      const go = button(question.label, "plain", () => {
        this.#show(rank);
        question.ask();
        question.focus();
      });
      return make("li", {}, go);
    });
    return [make("p", { class: "nu-lead" }, WORDS.lastMissing), make("ul", {}, ...items)];
  }
}

const codeOf = (language: string): string | undefined => /\(([\w-]+)\)\s*$/.exec(language)?.[1];
const spoken = (language: string): string => language.replace(/\s*\([\w-]+\)\s*$/, "");

/** One page for each group; questions outside of any group stand together. */
export const pagesOf = (nodes: readonly AnyNode[]): { group: AnyNode | undefined; nodes: readonly AnyNode[] }[] => {
  const pages: { group: AnyNode | undefined; nodes: AnyNode[] }[] = [];
  for (const node of nodes) {
    if (node.nodeType === "model-value") continue;
    const last = pages.at(-1);
    if (node.nodeType === "group") {
      const inside = childrenOf(node).filter((one) => one.nodeType !== "model-value");
      if (inside.length > 0) pages.push({ group: node, nodes: [...inside] });
    } else if (last && last.group === undefined) last.nodes.push(node);
    else pages.push({ group: undefined, nodes: [node] });
  }
  return pages;
};
