// A chosen picture is shown at once; one that is too heavy is refused before it costs an upload.
import type { Words } from "../words.ts";

const MEGABYTE = 1024 * 1024;

/** « 34 », « 2,5 »: megabytes as people read them, never less than the limit when it is above. */
export function megabytes(bytes: number, language: string): string {
  const figure = Math.ceil((bytes / MEGABYTE) * 10) / 10;
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(figure);
}

export function lookAfterPictures(root: ParentNode, words: Words): void {
  for (const block of root.querySelectorAll<HTMLElement>("[data-nu-picture]")) {
    const input = block.querySelector<HTMLInputElement>("input[type=file]");
    if (!input || block.dataset["nuReady"]) continue;
    block.dataset["nuReady"] = "1";
    const served = [...(block.querySelector("[data-nu-picture-preview]")?.childNodes ?? [])];
    input.addEventListener("change", () => show(block, input, served, words));
    // Before any other program: a form that goes on would leave without the photo that was chosen.
    input.form?.addEventListener("submit", (event) => stay(event, block, input), { capture: true });
  }
}

/** A refused photo keeps the page, until another one is chosen or the person goes on without. */
function stay(event: SubmitEvent, block: HTMLElement, input: HTMLInputElement): void {
  const pressed = event.submitter instanceof HTMLButtonElement ? event.submitter : undefined;
  if (pressed?.hasAttribute(WITHOUT) || pressed?.value === "skip") return;
  if (!block.dataset["nuRefused"] || input.files?.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  (block.querySelector<HTMLElement>(`[${WITHOUT}]`) ?? input).focus();
}

const WITHOUT = "data-nu-without";

/** Where the page has no button to go on without a photo, the message has one. */
function goOnWithout(message: HTMLElement, input: HTMLInputElement, words: Words): void {
  if (input.form?.querySelector("button[value=skip]")) return;
  const button = message.ownerDocument.createElement("button");
  button.type = "submit";
  button.className = "nu-link-button";
  button.textContent = words.withoutPicture;
  button.setAttribute(WITHOUT, "");
  message.append(" ", button);
}

function show(block: HTMLElement, input: HTMLInputElement, served: ChildNode[], words: Words): void {
  const preview = block.querySelector<HTMLElement>("[data-nu-picture-preview]");
  const message = block.querySelector<HTMLElement>("[data-nu-picture-message]");
  const limit = Number(block.dataset["nuPictureLimit"]) || Infinity;
  const old = preview?.querySelector<HTMLImageElement>("img[src^='blob:']");
  if (old) URL.revokeObjectURL(old.src);
  const file = input.files?.[0];
  const language = document.documentElement.lang || "fr";
  const wrong = !file
    ? ""
    : !isPicture(file)
      ? words.notAPicture
      : file.size > limit
        ? words.tooHeavy(megabytes(file.size, language), megabytes(limit, language))
        : "";
  if (message) message.textContent = wrong;
  block.dataset["nuRefused"] = wrong;
  if (message && wrong) goOnWithout(message, input, words);
  if (wrong) input.value = "";
  if (!file || wrong) {
    preview?.replaceChildren(...served);
    return;
  }
  const picture = document.createElement("img");
  picture.alt = words.preview;
  picture.src = URL.createObjectURL(file);
  // A format that this browser cannot draw (HEIC) may still be good for the server.
  picture.addEventListener("error", () => picture.replaceWith(file.name));
  preview?.replaceChildren(picture);
}

// Computers often do not know what phones write, and give it no type.
const isPicture = (file: File): boolean =>
  (file.type.startsWith("image/") && file.type !== "image/svg+xml") || /\.hei[cf]$/i.test(file.name);
