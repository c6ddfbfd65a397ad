// Opening a version in the browser of who publishes it: what does not open here is not published.
import { textAt } from "./attachments.ts";
import { make, say } from "./dom.ts";
import { ENGINE, openForm } from "./engine.ts";
import { FormView } from "./form_view.ts";
import { speak, WORDS } from "./words.ts";

export const tryForm = async (place: HTMLElement): Promise<void> => {
  speak(document.documentElement.lang);
  const { nuForm: address = "", nuReport: report = "", nuTitle: title = "", nuPeople: people = "" } = place.dataset;
  const status = make("p", { role: "status" }, WORDS.trialOpening);
  const box = make("div", { class: "nu-panel nu-flow" });
  place.replaceChildren(status, box);
  box.hidden = true;
  let problem = "";
  try {
    const xform = await textAt(address);
    const lists = people ? [{ name: people.split("/").at(-1) ?? "", sha256: "", text: await textAt(people) }] : [];
    const kept = new Map<string, Blob>();
    const form = await openForm(xform, undefined, lists);
    const view = new FormView(form, {
      title,
      around: {
        keepFile: async (name, blob) => void kept.set(name, blob),
        forgetFile: async (name) => void kept.delete(name),
        fileOf: async (name) => kept.get(name),
      },
    });
    lowerHeadings(view.element);
    box.append(view.element);
    box.hidden = false;
  } catch (reason) {
    problem = reason instanceof Error ? reason.message.slice(0, 500) : String(reason);
  }
  say(status, problem ? `${WORDS.trialFails} (${problem})` : WORDS.trialOpens);
  if (report && !(await reported(report, problem))) {
    say(status, WORDS.trialUnsaid);
    return;
  }
  for (const each of document.querySelectorAll<HTMLElement>("[data-nu-when-it-opens]")) each.hidden = problem !== "";
};

const reported = async (address: string, problem: string): Promise<boolean> => {
  const token = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  const body = new URLSearchParams({ engine: ENGINE, problem });
  try {
    const response = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token } });
    return response.ok;
  } catch {
    return false;
  }
};

// The page has its own title: the form's come below it.
const lowerHeadings = (element: HTMLElement): void => {
  for (const heading of element.querySelectorAll("h1")) {
    heading.setAttribute("role", "heading");
    heading.setAttribute("aria-level", "2");
    heading.classList.add("nu-trial__title");
  }
};
