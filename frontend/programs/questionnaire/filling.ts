// One fiche being filled in: every change is written on the device, and nothing leaves before the person says so.
import { make, say } from "./dom.ts";
import { answerOf, openForm, type OpenForm } from "./engine.ts";
import { FormView } from "./form_view.ts";
import type { Fiche, FieldStorage, KeptForm } from "./storage.ts";
import { timeOf, WORDS } from "./words.ts";

export interface FillingSettings {
  storage: FieldStorage;
  fiche: Fiche;
  form: KeptForm;
  language: string;
  languageChosen: (language: string) => void;
  /** The fiche was locked to be sent. */
  ready: (fiche: Fiche) => void;
  /** The fiche is no longer on the device: nothing of it is written again. */
  gone: () => void;
  now: () => number;
}

export class Filling {
  readonly element: HTMLElement;
  readonly view: FormView;
  readonly #form: OpenForm;
  readonly #settings: FillingSettings;
  readonly #status = make("p", { class: "nu-quiet nu-small", role: "status" });
  readonly #ends: () => void;
  #writing: Promise<void> | undefined;
  #behind = false;
  #closed = false;

  /** Open a fiche as it was left. Rejects when the form or the fiche does not open. */
  static async open(settings: FillingSettings): Promise<Filling> {
    const { fiche, form, storage } = settings;
    const draft = fiche.xml ? { xml: fiche.xml, files: await storage.filesOf(fiche.id) } : undefined;
    return new Filling(await openForm(form.xml, draft, form.lists), settings);
  }

  private constructor(form: OpenForm, settings: FillingSettings) {
    this.#form = form;
    this.#settings = settings;
    const { storage, fiche } = settings;
    this.view = new FormView(form, {
      title: settings.form.title,
      around: {
        keepFile: (name, blob) => storage.keepFile(fiche.id, name, blob),
        forgetFile: (name) => storage.forgetFile(fiche.id, name),
        fileOf: (name) => storage.file(fiche.id, name),
      },
      send: () => void this.#lock(),
      language: settings.language,
      languageChosen: settings.languageChosen,
    });
    this.element = make("div", { class: "nu-flow" }, this.view.element, this.#status);
    this.#ends = form.onChange(() => this.#later());
    // a fiche that was just begun is a fiche: what a computation wrote in it is kept
    this.#later();
  }

  /** As fast as the device writes: a change waits for the one before it, and for nothing else. */
  #later(): void {
    void this.save();
  }

  /** Write the fiche as it is now. */
  save(): Promise<void> {
    if (this.#closed) return this.#writing ?? Promise.resolve();
    this.#behind = true;
    this.#writing ??= this.#write().finally(() => (this.#writing = undefined));
    return this.#writing;
  }

  async #write(): Promise<void> {
    const { storage, fiche, now } = this.#settings;
    while (this.#behind) {
      this.#behind = false;
      fiche.xml = this.#form.root.instanceState.instanceXML;
      fiche.savedAt = now();
      try {
        if (!(await storage.keepAgain(fiche))) {
          this.drop();
          this.#settings.gone();
          return;
        }
        say(this.#status, WORDS.savedAt(timeOf(fiche.savedAt)));
      } catch {
        say(this.#status, WORDS.notSaved);
        return;
      }
    }
  }

  async #lock(): Promise<void> {
    if (this.#closed) return;
    await this.save();
    const { storage, fiche, now, ready } = this.#settings;
    const { xml } = await answerOf(this.#form.root);
    const files = (await storage.filesOf(fiche.id)).map(({ name }) => name).filter((name) => xml.includes(name));
    this.#closed = true;
    const locked: Fiche = { ...fiche, xml, files, sentAt: now(), savedAt: now(), tries: 0, nextAt: 0, problem: "" };
    try {
      if (!(await storage.keepAgain(locked))) {
        this.drop();
        this.#settings.gone();
        return;
      }
    } catch {
      this.#closed = false;
      say(this.#status, WORDS.notSaved);
      return;
    }
    ready(locked);
  }

  get id(): string {
    return this.#settings.fiche.id;
  }

  /** Write nothing more: the fiche was taken off the device. */
  drop(): void {
    this.#closed = true;
    this.#behind = false;
    this.#ends();
    this.view.end();
  }

  /** Write what is not written, and hear nothing more. */
  async close(): Promise<void> {
    if (!this.#closed) await this.save();
    this.#closed = true;
    this.#ends();
    this.view.end();
  }
}
