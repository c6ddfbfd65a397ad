// The program of the field: it opens without network, fills in, keeps, and sends when it can.
import { button, make, say } from "./dom.ts";
import { Filling } from "./filling.ts";
import { keepForms } from "./forms.ts";
import { Home } from "./home.ts";
import { Outbox } from "./outbox.ts";
import { Person } from "./person.ts";
import { Redraws } from "./redraws.ts";
import { askToKeep, estimated, warningsFor } from "./room.ts";
import type { Ending, Reached } from "./sending.ts";
import { FieldStorage, type Fiche, type KeptForm } from "./storage.ts";
import { Top } from "./top.ts";
import { sealed, unsealed } from "./vault.ts";
import { speak, WORDS } from "./words.ts";

// A device that is online forgets within seconds what a person took back: that is asked while it keeps any fiche.
const BEAT = 4_000;
const LANGUAGE = "language";
// How long the list waits for the site to say who is there, before it is shown as the device knows it.
const SHOWN_AFTER = 1_500;
const SPEECH = "speech";
const WITHDRAWN = "withdrawn";

export class Shell {
  readonly #storage = new FieldStorage(indexedDB);
  readonly #channel = new BroadcastChannel("nuserus-terrain");
  readonly #person = new Person(this.#storage);
  readonly #redraws = new Redraws(() => this.#draw());
  readonly #top: Top;
  readonly #main = make("main", { id: "contenu", tabindex: "-1", class: "nu-column nu-flow" });
  #home: Home;
  #speech = "";
  readonly #outbox: Outbox;
  readonly #place: HTMLElement;
  #filling: Filling | undefined;
  #leave: (() => void) | undefined;
  #begun = false;

  constructor(place: HTMLElement) {
    this.#place = place;
    const { nuState: stateAddress = "", nuSend: sendAddress = "", nuSignIn: signIn = "/" } = place.dataset;
    this.#top = new Top(signIn);
    this.#outbox = new Outbox({
      storage: this.#storage,
      stateAddress,
      sendAddress,
      fetch: (address, options) => fetch(address, options),
      locks: navigator.locks,
      now: () => Date.now(),
      changed: (told) => this.#changed(told),
      withdrawn: (ids) => this.#withdraw(ids),
    });
    this.#home = this.#newHome();
  }

  #newHome(): Home {
    return new Home({
      begin: (form) => void this.#begin(form),
      resume: (fiche) => this.#go(fiche.id),
      erase: (fiche) => void this.#erase(fiche),
      takeBack: (fiche) => void this.#takeBack(fiche),
      sendAll: () => void this.#send(true),
      understood: () => void this.#storage.say(WITHDRAWN, "").then(() => this.#changed()),
      exportAll: (sentence) => this.#export(sentence),
      importAll: (file, sentence) => this.#import(file, sentence),
    });
  }

  async start(): Promise<void> {
    this.#say(await this.#storage.said(SPEECH).catch(() => ""));
    // the page's own words stay until the list is known: a page without a heading says nothing to who cannot see it
    this.#main.append(...(this.#place.querySelector("main")?.childNodes ?? []));
    this.#place.replaceChildren(this.#top.element, this.#main);
    await this.#person.recall();
    this.#channel.addEventListener("message", () => void this.#hear());
    addEventListener("hashchange", () => void this.#route());
    addEventListener("online", () => void this.#send(true));
    addEventListener("offline", () => void this.#refresh());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") void this.#send();
      else void this.#filling?.save();
    });
    addEventListener("pagehide", () => void this.#filling?.save());
    setInterval(() => void this.#beat(), BEAT);
    const sending = this.#send();
    if (navigator.onLine) await Promise.race([sending, new Promise((resolve) => setTimeout(resolve, SHOWN_AFTER))]);
    this.#begun = true;
    await this.#route();
    await sending;
  }

  // -- in which language

  /** Say everything in this language: what is on the page is written again. */
  #say(language: string): void {
    if (this.#speech === language && this.#top.element.firstChild) return;
    this.#speech = language;
    speak(language);
    const root = document.documentElement;
    root.lang = WORDS.locale.slice(0, 2);
    for (const [where, words] of [[".govuk-skip-link", WORDS.skip], [".nu-field__away", WORDS.away], [".nu-footer p", WORDS.neverNames]] as const) {
      const found = document.querySelector(where);
      if (found) say(found, words);
    }
    document.title = `${WORDS.title} · nuserus`;
    this.#top.renew();
    const home = this.#newHome();
    if (this.#main.firstChild === this.#home.element) this.#main.replaceChildren(home.element);
    this.#home = home;
  }

  async #learnSpeech(language: string): Promise<void> {
    if (language === this.#speech) return;
    await this.#storage.say(SPEECH, language).catch(() => undefined);
    this.#say(language);
    // a fiche that is open is read again in the other language, as it was left
    if (this.#filling) await this.#route();
  }

  // -- where we are

  #go(id: string): void {
    location.hash = id ? `#fiche/${id}` : "";
    if (!id) void this.#route();
  }

  async #route(): Promise<void> {
    const id = /^#fiche\/([\w-]+)$/.exec(location.hash)?.[1];
    await this.#filling?.close();
    this.#filling = undefined;
    this.#leave?.();
    this.#leave = undefined;
    const fiche = id ? await this.#storage.fiche(id).catch(() => undefined) : undefined;
    if (fiche && fiche.sentAt === undefined && fiche.account === this.#person.shown) await this.#open(fiche);
    else this.#showHome();
    await this.#refresh();
  }

  #showHome(): void {
    if (this.#main.firstChild === this.#home.element) return;
    const focused = this.#main.contains(document.activeElement);
    this.#main.replaceChildren(this.#home.element);
    if (focused) this.#home.focus();
  }

  async #open(fiche: Fiche): Promise<void> {
    const back = button(WORDS.back, "plain", () => this.#go(""));
    // one tab at a time writes in a fiche; the lock ends with the tab
    const held = await new Promise<boolean>((resolve) => {
      void navigator.locks.request(`nuserus-fiche-${fiche.id}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock ? new Promise<void>((end) => (this.#leave = end)) : undefined;
      });
    });
    if (!held) {
      this.#main.replaceChildren(make("h1", {}, fiche.title), make("p", {}, WORDS.openElsewhere), back);
      return;
    }
    try {
      const form = await this.#storage.form(fiche.account, fiche.form, fiche.version);
      if (!form) throw new Error("no form");
      this.#filling = await Filling.open({
        storage: this.#storage,
        fiche,
        form,
        language: (await this.#storage.said(LANGUAGE)) || this.#speech,
        languageChosen: (language) => void this.#storage.say(LANGUAGE, language),
        ready: (locked) => void this.#ready(locked),
        gone: () => this.#lost(),
        now: () => Date.now(),
      });
      this.#main.replaceChildren(make("p", {}, back), this.#filling.element);
      this.#filling.view.focus();
    } catch {
      const words = fiche.xml ? WORDS.brokenDraft : WORDS.brokenForm;
      this.#main.replaceChildren(make("h1", {}, fiche.title), make("p", {}, words), back);
    }
  }

  // -- fiches

  async #begin(form: KeptForm): Promise<void> {
    void askToKeep();
    const now = Date.now();
    const fiche: Fiche = {
      id: crypto.randomUUID(),
      account: form.account,
      form: form.form,
      version: form.version,
      title: form.title,
      xml: "",
      begunAt: now,
      savedAt: now,
      files: [],
      tries: 0,
      nextAt: 0,
      problem: "",
    };
    try {
      await this.#storage.keep(fiche);
    } catch {
      this.#top.tell(WORDS.notSaved);
      return;
    }
    this.#go(fiche.id);
  }

  async #ready(fiche: Fiche): Promise<void> {
    this.#top.tell("");
    this.#go("");
    this.#channel.postMessage("changed");
    await this.#send(fiche.tries === 0);
  }

  /** The fiche that was open is no longer here: what is on the screen goes too. */
  #lost(): void {
    this.#filling?.drop();
    this.#filling = undefined;
    this.#top.tell(WORDS.gone);
    this.#go("");
  }

  /** Somebody withdrew: their fiches left this device; what is shown of them leaves the screen, here and elsewhere. */
  async #withdraw(ids: string[]): Promise<void> {
    const before = Number(await this.#storage.said(WITHDRAWN).catch(() => "")) || 0;
    await this.#storage.say(WITHDRAWN, String(before + ids.length)).catch(() => undefined);
    if (this.#filling && ids.includes(this.#filling.id)) this.#lost();
    this.#channel.postMessage("changed");
    await this.#refresh();
  }

  async #erase(fiche: Fiche): Promise<void> {
    if (!confirm(WORDS.eraseSure)) return;
    await this.#storage.forget(fiche.id);
    this.#changed();
    this.#home.focus();
  }

  async #takeBack(fiche: Fiche): Promise<void> {
    let free = false;
    await this.#storage.change(fiche.id, (one) => {
      free = one.tries === 0;
      if (free) one.sentAt = undefined;
    });
    if (free) this.#go(fiche.id);
    else void this.#refresh();
  }

  async #export(sentence: string): Promise<string> {
    const made = await sealed(this.#storage, this.#person.shown, sentence);
    if (!made) return WORDS.nothingToExport;
    const address = URL.createObjectURL(made.file);
    const link = make("a", { href: address, download: `fiches-${new Date().toISOString().slice(0, 10)}.nuserus` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    return WORDS.exported(made.count);
  }

  async #import(file: File, sentence: string): Promise<string> {
    const count = await unsealed(this.#storage, this.#person.account, file, sentence);
    this.#changed();
    // the file may be older than what somebody took back
    void this.#send();
    return WORDS.imported(count);
  }

  // -- the site

  async #beat(): Promise<void> {
    const seen = document.visibilityState === "visible";
    const kept = seen && navigator.onLine && (await this.#storage.fiches().catch(() => [])).length > 0;
    if (kept) await this.#send();
    else await this.#refresh();
  }

  async #send(all = false): Promise<void> {
    await this.#learn(await this.#outbox.run(all));
    await this.#refresh();
  }

  async #learn(reached: Reached | undefined): Promise<void> {
    if (!reached || reached.kind === "unreachable") return;
    const before = this.#person.shown;
    await this.#person.learn(reached);
    if (before !== this.#person.shown) {
      this.#channel.postMessage("person");
      await this.#turn(before);
    }
    if (reached.kind === "signed-out") return;
    await this.#learnSpeech(reached.site.language ?? "");
    await keepForms(this.#storage, reached.site).catch(() => undefined);
  }

  /** What another tab learnt. */
  async #hear(): Promise<void> {
    const before = this.#person.shown;
    await this.#person.recall();
    if (before !== this.#person.shown) {
      await this.#turn(before);
      return;
    }
    const open = this.#filling;
    if (open && !(await this.#storage.fiche(open.id).catch(() => true))) this.#lost();
    await this.#refresh();
  }

  /** Somebody else is there, or nobody: a fiche that is open is saved and closed. */
  async #turn(before: string): Promise<void> {
    if (before) this.#top.tell("");
    if (this.#begun) await this.#route();
  }

  // -- what is said

  #changed(told?: { fiche: Fiche; ending: Ending }): void {
    if (told?.ending.kind === "acknowledged") {
      const { title } = told.fiche;
      this.#top.tell(told.ending.aside ? WORDS.sentAside(title, told.ending.words) : WORDS.sent(title));
    }
    this.#channel.postMessage("changed");
    void this.#refresh();
  }

  #refresh(): Promise<void> {
    return this.#redraws.ask();
  }

  async #draw(): Promise<void> {
    const all = await this.#storage.fiches().catch(() => []);
    const mine = all.filter((fiche) => fiche.account === this.#person.shown);
    this.#top.unsent(all.length);
    this.#top.network(all.length, this.#person.signedOut);
    if (this.#main.firstChild !== this.#home.element) return;
    const forms = (await this.#storage.forms(this.#person.shown).catch(() => [])).filter((form) => form.offered);
    this.#home.show({
      forms: forms.sort((one, other) => one.title.localeCompare(other.title, "fr")),
      drafts: mine.filter((fiche) => fiche.sentAt === undefined),
      waiting: mine.filter((fiche) => fiche.sentAt !== undefined),
      others: all.filter((fiche) => fiche.account !== this.#person.account).length,
      account: this.#person.shown,
      closed: this.#person.closed && this.#person.account !== "",
      busy: this.#outbox.isBusy,
      warnings: warningsFor(await estimated(), all, Date.now()),
      withdrawn: Number(await this.#storage.said(WITHDRAWN).catch(() => "")) || 0,
    });
  }
}
