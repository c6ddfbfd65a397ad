// What the person sees and does: a state in words, a bar, the time of the microphone, and the buttons of the moment.
import { clock } from "../voice/panel.ts";
import type { Words } from "../words.ts";

export type State = "ready" | "recording" | "paused" | "sending" | "stopped" | "waiting" | "refused" | "stored";

export interface Acts {
  begin: () => void;
  pause: () => void;
  resume: () => void;
  stop: () => void;
  hold: () => void;
  send: () => void;
  erase: () => void;
}

const BUTTONS: Record<State, (keyof Acts)[]> = {
  ready: ["begin"],
  recording: ["pause", "stop"],
  paused: ["resume", "stop"],
  sending: ["hold"],
  stopped: ["send", "erase"],
  waiting: ["send", "erase"],
  refused: ["send", "erase"],
  stored: [],
};
const LOUD = new Set<keyof Acts>(["begin", "stop", "send"]);
const MEGABYTE = 1024 * 1024;

export class Panel {
  readonly #box: HTMLElement;
  readonly #words: Words;
  readonly #acts: Acts;
  readonly #microphone: boolean;
  readonly #status: HTMLElement;
  readonly #figures: HTMLElement;
  readonly #note: HTMLElement;
  readonly #bar: HTMLProgressElement;
  readonly #meter: HTMLMeterElement;
  readonly #buttons: HTMLElement;

  constructor(box: HTMLElement, words: Words, acts: Acts, microphone: boolean) {
    this.#box = box;
    this.#words = words;
    this.#acts = acts;
    this.#microphone = microphone;
    const make = box.ownerDocument.createElement.bind(box.ownerDocument);
    const line = make("p");
    line.className = "nu-voice__state";
    this.#status = make("span");
    this.#status.setAttribute("role", "status");
    this.#figures = make("span");
    this.#figures.className = "nu-voice__time";
    line.append(this.#status, this.#figures);
    this.#bar = make("progress");
    this.#bar.className = "nu-sending__bar";
    this.#bar.setAttribute("aria-label", words.fieldBar);
    this.#bar.max = 100;
    this.#meter = make("meter");
    this.#meter.className = "nu-voice__level";
    this.#meter.setAttribute("aria-label", words.microphoneLevel);
    this.#note = make("p");
    this.#note.className = "nu-voice__note";
    this.#note.setAttribute("role", "alert");
    this.#buttons = make("div");
    this.#buttons.className = "nu-actions";
    box.replaceChildren(line, this.#meter, this.#bar, this.#note, this.#buttons);
  }

  show(state: State): void {
    const had = this.#buttons.contains(this.#box.ownerDocument.activeElement);
    const acts = BUTTONS[state].filter((act) => act !== "begin" || this.#microphone);
    this.#box.dataset["state"] = state;
    this.#box.hidden = state === "ready" && acts.length === 0 && !this.#note.textContent;
    this.#status.textContent = this.#words.fieldStates[state];
    if (state === "ready" || state === "stored") this.#figures.textContent = "";
    this.#bar.hidden = state === "ready" || state === "recording" || state === "paused";
    this.#meter.hidden = state !== "recording";
    this.#buttons.replaceChildren(...acts.map((act) => this.#button(act)));
    // The button that was pressed is gone: the next one takes the focus, so that the keyboard is not lost.
    if (had) this.#buttons.querySelector<HTMLElement>("button")?.focus();
  }

  /** The time is shown and not announced: it would be said four times a second. */
  passed(seconds: number, level = 0): void {
    this.#figures.textContent = clock(seconds);
    this.#meter.value = level;
  }

  /** Nothing is heard: said once, and taken away as soon as something is. */
  deaf(isSo: boolean): void {
    const words = this.#words.microphoneDeaf;
    const said = this.#note.textContent ?? "";
    if (isSo && !said) this.note(words);
    if (!isSo && said === words) this.note("");
  }

  sent(offset: number, size: number): void {
    const percent = size ? Math.floor((offset / size) * 100) : 0;
    this.#bar.value = percent;
    this.#figures.textContent = this.#words.fieldSent(this.size(offset), this.size(size), percent);
  }

  size(bytes: number): string {
    return this.#words.fieldSize(bytes / MEGABYTE);
  }

  note(text: string): void {
    this.#note.textContent = text;
    if (text) this.#box.hidden = false;
  }

  #button(act: keyof Acts): HTMLButtonElement {
    const button = this.#box.ownerDocument.createElement("button");
    button.type = "button";
    button.className = LOUD.has(act) ? "nu-button" : "nu-button nu-button--quiet";
    button.textContent = this.#words.fieldActs[act];
    button.addEventListener("click", () => this.#acts[act]());
    return button;
  }
}
