// Which control a question gets.
import type { AnyControlNode } from "@getodk/xforms-engine";
import { make } from "../dom.ts";
import { labelWriter } from "../labels.ts";
import { rankControl, selectControl, triggerControl } from "./chosen.ts";
import { pointControl, pointsControl, uploadControl } from "./given.ts";
import { Question, type Control, type Surroundings } from "./question.ts";
import { dateControl, dateTimeControl, numberControl, rangeControl, textControl, timeControl } from "./typed.ts";
import { fullDayOf, timeOf, written } from "../words.ts";

export interface Shown {
  element: HTMLElement;
  update: () => void;
}

export const shownFor = (node: AnyControlNode, around: Surroundings): Shown | Question =>
  node.nodeType === "note" ? note(node) : new Question(node, controlFor(node, around));

const controlFor = (node: Exclude<AnyControlNode, { nodeType: "note" }>, around: Surroundings): Control => {
  switch (node.nodeType) {
    case "select":
      return selectControl(node);
    case "rank":
      return rankControl(node);
    case "trigger":
      return triggerControl(node);
    case "range":
      return rangeControl(node);
    case "upload":
      return uploadControl(node, around);
    case "input":
      switch (node.valueType) {
        case "int":
        case "decimal":
          return numberControl(node);
        case "date":
          return dateControl(node);
        case "time":
          return timeControl(node);
        case "dateTime":
          return dateTimeControl(node);
        case "geopoint":
          return pointControl(node);
        case "geotrace":
        case "geoshape":
          return pointsControl(node);
        default:
          return textControl(node);
      }
  }
};

/** Words to read; a date that the form computed is said as people say it. */
const note = (node: Extract<AnyControlNode, { nodeType: "note" }>): Shown => {
  const label = make("div");
  const hint = make("div", { class: "govuk-hint" });
  const value = make("p");
  const writers = [labelWriter(label), labelWriter(hint)] as const;
  const element = make("div", { class: "nu-note nu-flow" }, label, hint, value);
  const update = (): void => {
    const state = node.currentState;
    element.hidden = !state.relevant;
    label.hidden = !writers[0](state.label);
    hint.hidden = !writers[1](state.hint);
    value.textContent = said(node.valueType, state.instanceValue);
    value.hidden = value.textContent === "";
  };
  update();
  return { element, update };
};

const said = (type: string, value: string): string => {
  if (!value) return "";
  const moment = new Date(type === "date" ? `${value.slice(0, 10)}T12:00` : value);
  const known = !Number.isNaN(moment.getTime());
  if (type === "date" && known) return fullDayOf(moment);
  if (type === "dateTime" && known) return `${fullDayOf(moment)}, ${timeOf(moment.getTime())}`;
  return type === "decimal" ? written(value) : value;
};
