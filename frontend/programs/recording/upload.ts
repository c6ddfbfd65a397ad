// One file to the site, piece after piece: what was acknowledged is never sent again, what was not is.
import type { Announced, Ending, Site } from "./protocol.ts";
import { Sha256 } from "./sha256.ts";
import { sha256Of } from "../voice/sending.ts";

export type Outcome =
  | { kind: "stored" }
  | { kind: "paused" }
  | { kind: "signed-out" }
  | { kind: "refused"; message: string };

export interface Watcher {
  /** Bytes that the site has, of the whole. */
  sent: (offset: number, size: number) => void;
  /** It tries again after this many milliseconds; 0 when it does. */
  waiting: (milliseconds: number, offline: boolean) => void;
}

// A little more each time, then every minute for as long as the page is open.
const WAITS = [500, 1_000, 3_000, 10_000, 30_000, 60_000];

export class Upload {
  readonly #blob: Blob;
  readonly #site: Site;
  readonly #watcher: Watcher;
  readonly #piece: number;
  #stopped = false;
  #wake: (() => void) | undefined;
  url = "";

  constructor(blob: Blob, site: Site, piece: number, watcher: Watcher) {
    this.#blob = blob;
    this.#site = site;
    this.#piece = piece;
    this.#watcher = watcher;
  }

  /** Stop after the piece that is under way. */
  pause(): void {
    this.#stopped = true;
    this.#wake?.();
  }

  /** The network is back: do not wait any longer. */
  hurry(): void {
    this.#wake?.();
  }

  /** Send until the site has it all, or somebody stops it. Never throws. */
  async run(beginUrl: string, origin: Announced["origin"]): Promise<Outcome> {
    const size = this.#blob.size;
    const first = await this.#digest(0);
    let whole = new Sha256();
    let offset = -1;
    for (;;) {
      if (this.#stopped) return { kind: "paused" };
      let ending: Ending;
      if (offset < 0) {
        ending = await this.#insist(() => this.#site.begin(beginUrl, { size, first, origin }));
      } else if (offset < size) {
        const bytes = await this.#bytes(offset);
        const sha256 = await sha256Of(new Blob([bytes]));
        ending = await this.#insist(() => this.#site.piece(this.url, offset, bytes, sha256));
      } else {
        whole = await this.#upTo(size, whole);
        const sha256 = whole.end();
        ending = await this.#insist(() => this.#site.finish(this.url, sha256));
        whole = new Sha256();
      }
      if (ending.kind === "at") {
        this.url = ending.url;
        // The site goes back when it lost what it had not acknowledged: so does the sum.
        if (ending.offset < whole.length) whole = new Sha256();
        offset = Math.min(ending.offset, size);
        whole = await this.#upTo(offset, whole);
        this.#watcher.sent(offset, size);
      } else if (ending.kind !== "unreachable") {
        return ending.kind === "refused" ? { kind: "refused", message: ending.message } : ending;
      }
    }
  }

  /** Ask until the site answers, or somebody stops it. */
  async #insist(ask: () => Promise<Ending>): Promise<Ending> {
    for (let turn = 0; ; turn += 1) {
      const ending = await ask();
      if (ending.kind !== "unreachable" || this.#stopped) return ending;
      const wait = WAITS[Math.min(turn, WAITS.length - 1)] ?? 60_000;
      this.#watcher.waiting(wait, ending.offline);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, wait);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = undefined;
      if (this.#stopped) return ending;
      this.#watcher.waiting(0, false);
    }
  }

  async #upTo(offset: number, whole: Sha256): Promise<Sha256> {
    while (whole.length < offset) {
      const end = Math.min(offset, whole.length + this.#piece);
      whole.add(new Uint8Array(await this.#blob.slice(whole.length, end).arrayBuffer()));
    }
    return whole;
  }

  async #bytes(offset: number): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.#blob.slice(offset, offset + this.#piece).arrayBuffer());
  }

  async #digest(offset: number): Promise<string> {
    return sha256Of(new Blob([await this.#bytes(offset)]));
  }
}
