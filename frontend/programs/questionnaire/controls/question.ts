// What every question has around its control: its words, its help, what is wrong with the answer.
import type { AnyControlNode } from "@getodk/xforms-engine";
import { make, newId, say } from "../dom.ts";
import { labelWriter, typeset } from "../labels.ts";
import { WORDS } from "../words.ts";

export interface Surroundings {
  /** Keep a file on the device under its name, or forget it. */
  keepFile: (name: string, blob: Blob) => Promise<void>;
  forgetFile: (name: string) => Promise<void>;
  fileOf: (name: string) => Promise<Blob | undefined>;
}

/** A control for one kind of question. `field` is what a label names; `group` when there are several. */
export interface Control {
  element: HTMLElement;
  field?: HTMLElement;
  /** Make the control say what the form says. */
  update: () => void;
  describe: (ids: string, wrong: boolean) => void;
  focus: () => void;
}

export class Question {
  readonly node: AnyControlNode;
  readonly element: HTMLElement;
  readonly id = newId("q");
  readonly #control: Control;
  readonly #writeLabel: ReturnType<typeof labelWriter>;
  readonly #writeHint: ReturnType<typeof labelWriter>;
  readonly #hint: HTMLElement;
  readonly #error: HTMLElement;
  readonly #mark = make("span", { class: "nu-optional" });
  #asked = false;

  constructor(node: AnyControlNode, control: Control) {
    this.node = node;
    this.#control = control;
    const words = make("span");
    this.#writeLabel = labelWriter(words);
    this.#hint = make("div", { class: "govuk-hint", id: `${this.id}-aide` });
    this.#writeHint = labelWriter(this.#hint);
    this.#error = make("p", { class: "govuk-error-message", id: `${this.id}-erreur` });
    this.#error.hidden = true;
    const { field } = control;
    let body: HTMLElement;
    if (field) {
      field.id ||= newId("champ");
      const label = make("label", { class: "govuk-label", for: field.id }, words, " ", this.#mark);
      body = make("div", {}, label, this.#hint, this.#error, control.element);
    } else {
      const legend = make("legend", { class: "govuk-fieldset__legend" }, words, " ", this.#mark);
      body = make("fieldset", { class: "govuk-fieldset" }, legend, this.#hint, this.#error, control.element);
    }
    this.element = make("div", { class: "govuk-form-group", id: this.id }, body);
    this.element.addEventListener("focusout", () => {
      // an answer that is not accepted is said at once, a missing one when the page is left
      this.update();
    });
    this.update();
  }

  /** What is wrong, in words; empty when nothing is. */
  get problem(): string {
    if (!this.node.currentState.relevant) return "";
    const { violation } = this.node.validationState;
    if (!violation) return "";
    const said = violation.message?.asString;
    return said || (violation.condition === "required" ? WORDS.required : WORDS.notAccepted);
  }

  get label(): string {
    return typeset(this.node.currentState.label?.asString ?? "");
  }

  /** From now on, say also that an answer is missing. */
  ask(): void {
    this.#asked = true;
    this.update();
  }

  update(): void {
    const { relevant, required, label, hint } = this.node.currentState;
    this.element.hidden = !relevant;
    if (!relevant) return;
    this.#writeLabel(label);
    this.#hint.hidden = !this.#writeHint(hint);
    say(this.#mark, required ? WORDS.mandatory : "");
    const { violation } = this.node.validationState;
    const problem = violation && (this.#asked || violation.condition === "constraint") ? this.problem : "";
    say(this.#error, problem);
    this.#error.hidden = problem === "";
    this.element.classList.toggle("govuk-form-group--error", problem !== "");
    const ids = [this.#hint.hidden ? "" : this.#hint.id, problem ? this.#error.id : ""].filter(Boolean).join(" ");
    this.#control.describe(ids, problem !== "");
    this.#control.update();
  }

  focus(): void {
    this.#control.focus();
  }
}

/** How one field says what describes it. */
export const describer =
  (...fields: HTMLElement[]) =>
  (ids: string, wrong: boolean): void => {
    for (const field of fields) {
      if (ids) field.setAttribute("aria-describedby", ids);
      else field.removeAttribute("aria-describedby");
      if (wrong) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  };
