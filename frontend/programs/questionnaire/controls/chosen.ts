// Answers that are chosen: one, several, in order, or a box to tick.
import type { RankNode, SelectNode, TriggerNode } from "@getodk/xforms-engine";
import { button, make } from "../dom.ts";
import { labelWriter } from "../labels.ts";
import { WORDS } from "../words.ts";
import { describer, type Control } from "./question.ts";

const isOne = (node: SelectNode): boolean => node.selectType === "select1";

export const selectControl = (node: SelectNode): Control => {
  const { appearances } = node;
  const listed = appearances?.minimal || appearances?.autocomplete;
  return isOne(node) && listed ? listControl(node) : boxesControl(node);
};

const listControl = (node: SelectNode): Control => {
  const field = make("select", { class: "govuk-select" });
  field.addEventListener("change", () => node.selectValue(field.value || null));
  let drawn = "";
  return {
    element: field,
    field,
    update: () => {
      const options = node.currentState.valueOptions;
      const now = options.map((item) => `${item.value}=${item.label.asString}`).join("\n");
      if (now !== drawn) {
        drawn = now;
        const made = options.map((item) => make("option", { value: item.value }, item.label.asString));
        field.replaceChildren(make("option", { value: "" }, WORDS.choose), ...made);
      }
      field.value = node.currentState.value[0] ?? "";
      field.disabled = node.currentState.readonly;
    },
    describe: describer(field),
    focus: () => field.focus(),
  };
};

interface Box {
  item: HTMLElement;
  input: HTMLInputElement;
  write: ReturnType<typeof labelWriter>;
}

const boxesControl = (node: SelectNode): Control => {
  const one = isOne(node);
  const kind = one ? "radios" : "checkboxes";
  const element = make("div", { class: `govuk-${kind}` });
  const boxes = new Map<string, Box>();
  const name = `choix-${node.nodeId}`;
  let said = { ids: "", wrong: false };
  const box = (value: string): Box => {
    const id = `${name}-${boxes.size}-${value}`.replace(/[^\w-]/g, "_");
    const input = make("input", { class: `govuk-${kind}__input`, type: one ? "radio" : "checkbox", name, id, value });
    input.addEventListener("change", () => {
      if (one) node.selectValue(value);
      else node.selectValues([...boxes].filter(([, each]) => each.input.checked).map(([each]) => each));
    });
    const words = make("span");
    const label = make("label", { class: `govuk-label govuk-${kind}__label`, for: id }, words);
    return { item: make("div", { class: `govuk-${kind}__item` }, input, label), input, write: labelWriter(words) };
  };
  const describe = (ids: string, wrong: boolean): void => {
    said = { ids, wrong };
    describer(...[...boxes.values()].map((each) => each.input))(ids, wrong);
  };
  return {
    element,
    update: () => {
      const options = node.currentState.valueOptions;
      const wanted = new Set(options.map((item) => item.value));
      for (const [value, each] of boxes) {
        if (wanted.has(value)) continue;
        each.item.remove();
        boxes.delete(value);
      }
      options.forEach((item, rank) => {
        const known = boxes.get(item.value) ?? box(item.value);
        boxes.set(item.value, known);
        known.write(item.label);
        known.input.checked = node.currentState.value.includes(item.value);
        known.input.disabled = node.currentState.readonly;
        if (element.children[rank] !== known.item) element.insertBefore(known.item, element.children[rank] ?? null);
      });
      describe(said.ids, said.wrong);
    },
    describe,
    focus: () => element.querySelector("input")?.focus(),
  };
};

export const rankControl = (node: RankNode): Control => {
  const list = make("ol", { class: "nu-rank" });
  const keep = button(WORDS.keepOrder, "quiet", () => node.setValues(order()));
  const element = make("div", { class: "nu-flow" }, list, keep);
  const order = (): string[] => {
    const chosen = [...node.currentState.value];
    const all = node.currentState.valueOptions.map((item) => item.value);
    return chosen.length === all.length ? chosen : all;
  };
  const move = (value: string, by: number): void => {
    const now = order();
    const at = now.indexOf(value);
    const other = now[at + by];
    if (other === undefined) return;
    now[at + by] = value;
    now[at] = other;
    node.setValues(now);
    queueMicrotask(() => list.querySelector<HTMLElement>(`[data-value="${CSS.escape(value)}"] button`)?.focus());
  };
  let drawn = "";
  return {
    element,
    update: () => {
      const now = order();
      const signature = `${now.map((value) => `${value}=${node.getValueLabel(value)?.asString ?? value}`).join("\n")}`;
      keep.hidden = node.currentState.value.length > 0;
      if (signature === drawn) return;
      drawn = signature;
      list.replaceChildren(
        ...now.map((value, rank) => {
          const label = node.getValueLabel(value)?.asString ?? value;
          const up = button(WORDS.up, "plain", () => move(value, -1), label);
          const down = button(WORDS.down, "plain", () => move(value, 1), label);
          up.disabled = rank === 0;
          down.disabled = rank === now.length - 1;
          return make("li", { "data-value": value }, make("span", {}, label), make("span", { class: "nu-actions" }, up, down));
        }),
      );
    },
    describe: () => undefined,
    focus: () => keep.focus(),
  };
};

/** A box to tick: its words are the question's own, so the label is the box's. */
export const triggerControl = (node: TriggerNode): Control => {
  const input = make("input", { class: "govuk-checkboxes__input", type: "checkbox", id: `accord-${node.nodeId}` });
  input.addEventListener("change", () => node.setValue(input.checked));
  const label = make("label", { class: "govuk-label govuk-checkboxes__label", for: input.id }, WORDS.yes);
  const item = make("div", { class: "govuk-checkboxes__item" }, input, label);
  return {
    element: make("div", { class: "govuk-checkboxes" }, item),
    update: () => {
      input.checked = Boolean(node.currentState.value);
      input.disabled = node.currentState.readonly;
    },
    describe: describer(input),
    focus: () => input.focus(),
  };
};
