// What the person sees and does: ready, recording, pause, to send, sent; each state has its words and its buttons.
import type { Words } from "../words.ts";

export type State = "ready" | "recording" | "paused" | "to-send" | "sending" | "kept";

export interface Acts {
  begin: () => void;
  pause: () => void;
  resume: () => void;
  stop: () => void;
  send: () => void;
  erase: () => void;
}

/** « 0:12 » */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

const BUTTONS: Record<State, (keyof Acts)[]> = {
  ready: ["begin"],
  recording: ["pause", "stop"],
  paused: ["resume", "stop"],
  "to-send": ["send", "erase"],
  sending: [],
  kept: ["send", "erase"],
};
const LOUD = new Set<keyof Acts>(["begin", "stop", "send"]);

export class Panel {
  readonly #box: HTMLElement;
  readonly #words: Words;
  readonly #acts: Acts;
  readonly #status: HTMLElement;
  readonly #time: HTMLElement;
  readonly #note: HTMLElement;
  readonly #meter: HTMLMeterElement;
  readonly #sound: HTMLAudioElement;
  readonly #buttons: HTMLElement;

  constructor(box: HTMLElement, words: Words, acts: Acts) {
    this.#box = box;
    this.#words = words;
    this.#acts = acts;
    const make = box.ownerDocument.createElement.bind(box.ownerDocument);
    const line = make("p");
    line.className = "nu-voice__state";
    this.#status = make("span");
    this.#status.setAttribute("role", "status");
    this.#time = make("span");
    this.#time.className = "nu-voice__time";
    line.append(this.#status, this.#time);
    this.#meter = make("meter");
    this.#meter.className = "nu-voice__level";
    this.#meter.setAttribute("aria-label", words.microphoneLevel);
    this.#note = make("p");
    this.#note.className = "nu-voice__note";
    this.#note.setAttribute("role", "alert");
    this.#sound = make("audio");
    this.#sound.className = "nu-voice__sound";
    this.#sound.controls = true;
    this.#sound.hidden = true;
    this.#sound.setAttribute("aria-label", words.voiceListen);
    this.#buttons = make("div");
    this.#buttons.className = "nu-actions";
    box.replaceChildren(line, this.#meter, this.#note, this.#sound, this.#buttons);
    box.hidden = false;
  }

  show(state: State, seconds: number): void {
    const had = this.#buttons.contains(this.#box.ownerDocument.activeElement);
    this.#box.dataset["state"] = state;
    this.#status.textContent = this.#words.voiceStates[state];
    this.passed(state === "ready" ? 0 : seconds);
    this.#time.hidden = state === "ready";
    this.#meter.hidden = state !== "recording";
    this.#buttons.replaceChildren(...BUTTONS[state].map((act) => this.#button(act)));
    // The button that was pressed is gone: the next one takes the focus, so that the keyboard is not lost.
    if (had) this.#buttons.querySelector<HTMLElement>("button")?.focus();
  }

  /** The time is shown and not announced: it would be said four times a second. */
  passed(seconds: number, level = 0): void {
    this.#time.textContent = clock(seconds);
    this.#meter.value = level;
  }

  /** Nothing is heard: said once, and taken away as soon as something is. */
  deaf(isSo: boolean): void {
    const words = this.#words.microphoneDeaf;
    const said = this.#note.textContent ?? "";
    if (isSo && !said) this.note(words);
    if (!isSo && said === words) this.note("");
  }

  note(text: string): void {
    this.#note.textContent = text;
  }

  /** Offer to listen to what was recorded; nothing takes the player away. */
  offer(sound: Blob | undefined): void {
    if (this.#sound.src) URL.revokeObjectURL(this.#sound.src);
    this.#sound.hidden = sound === undefined;
    if (sound) this.#sound.src = URL.createObjectURL(sound);
    else this.#sound.removeAttribute("src");
  }

  #button(act: keyof Acts): HTMLButtonElement {
    const button = this.#box.ownerDocument.createElement("button");
    button.type = "button";
    button.className = LOUD.has(act) ? "nu-button" : "nu-button nu-button--quiet";
    button.textContent = this.#words.voiceActs[act];
    button.addEventListener("click", () => this.#acts[act]());
    return button;
  }
}
