// Between the controls of a form and the plain values that travel and are kept.

export type Fields = Record<string, string | string[]>;

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const UNSENT = new Set(["submit", "button", "reset", "image", "file", "password"]);
// The proof of origin and the revision travel beside the answers, not among them.
const APART = new Set(["csrfmiddlewaretoken", "revision"]);

function controlsOf(form: HTMLFormElement): Map<string, Control[]> {
  const named = new Map<string, Control[]>();
  for (const element of form.elements) {
    if (!isControl(element) || !element.name || element.disabled) continue;
    if (APART.has(element.name) || UNSENT.has(element.type)) continue;
    named.set(element.name, [...(named.get(element.name) ?? []), element]);
  }
  return named;
}

const isControl = (element: Element): element is Control =>
  element.tagName === "INPUT" || element.tagName === "TEXTAREA" || element.tagName === "SELECT";

const isTicked = (control: Control): control is HTMLInputElement =>
  control.type === "checkbox" || control.type === "radio";

function valuesOf(controls: Control[], asServed: boolean): string | string[] {
  const values = controls.flatMap((control): string[] => {
    if (control instanceof HTMLSelectElement) {
      const options = [...control.options];
      const chosen = options.filter((option) => (asServed ? option.defaultSelected : option.selected));
      // A list that was served without a choice shows its first line.
      const first = asServed && control.type === "select-one" && !chosen.length ? options.slice(0, 1) : [];
      return [...chosen, ...first].map((option) => option.value);
    }
    if (isTicked(control)) return (asServed ? control.defaultChecked : control.checked) ? [control.value] : [];
    return [asServed ? control.defaultValue : control.value];
  });
  return isPlural(controls) ? values : (values[0] ?? "");
}

function isPlural(controls: Control[]): boolean {
  const [first] = controls;
  if (!first || first.type === "radio") return false;
  return controls.length > 1 || first.type === "checkbox" || first.type === "select-multiple";
}

/** What the controls say now. Tick boxes and repeated names give lists, everything else one text. */
export function readFields(form: HTMLFormElement): Fields {
  return Object.fromEntries([...controlsOf(form)].map(([name, list]) => [name, valuesOf(list, false)]));
}

/** What the server put in the page, whatever the browser has restored or the person has typed since. */
export function readServed(form: HTMLFormElement): Fields {
  return Object.fromEntries([...controlsOf(form)].map(([name, list]) => [name, valuesOf(list, true)]));
}

/** Put values back into the controls; names that the form does not have are left alone. */
export function writeFields(form: HTMLFormElement, fields: Fields): void {
  for (const [name, controls] of controlsOf(form)) {
    const value = fields[name];
    if (value === undefined) continue;
    const values = Array.isArray(value) ? value : [value];
    controls.forEach((control, rank) => {
      if (control instanceof HTMLSelectElement) {
        for (const option of control.options) option.selected = values.includes(option.value);
      } else if (isTicked(control)) {
        control.checked = values.includes(control.value);
      } else {
        // a control of one line drops line ends, and glues two texts that were kept together
        const text = values[rank] ?? "";
        control.value = control instanceof HTMLInputElement ? text.replace(/\s*\n\s*/g, ", ") : text;
      }
    });
    controls[0]?.dispatchEvent(new Event("nu:written", { bubbles: true }));
  }
}

const lines = (text: string) => text.replace(/\r\n?/g, "\n");
const plain = (value: string | string[] | undefined): string =>
  JSON.stringify(Array.isArray(value) ? value.map(lines) : lines(value ?? ""));

/** Same answers; line ends do not count, and a missing text is an empty one. */
export function sameFields(one: Fields, other: Fields): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => {
    const [left, right] = [one[name], other[name]];
    const empty = (value: typeof left) => value === undefined || value.length === 0;
    return (empty(left) && empty(right)) || plain(left) === plain(right);
  });
}

/** One answer that loses nothing of either: their text, then ours; the choices of both. */
export function bothTexts(theirs: Fields, mine: Fields): Fields {
  const both: Fields = {};
  for (const name of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const [first, second] = [theirs[name] ?? "", mine[name] ?? ""];
    if (Array.isArray(first) || Array.isArray(second)) {
      both[name] = [...new Set([first, second].flat())].filter((one) => one !== "");
    } else if (lines(second).includes(lines(first))) both[name] = second;
    else if (lines(first).includes(lines(second))) both[name] = first;
    else both[name] = `${first}\n\n${second}`;
  }
  return both;
}
