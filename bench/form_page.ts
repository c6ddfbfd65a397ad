// A page that opens one form and notes when it is done: with what fills it in, or with the engine alone.
import { childrenOf, openForm } from "../frontend/programs/questionnaire/engine.ts";
import { FormView } from "../frontend/programs/questionnaire/form_view.ts";

declare const WHOLE: boolean;

const painted = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));

const xform = await (await fetch("form.xml")).text();
const began = performance.now();
const form = await openForm(xform);
const opened = performance.now();
if (WHOLE) {
  const around = { keepFile: async () => undefined, forgetFile: async () => undefined, fileOf: async () => undefined };
  document.body.append(new FormView(form, { title: "Formulaire", around, send: () => undefined }).element);
} else {
  document.body.append(`${childrenOf(form.root).length}`);
}
await painted();
const done = performance.now();
Object.assign(window, { measured: { engine: opened - began, form: done - began, page: done } });
