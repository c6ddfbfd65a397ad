// Answers that are typed or picked with what the device has for them: texts, numbers, days, hours.
import type { AnyInputNode, RangeNode } from "@getodk/xforms-engine";
import { make } from "../dom.ts";
import { WORDS, written } from "../words.ts";
import { describer, type Control } from "./question.ts";

interface Settable {
  currentState: { instanceValue: string; readonly: boolean };
  setValue: (value: never) => unknown;
}

type Field = HTMLInputElement | HTMLTextAreaElement;

/** A field whose text is the answer, after `toAnswer`; `toText` is the way back. */
const fieldFor = (
  node: Settable,
  field: Field,
  toAnswer: (text: string) => string = (text) => text,
  toText: (answer: string) => string = (answer) => answer,
): Control => {
  let typed = toText(node.currentState.instanceValue);
  field.value = typed;
  field.addEventListener("input", () => {
    typed = field.value;
    node.setValue(toAnswer(field.value) as never);
  });
  return {
    element: field,
    field,
    update: () => {
      field.readOnly = node.currentState.readonly;
      const now = toText(node.currentState.instanceValue);
      // what is being typed is left alone: the engine may write a number another way
      if (document.activeElement === field && toText(toAnswer(typed)) === now) return;
      if (document.activeElement !== field && field.value !== now) field.value = typed = now;
    },
    describe: describer(field),
    focus: () => field.focus(),
  };
};

const input = (type: string, more: Record<string, string> = {}): HTMLInputElement =>
  make("input", { class: "govuk-input", type, autocomplete: "off", ...more });

export const textControl = (node: AnyInputNode): Control => {
  const rows = (node.nodeOptions as { rows?: number | null } | null)?.rows ?? null;
  if (node.appearances?.multiline || rows !== null) {
    return fieldFor(node, make("textarea", { class: "govuk-textarea", rows: String(rows ?? 5) }));
  }
  return fieldFor(node, input("text", node.appearances?.numbers ? { inputmode: "numeric" } : {}));
};

// A French keyboard writes a comma.
const numberAnswer = (text: string): string => text.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");

export const numberControl = (node: AnyInputNode): Control => {
  const whole = node.valueType === "int";
  const field = input("text", { inputmode: whole ? "numeric" : "decimal", class: "govuk-input nu-input--short" });
  return fieldFor(node, field, numberAnswer, written);
};

export const dateControl = (node: AnyInputNode): Control =>
  fieldFor(node, input("date", { class: "govuk-input nu-input--short" }), undefined, (answer) => answer.slice(0, 10));

export const timeControl = (node: AnyInputNode): Control =>
  fieldFor(
    node,
    input("time", { class: "govuk-input nu-input--short" }),
    (text) => (text ? `${text}:00.000${offset(new Date())}` : ""),
    (answer) => answer.slice(0, 5),
  );

export const dateTimeControl = (node: AnyInputNode): Control =>
  fieldFor(
    node,
    input("datetime-local"),
    (text) => (text ? `${text.slice(0, 16)}:00.000${offset(new Date(text))}` : ""),
    (answer) => answer.slice(0, 16),
  );

const offset = (moment: Date): string => {
  const minutes = -moment.getTimezoneOffset();
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
};

const MOST_STEPS = 11;

/** A scale: its steps one by one when there are few, a number between two others else. */
export const rangeControl = (node: RangeNode): Control => {
  const { start, end, step } = (node.definition.bodyElement as unknown as { bounds: Bounds }).bounds;
  const [low, high, by] = [Number(start), Number(end), Math.abs(Number(step))];
  const count = Math.floor(Math.abs(high - low) / by) + 1;
  if (count > MOST_STEPS) {
    const field = input("text", { inputmode: "decimal", class: "govuk-input nu-input--short" });
    const control = fieldFor(node, field, numberAnswer, written);
    const said = make("span", { class: "nu-quiet" }, ` ${WORDS.between(written(start), written(end))}`);
    return { ...control, element: make("div", {}, field, said) };
  }
  const name = `echelle-${node.nodeId}`;
  const inputs: HTMLInputElement[] = [];
  const items = Array.from({ length: count }, (_, rank) => {
    const value = String(Math.round((low + Math.sign(high - low) * rank * by) * 1e9) / 1e9);
    const radio = make("input", { class: "govuk-radios__input", type: "radio", name, value, id: `${name}-${rank}` });
    radio.addEventListener("change", () => node.setValue(value as never));
    inputs.push(radio);
    const label = make("label", { class: "govuk-label govuk-radios__label", for: radio.id }, written(value));
    return make("div", { class: "govuk-radios__item" }, radio, label);
  });
  return {
    element: make("div", { class: "govuk-radios nu-scale" }, ...items),
    update: () => {
      for (const radio of inputs) {
        radio.checked = node.currentState.instanceValue !== "" && Number(node.currentState.instanceValue) === Number(radio.value);
        radio.disabled = node.currentState.readonly;
      }
    },
    describe: describer(...inputs),
    focus: () => inputs[0]?.focus(),
  };
};

interface Bounds {
  start: string;
  end: string;
  step: string;
}
