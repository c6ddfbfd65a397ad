// Sending what is to be sent: one tab at a time, one fiche after the other, later again when it does not go.
import { reach, send, type Ending, type Reached, type Site } from "./sending.ts";
import type { Fiche, FieldStorage } from "./storage.ts";

export interface Outside {
  storage: FieldStorage;
  stateAddress: string;
  sendAddress: string;
  fetch: typeof fetch;
  locks: LockManager;
  now: () => number;
  /** Something changed: lists are to be read again, here and in the other tabs. */
  changed: (said?: { fiche: Fiche; ending: Ending }) => void;
  /** These fiches were taken off: somebody whom they name withdrew. */
  withdrawn: (ids: string[]) => void | Promise<void>;
}

const LOCK = "nuserus-terrain-envoi";
// Whole numbers only: a short one would be found anywhere.
const NUMBER = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 10 * 60_000;

/** How long to wait after so many tries: twice as long each time, not all devices at the same second. */
export const pauseAfter = (tries: number, chance = Math.random()): number =>
  Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(tries, 10)) * (0.75 + chance / 2);

export class Outbox {
  readonly #outside: Outside;
  #busy = false;
  #again = false;

  constructor(outside: Outside) {
    this.#outside = outside;
  }

  get isBusy(): boolean {
    return this.#busy;
  }

  /** Send what is due; with `all`, also what waits for its next try or was refused. What the site says of who is there. */
  async run(all = false): Promise<Reached | undefined> {
    if (this.#busy) {
      this.#again = true;
      return undefined;
    }
    this.#busy = true;
    let reached: Reached | undefined;
    try {
      do {
        this.#again = false;
        // each request ends by itself, so the lock is never held for ever
        reached = await this.#outside.locks.request(LOCK, { ifAvailable: true }, async (lock) =>
          lock ? this.#sendAll(all) : undefined,
        );
      } while (this.#again);
    } finally {
      this.#busy = false;
    }
    this.#outside.changed();
    return reached;
  }

  async #sendAll(all: boolean): Promise<Reached> {
    const { storage, stateAddress, fetch, now, withdrawn } = this.#outside;
    const reached = await reach(stateAddress, (address, options) => fetch(address, options));
    if (reached.kind !== "known") return reached;
    // before anything leaves: what a person took back does not
    const gone = await storage.forgetNaming((reached.site.forgotten ?? []).filter((number) => NUMBER.test(number)));
    if (gone.length > 0) await withdrawn(gone);
    const due = (await storage.fiches()).filter(
      (fiche) => fiche.sentAt !== undefined && fiche.account === reached.site.account && (all || fiche.nextAt <= now()),
    );
    for (const fiche of due) {
      const ending = await this.#sendOne(fiche, reached.site);
      if (ending.kind === "signed-out") return { kind: "signed-out" };
    }
    return reached;
  }

  async #sendOne(fiche: Fiche, site: Site): Promise<Ending> {
    const { storage, sendAddress, fetch, now, changed } = this.#outside;
    // from the first try on, the site may have it: it can no longer be changed here
    await storage.change(fiche.id, (one) => (one.tries += 1));
    const kept = await storage.filesOf(fiche.id);
    const files = kept.filter(({ name }) => fiche.files.includes(name));
    const ending = await send({ fiche, files }, sendAddress, site.token, (address, options) => fetch(address, options));
    if (ending.kind === "acknowledged") await storage.forget(fiche.id);
    else {
      await storage.change(fiche.id, (one) => {
        one.problem = ending.kind === "refused" ? ending.words : "";
        one.nextAt = ending.kind === "refused" ? Number.MAX_SAFE_INTEGER : now() + pauseAfter(one.tries);
      });
    }
    changed({ fiche, ending });
    return ending;
  }
}
