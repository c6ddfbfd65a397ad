// Keeps the answers of one form: first on the device, then on the server, and says which.
import { bothTexts, readFields, readServed, sameFields, writeFields, type Fields } from "./fields.ts";
import type { Ending, Letter } from "./sending.ts";
import type { DeviceStorage, Kept } from "./storage.ts";
import type { Teller } from "./telling.ts";

export interface Surroundings {
  storage: DeviceStorage;
  send: (letter: Letter) => Promise<Ending>;
  /** A fresh proof of origin for the same account, or nothing when somebody else (or nobody) is signed in. */
  freshToken: () => Promise<string | undefined>;
  teller: Teller;
  later: (action: () => void, delay: number) => number;
  cancel: (timer: number) => void;
  now: () => number;
  signInAddress: () => string;
  /** Hand the form to the browser, as if it had been sent without this program. */
  submit: (submitter: HTMLElement | null) => void;
}

export const PAUSE = 800;
const FIRST_RETRY = 2_000;
const LAST_RETRY = 60_000;
// Sent and unanswered versions that are remembered: enough for a bad connection, small on the device.
const REMEMBERED = 5;

export class DraftKeeper {
  readonly #form: HTMLFormElement;
  readonly #around: Surroundings;
  readonly #url: string;
  readonly #key: string;
  readonly #account: string;
  #revision: number;
  #acknowledged: Fields;
  #unanswered: Fields[] = [];
  #kept = false;
  #timer: number | undefined;
  #retryDelay = FIRST_RETRY;
  #sending: Promise<void> | undefined;
  #conflict = false;
  #leaving = false;
  #token: string;
  #last: Ending["kind"] | "" = "";

  constructor(form: HTMLFormElement, around: Surroundings) {
    const said = form.dataset;
    this.#form = form;
    this.#around = around;
    this.#url = said["nuDraftUrl"] ?? "";
    this.#key = said["nuDraftKey"] ?? "";
    this.#account = said["nuDraftAccount"] ?? "";
    this.#revision = Number(said["nuDraftRevision"] ?? 0);
    this.#token = form.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
    this.#acknowledged = readServed(form);
  }

  get key(): string {
    return this.#key;
  }

  /** Bring back what this device still holds, then look after whatever differs from the server. */
  async start(): Promise<void> {
    const kept = await this.#find();
    if (kept) await this.#takeUp(kept);
    else if (this.#differs()) await this.save();
  }

  /** Somebody typed: wait for a pause, then save. */
  changed(): void {
    this.#wait(PAUSE, () => void this.save());
  }

  /**
   * Save now: on the device, then on the server; one request at a time. A page that is closing is
   * `urgent`: it may not live until the device has answered, so both start together.
   */
  async save(urgent = false): Promise<void> {
    this.#stopWaiting();
    if (!this.isBehind()) {
      if (this.#kept) await this.#keep().then(() => this.#forget(this.#acknowledged));
      return;
    }
    const keeping = this.#keep();
    if (!urgent) await keeping;
    if (this.#conflict) return;
    // The running request looks again at the end, so that the newest answer follows it.
    this.#sending ??= this.#sendUntilEqual(urgent).finally(() => (this.#sending = undefined));
    await this.#sending;
  }

  /** The network or the person is back: try again without waiting. */
  async resume(): Promise<void> {
    this.#retryDelay = FIRST_RETRY;
    await this.save();
  }

  /** « Continuer »: leave only when the server has the answer, or wants to say what is wrong with it. */
  async leave(submitter: HTMLElement | null): Promise<void> {
    // Two taps are one departure.
    if (this.#leaving) return;
    this.#leaving = true;
    await this.save().finally(() => (this.#leaving = false));
    const free = !this.isBehind() || (this.#last === "refused" && !this.#conflict);
    if (free) this.#around.submit(submitter);
  }

  /** Whether the server lacks something that is written here, or may hold something else. */
  isBehind(): boolean {
    return this.#conflict || this.#unanswered.length > 0 || this.#differs();
  }

  async #sendUntilEqual(urgent: boolean): Promise<void> {
    for (;;) {
      const fields = readFields(this.#form);
      this.#around.teller.saving();
      this.#unanswered = [...this.#unanswered, fields].slice(-REMEMBERED);
      const keeping = this.#keep();
      if (!urgent) await keeping;
      const ending = await this.#around.send(this.#letter(fields));
      this.#last = ending.kind;
      const goOn = await this.#take(ending, fields);
      if (!goOn) return;
    }
  }

  #letter(fields: Fields): Letter {
    return { url: this.#url, fields, revision: this.#revision, token: this.#token };
  }

  /** Draw the consequences of one ending; true when another request must follow at once. */
  async #take(ending: Ending, sent: Fields): Promise<boolean> {
    if (ending.kind === "saved") return this.#takeSaved(ending.revision, ending.savedAt, sent);
    if (ending.kind === "conflict") return this.#takeConflict(ending.revision, { ...sent, ...ending.fields });
    // Everything but a silence says for sure that the server did not take it.
    if (ending.kind !== "unreachable") this.#unanswered = this.#unanswered.filter((one) => one !== sent);
    if (ending.kind === "forbidden") return this.#takeForbidden();
    if (ending.kind === "signed-out") this.#around.teller.signedOut(this.#around.signInAddress(), this.#kept);
    if (ending.kind === "refused") this.#around.teller.refused(ending.message, this.#kept);
    if (ending.kind === "unreachable") {
      this.#around.teller.unreachable(ending.offline, this.#kept);
      this.#retry();
    }
    return false;
  }

  async #takeSaved(revision: number, savedAt: Date, sent: Fields): Promise<boolean> {
    this.#rebase(revision, sent);
    await this.#forget(sent);
    this.#around.teller.settled();
    if (this.#differs()) return true;
    this.#around.teller.saved(savedAt);
    return false;
  }

  /** `theirs` is complete: what the server does not name, it does not dispute. */
  async #takeConflict(revision: number, theirs: Fields): Promise<boolean> {
    // The other version may be our own, sent before and never answered: then nobody disagrees.
    const ours = this.#unanswered.some((one) => sameFields(one, theirs));
    if (ours) {
      this.#rebase(revision, theirs);
      await this.#forget(theirs);
      if (this.#differs()) return true;
      this.#around.teller.saved(new Date(this.#around.now()));
      return false;
    }
    this.#ask(revision, theirs);
    return false;
  }

  async #takeForbidden(): Promise<boolean> {
    const token = await this.#around.freshToken();
    if (token !== undefined && token !== this.#token) {
      this.#token = token;
      return true;
    }
    this.#last = "signed-out";
    this.#around.teller.signedOut(this.#around.signInAddress(), this.#kept);
    return false;
  }

  #ask(revision: number, theirs: Fields): void {
    this.#conflict = true;
    this.#around.teller.conflict(readFields(this.#form), theirs, {
      keepMine: () => {
        this.#settle(revision, theirs);
        void this.save();
      },
      keepBoth: () => {
        writeFields(this.#form, bothTexts(theirs, readFields(this.#form)));
        this.#settle(revision, theirs);
        void this.save();
      },
      takeTheirs: () => {
        writeFields(this.#form, theirs);
        this.#settle(revision, theirs);
        void this.#keep().then(() => this.#forget(theirs));
        this.#around.teller.saved(new Date(this.#around.now()));
      },
    });
  }

  #settle(revision: number, theirs: Fields): void {
    this.#conflict = false;
    this.#rebase(revision, theirs);
    this.#around.teller.settled();
  }

  #rebase(revision: number, acknowledged: Fields): void {
    this.#revision = revision;
    this.#acknowledged = acknowledged;
    this.#unanswered = [];
    this.#retryDelay = FIRST_RETRY;
    this.#form.dataset["nuDraftRevision"] = String(revision);
    const field = this.#form.querySelector<HTMLInputElement>("input[name=revision]");
    if (field) field.value = String(revision);
  }

  async #takeUp(kept: Kept): Promise<void> {
    this.#kept = true;
    const served = this.#acknowledged;
    if (sameFields(kept.fields, served)) {
      await this.#forget(served);
      return;
    }
    const sameGround = kept.base === this.#revision || kept.sent.some((one) => sameFields(one, served));
    writeFields(this.#form, kept.fields);
    if (!sameGround) {
      this.#ask(this.#revision, served);
      return;
    }
    this.#unanswered = kept.base === this.#revision ? kept.sent : [];
    this.#around.teller.restored();
    await this.save();
  }

  #differs(): boolean {
    return !sameFields(readFields(this.#form), this.#acknowledged);
  }

  async #find(): Promise<Kept | undefined> {
    if (!this.#account) return undefined;
    return this.#around.storage.find(this.#account, this.#key).catch(() => undefined);
  }

  /** Without an account there is nobody to give the copy back to, so none is made. */
  async #keep(): Promise<void> {
    if (!this.#account) return;
    const copy: Kept = {
      account: this.#account,
      key: this.#key,
      url: this.#url,
      fields: readFields(this.#form),
      base: this.#revision,
      at: this.#around.now(),
      sent: this.#unanswered,
    };
    this.#kept = await this.#around.storage.keep(copy).then(
      () => true,
      () => false,
    );
  }

  async #forget(acknowledged: Fields): Promise<void> {
    const gone = await this.#around.storage.forget(this.#account, this.#key, acknowledged).catch(() => false);
    if (gone) this.#kept = false;
  }

  #retry(): void {
    const delay = this.#retryDelay;
    this.#retryDelay = Math.min(delay * 2, LAST_RETRY);
    this.#wait(delay, () => void this.save());
  }

  #wait(delay: number, action: () => void): void {
    this.#stopWaiting();
    this.#timer = this.#around.later(() => {
      this.#timer = undefined;
      if (this.#form.isConnected) action();
    }, delay);
  }

  #stopWaiting(): void {
    if (this.#timer !== undefined) this.#around.cancel(this.#timer);
    this.#timer = undefined;
  }
}
