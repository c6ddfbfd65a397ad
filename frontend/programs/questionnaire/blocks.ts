// What a page of a form is made of: questions, groups, and what may be added several times.
import type { AnyControlNode, AnyNode, RepeatInstanceNode, RepeatRangeNode } from "@getodk/xforms-engine";
import { shownFor } from "./controls/index.ts";
import { Question, type Surroundings } from "./controls/question.ts";
import { button, make, say } from "./dom.ts";
import { childrenOf, isShown } from "./engine.ts";
import { labelWriter } from "./labels.ts";
import { WORDS } from "./words.ts";

export interface Block {
  element: HTMLElement;
  update: () => void;
  questions: () => Question[];
}

export const blockFor = (node: AnyNode, around: Surroundings): Block | undefined => {
  switch (node.nodeType) {
    case "root":
    case "model-value":
      return undefined;
    case "group":
      return groupBlock(node, around);
    case "repeat-instance":
      return undefined;
    case "repeat-range:controlled":
    case "repeat-range:uncontrolled":
      return repeatBlock(node, around);
    default:
      return questionBlock(node, around);
  }
};

const questionBlock = (node: AnyControlNode, around: Surroundings): Block => {
  const shown = shownFor(node, around);
  return {
    element: shown.element,
    update: () => shown.update(),
    questions: () => (shown instanceof Question && node.currentState.relevant ? [shown] : []),
  };
};

export const blocksFor = (nodes: readonly AnyNode[], around: Surroundings): Block[] =>
  nodes.map((node) => blockFor(node, around)).filter((block) => block !== undefined);

const groupBlock = (node: AnyNode, around: Surroundings): Block => {
  const blocks = blocksFor(childrenOf(node), around);
  const legend = make("legend", { class: "govuk-fieldset__legend nu-group__title" });
  const write = labelWriter(legend);
  const element = make("fieldset", { class: "govuk-fieldset nu-inner" }, legend, ...blocks.map((block) => block.element));
  const update = (): void => {
    element.hidden = !isShown(node);
    legend.hidden = !write(node.currentState.label);
    for (const block of blocks) block.update();
  };
  update();
  return { element, update, questions: () => (isShown(node) ? blocks.flatMap((block) => block.questions()) : []) };
};

interface Instance {
  element: HTMLElement;
  legend: HTMLElement;
  blocks: Block[];
}

const repeatBlock = (node: RepeatRangeNode, around: Surroundings): Block => {
  const instances = new Map<string, Instance>();
  const list = make("div", { class: "nu-flow" });
  const element = make("div", { class: "nu-flow" }, list);
  const name = (): string => node.currentState.label?.asString || WORDS.another;
  const addButton = make("button", { type: "button", class: "nu-button nu-button--quiet" });
  if (node.nodeType === "repeat-range:uncontrolled") {
    addButton.addEventListener("click", () => {
      node.addInstances();
      queueMicrotask(() => {
        update();
        list.lastElementChild?.querySelector<HTMLElement>("input, textarea, select, button")?.focus();
      });
    });
    element.append(addButton);
  }
  const remove = (instance: RepeatInstanceNode): void => {
    if (node.nodeType !== "repeat-range:uncontrolled") return;
    node.removeInstances(node.currentState.children.indexOf(instance), 1);
    queueMicrotask(() => {
      update();
      addButton.focus();
    });
  };
  const made = (instance: RepeatInstanceNode): Instance => {
    const blocks = blocksFor(childrenOf(instance), around);
    const legend = make("legend", { class: "govuk-fieldset__legend nu-group__title" });
    const fieldset = make("fieldset", { class: "govuk-fieldset nu-panel nu-flow" }, legend, ...blocks.map((one) => one.element));
    if (node.nodeType === "repeat-range:uncontrolled") {
      fieldset.append(button(WORDS.remove, "plain", () => remove(instance), name()));
    }
    return { element: fieldset, legend, blocks };
  };
  const update = (): void => {
    element.hidden = !node.currentState.relevant;
    say(addButton, WORDS.add(name().toLowerCase()));
    const nodes = node.currentState.children;
    const wanted = new Set(nodes.map((one) => String(one.nodeId)));
    for (const [id, one] of instances) {
      if (wanted.has(id)) continue;
      one.element.remove();
      instances.delete(id);
    }
    nodes.forEach((instance, rank) => {
      const id = String(instance.nodeId);
      const one = instances.get(id) ?? made(instance);
      instances.set(id, one);
      say(one.legend, WORDS.instance(instance.currentState.label?.asString || name(), rank + 1));
      for (const block of one.blocks) block.update();
      if (list.children[rank] !== one.element) list.insertBefore(one.element, list.children[rank] ?? null);
    });
  };
  update();
  return {
    element,
    update,
    questions: () =>
      node.currentState.relevant ? [...instances.values()].flatMap((one) => one.blocks.flatMap((block) => block.questions())) : [],
  };
};
