// Answers that the device gives: photos, sounds, files, places.
import type { AnyInputNode, UploadNode } from "@getodk/xforms-engine";
import { clock } from "../../voice/panel.ts";
import { canRecord, VoiceRecorder } from "../../voice/recorder.ts";
import { withDuration } from "../../voice/webm.ts";
import { button, make, say } from "../dom.ts";
import { megabytes, WORDS, written } from "../words.ts";
import { describer, type Control, type Surroundings } from "./question.ts";

const LIMIT = 20 * 1024 * 1024;
const LARGEST_SIDE = 2000;
const QUALITY = 0.85;
const LONGEST_SOUND = 30 * 60;

export const uploadControl = (node: UploadNode, around: Surroundings): Control => {
  const { accept, type } = node.nodeOptions.media;
  const field = make("input", { type: "file", class: "nu-file__input", accept: accept === "*" ? undefined : accept });
  const status = make("p", { class: "nu-quiet", role: "status" });
  const preview = make("div", { class: "nu-file__preview" });
  const remove = button(WORDS.removeFile, "plain", () => void take(null));
  const actions = make("div", { class: "nu-actions" }, remove);
  const element = make("div", { class: "nu-flow" }, field, preview, status, actions);
  if (type === "audio" && canRecord()) actions.prepend(recordButton(status, (file) => void take(file)));
  let shown: string | undefined;
  let address = "";

  const take = async (given: File | null): Promise<void> => {
    const before = node.currentState.instanceValue;
    const file = given && type === "image" ? await withoutTraces(given, node.maxPixels) : given;
    if (file && file.size > LIMIT) {
      say(status, WORDS.tooHeavy(megabytes(file.size)));
      field.value = "";
      return;
    }
    try {
      node.setValue(file);
      const name = node.currentState.instanceValue;
      if (file) await around.keepFile(name, file);
      if (before && before !== name) await around.forgetFile(before);
    } catch {
      node.setValue(null);
      say(status, WORDS.notSaved);
    }
    if (!file) field.value = "";
  };
  field.addEventListener("change", () => {
    const [file] = field.files ?? [];
    if (file) void take(file);
  });

  const show = async (name: string): Promise<void> => {
    if (address) URL.revokeObjectURL(address);
    address = "";
    const blob = name ? await around.fileOf(name) : undefined;
    if (shown !== name) return;
    preview.replaceChildren();
    remove.hidden = name === "";
    if (!name) return;
    if (!blob) {
      say(status, WORDS.fileLost);
      return;
    }
    say(status, WORDS.fileKept(name, megabytes(blob.size)));
    address = URL.createObjectURL(blob);
    if (blob.type.startsWith("image/")) preview.append(make("img", { src: address, alt: WORDS.preview }));
    if (blob.type.startsWith("audio/")) preview.append(make("audio", { src: address, controls: true }));
    if (blob.type.startsWith("video/")) preview.append(make("video", { src: address, controls: true }));
  };
  return {
    element,
    field,
    update: () => {
      const name = node.currentState.instanceValue;
      field.disabled = node.currentState.readonly;
      if (name === shown) return;
      shown = name;
      // the file is written just after its name: wait for it
      setTimeout(() => void show(name), 50);
    },
    describe: describer(field),
    focus: () => field.focus(),
  };
};

/** The pixels alone: where and with what a photo was taken stays with who took it. */
const withoutTraces = async (file: File, most: number | null): Promise<File> => {
  try {
    const picture = await createImageBitmap(file);
    const ratio = Math.min(1, (most ?? LARGEST_SIDE) / Math.max(picture.width, picture.height));
    const canvas = make("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * ratio));
    canvas.height = Math.max(1, Math.round(picture.height * ratio));
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    return blob ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
  } catch {
    // a format that this browser does not draw
    return file;
  }
};

const recordButton = (status: HTMLElement, take: (file: File) => void): HTMLButtonElement => {
  let recorder: VoiceRecorder | undefined;
  let opening = false;
  const parts: Blob[] = [];
  // shown, and not announced: it would be said every second
  const time = make("span", { "aria-hidden": "true" });
  const ended = async (seconds: number): Promise<void> => {
    const type = (recorder?.type ?? "audio/webm").split(";")[0] ?? "audio/webm";
    recorder = undefined;
    say(made, WORDS.record);
    say(status, "");
    const suffix = type.endsWith("mp4") ? "m4a" : type.endsWith("ogg") ? "ogg" : "webm";
    take(new File([await withDuration(new Blob(parts), seconds)], `son.${suffix}`, { type }));
  };
  const toggle = async (): Promise<void> => {
    recorder?.stop();
    if (recorder || opening) return;
    opening = true;
    parts.length = 0;
    try {
      recorder = await VoiceRecorder.begin(LONGEST_SOUND, {
        part: (sound) => parts.push(sound),
        passed: (seconds) => say(time, ` ${clock(seconds)}`),
        ended: (seconds) => void ended(seconds),
      });
      say(time, "");
      made.replaceChildren(WORDS.stop, time);
      say(status, WORDS.recording);
    } catch {
      say(status, WORDS.noMicrophone);
    } finally {
      opening = false;
    }
  };
  const made = button(WORDS.record, "quiet", () => void toggle());
  return made;
};

const position = (): Promise<string> =>
  new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve(`${coords.latitude} ${coords.longitude} ${coords.altitude ?? 0} ${coords.accuracy}`),
      reject,
      { enableHighAccuracy: true, timeout: 30_000 },
    );
  });

const placeButton = (words: string, status: HTMLElement, found: (point: string) => void): HTMLButtonElement =>
  button(words, "quiet", () => {
    say(status, WORDS.placeAsking);
    position().then(
      (point) => {
        say(status, "");
        found(point);
      },
      () => say(status, WORDS.placeFailed),
    );
  });

interface Place {
  fields: HTMLInputElement[];
  element: HTMLElement;
  /** What is written, as the form has it; empty when nothing or half of it is, undefined when it is no place. */
  read: () => string | undefined;
  show: (point: string) => void;
}

const LARGEST = [90, 180] as const;

/** A latitude and a longitude that somebody types. */
const placeFields = (): Place => {
  const fields: HTMLInputElement[] = [];
  const labels = [WORDS.latitude, WORDS.longitude].map((words) => {
    const field = make("input", { class: "govuk-input nu-input--short", type: "text", inputmode: "decimal", autocomplete: "off" });
    fields.push(field);
    return make("label", { class: "nu-subfield" }, `${words} `, field);
  });
  return {
    fields,
    element: make("div", { class: "nu-subfields" }, ...labels),
    read: () => {
      const parts = fields.map((field) => field.value.trim().replace(",", "."));
      if (parts.some((part) => part === "")) return "";
      return parts.every((part, rank) => Math.abs(Number(part)) <= (LARGEST[rank] ?? 0)) ? `${parts.join(" ")} 0 0` : undefined;
    },
    show: (point) => {
      const parts = point.split(" ");
      fields.forEach((field, rank) => {
        if (document.activeElement !== field) field.value = written(parts[rank] ?? "");
      });
    },
  };
};

export const pointControl = (node: AnyInputNode): Control => {
  const set = (value: string): void => void (node.setValue as (value: string) => unknown)(value);
  const typed = placeFields();
  const status = make("p", { class: "nu-quiet", role: "status" });
  for (const field of typed.fields) {
    field.addEventListener("change", () => {
      const point = typed.read();
      say(status, point === undefined ? WORDS.pointWrong : "");
      if (point || typed.fields.every((each) => each.value.trim() === "")) set(point ?? "");
    });
  }
  const find = placeButton(WORDS.place, status, set);
  const element = make("div", { class: "nu-flow" }, find, typed.element, status);
  let shown = "";
  return {
    element,
    update: () => {
      // one half of a place is no answer yet: it is left as it was written
      if (node.currentState.instanceValue === shown) return;
      shown = node.currentState.instanceValue;
      typed.show(shown);
    },
    describe: describer(...typed.fields),
    focus: () => find.focus(),
  };
};

/** A way or a surface, one point after the other, from the device or typed; a surface ends where it began. */
export const pointsControl = (node: AnyInputNode): Control => {
  const set = (value: string): void => void (node.setValue as (value: string) => unknown)(value);
  const status = make("p", { class: "nu-quiet", role: "status" });
  const closed = node.valueType === "geoshape";
  const points = (): string[] => {
    const all = node.currentState.instanceValue.split(";").map((one) => one.trim()).filter(Boolean);
    return closed && all.length > 1 && all[0] === all.at(-1) ? all.slice(0, -1) : all;
  };
  const write = (all: string[]): void => set([...all, ...(closed && all.length > 2 && all[0] ? [all[0]] : [])].join(";"));
  let kept: string[] = points();
  const take = (point: string): void => {
    kept = [...kept, point];
    // less than a way is no answer yet: it waits here
    if (kept.length > (closed ? 2 : 1)) write(kept);
    say(status, WORDS.points(kept.length));
  };
  const add = placeButton(WORDS.placeAdd, status, take);
  const typed = placeFields();
  const addTyped = button(WORDS.pointAdd, "quiet", () => {
    const point = typed.read();
    if (!point) {
      say(status, WORDS.pointWrong);
      typed.fields[0]?.focus();
      return;
    }
    for (const field of typed.fields) field.value = "";
    take(point);
    typed.fields[0]?.focus();
  });
  const clear = button(WORDS.clear, "plain", () => {
    kept = [];
    set("");
    say(status, "");
  });
  return {
    element: make("div", { class: "nu-flow" }, typed.element, make("div", { class: "nu-actions" }, addTyped, add, clear), status),
    update: () => {
      if (kept.length === 0) kept = points();
      if (kept.length > 0) say(status, WORDS.points(kept.length));
    },
    describe: describer(add),
    focus: () => typed.fields[0]?.focus(),
  };
};
