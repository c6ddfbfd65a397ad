// The recording of one interview: chosen or made here, kept on the device, sent in pieces, forgotten once it is there.
import { Panel } from "./panel.ts";
import { Upload } from "./upload.ts";
import type { Site } from "./protocol.ts";
import { Alone } from "../voice/alone.ts";
import { noMicrophone, VoiceRecorder } from "../voice/recorder.ts";
import type { Kept, RecordingStorage } from "../voice/storage.ts";
import { Take } from "../voice/take.ts";
import { withDuration } from "../voice/webm.ts";
import type { Words } from "../words.ts";

export interface Surroundings {
  storage: RecordingStorage;
  site: Site;
  words: Words;
  microphone: boolean;
  locks: LockManager | undefined;
  /** Show the recordings of the interview as the server has them now. */
  refresh: () => Promise<void>;
  sure: (question: string) => boolean;
}

const LONGEST = 4 * 3600;

export class RecordingKeeper {
  readonly #block: HTMLElement;
  readonly #around: Surroundings;
  readonly #panel: Panel;
  readonly #limit: number;
  #recorder: VoiceRecorder | undefined;
  #upload: Upload | undefined;
  readonly #alone: Alone;
  #take: Take | undefined;
  /** A microphone is being asked for, or a file read. */
  #opening = false;
  #begun = "";
  #size = 0;

  constructor(block: HTMLElement, box: HTMLElement, around: Surroundings) {
    this.#block = block;
    this.#around = around;
    this.#limit = Number(block.dataset["nuRecordingLimit"]) || Infinity;
    const { nuRecordingAccount: account = "", nuRecordingKey: key = "" } = block.dataset;
    this.#alone = new Alone(around.locks, `nuserus-interview-${account}-${key}`);
    const acts = {
      begin: () => void this.#begin(),
      pause: () => this.#pause(),
      resume: () => this.#resume(),
      stop: () => this.#recorder?.stop(),
      hold: () => this.#upload?.pause(),
      send: () => void this.send(),
      erase: () => void this.#erase(),
    };
    this.#panel = new Panel(box, around.words, acts, around.microphone);
  }

  /** Bring back what this device still holds for this interview; what was to be sent is sent. */
  async start(): Promise<void> {
    this.#panel.show("ready");
    const { nuRecordingAccount: account = "", nuRecordingKey: key = "" } = this.#block.dataset;
    const all = await this.#around.storage.allOf(account).catch(() => []);
    const first = all.find((kept) => kept.key === key);
    if (!first) return;
    if (!(await this.#alone.take())) {
      this.#panel.note(this.#around.words.otherTab);
      return;
    }
    const take = this.#newTake(first);
    if ((await take.sound()).size === 0) {
      await take.forget();
      this.#alone.leave();
      return;
    }
    this.#take = take;
    this.#panel.note(this.#around.words.fieldRestored);
    await this.send(false);
  }

  /** The network is back. */
  hurry(): void {
    this.#upload?.hurry();
  }

  /** Whether leaving the page would cut something. */
  isBehind(): boolean {
    return this.#recorder !== undefined || this.#take?.isHeld === true;
  }

  /** Whether something is recorded or sent: nothing else may begin. */
  get busy(): boolean {
    return this.#opening || this.#recorder !== undefined || this.#upload !== undefined || this.#take !== undefined;
  }

  /** Send a file of the device. */
  async choose(file: File | undefined): Promise<void> {
    const words = this.#around.words;
    if (this.busy) return;
    if (!file || file.size === 0) {
      this.#panel.note(words.fieldEmpty);
      return;
    }
    if (file.size > this.#limit) {
      this.#panel.note(words.fieldTooHeavy(this.#panel.size(file.size), this.#panel.size(this.#limit)));
      return;
    }
    await this.#opened(async () => {
      const take = this.#newTake({ ...this.#head(file.type), title: file.name }, words.fieldNotKept);
      take.write(file);
      this.#take = take;
    });
    if (this.#take) await this.send(false);
  }

  async send(quiet = true): Promise<void> {
    const take = this.#take;
    if (!take || this.#recorder) return;
    if (this.#upload) {
      this.#upload.hurry();
      return;
    }
    const { url, title, seconds } = take.kept;
    const sound = await take.sound();
    const blob = title === undefined ? await withDuration(sound, seconds) : sound;
    if (quiet) this.#panel.note("");
    this.#panel.show("sending");
    this.#panel.sent(0, blob.size);
    const piece = Number(this.#block.dataset["nuRecordingPiece"]) || 1024 * 1024;
    const words = this.#around.words;
    this.#upload = new Upload(blob, this.#around.site, piece, {
      sent: (offset, size) => this.#panel.sent(offset, size),
      waiting: (wait, offline) => {
        this.#panel.show(wait ? "waiting" : "sending");
        this.#panel.note(wait ? (offline ? words.fieldOffline : words.fieldServerDown) : "");
      },
    });
    const outcome = await this.#upload.run(url, title === undefined ? "microphone" : "file");
    this.#begun = this.#upload.url;
    this.#upload = undefined;
    // Given up meanwhile.
    if (this.#take !== take) return;
    if (outcome.kind === "stored") {
      await this.#forget(take);
      this.#panel.show(this.#around.microphone ? "ready" : "stored");
      this.#panel.note(words.fieldStored);
      await this.#around.refresh();
      await this.#next();
      return;
    }
    this.#panel.show(outcome.kind === "refused" ? "refused" : "stopped");
    if (outcome.kind === "refused") this.#panel.note(outcome.message || words.fieldRefused);
    if (outcome.kind === "signed-out") this.#panel.note(words.fieldSignedOut);
  }

  /** Another one may have waited behind the one that has just arrived. */
  async #next(): Promise<void> {
    const { nuRecordingAccount: account = "", nuRecordingKey: key = "" } = this.#block.dataset;
    const all = await this.#around.storage.allOf(account).catch(() => []);
    if (!this.busy && all.some((kept) => kept.key === key)) await this.start();
  }

  /** Begin something, when nothing else is under way here or in another tab. */
  async #opened(begin: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.#opening = true;
    this.#panel.note("");
    try {
      if (await this.#alone.take()) await begin();
      else this.#panel.note(this.#around.words.otherTab);
    } finally {
      this.#opening = false;
    }
  }

  async #begin(): Promise<void> {
    const words = this.#around.words;
    await this.#opened(async () => {
      this.#size = 0;
      try {
        this.#recorder = await VoiceRecorder.begin(LONGEST, {
          part: (sound) => this.#write(sound),
          passed: (seconds, level, deaf) => {
            this.#panel.passed(seconds, level);
            this.#panel.deaf(deaf);
          },
          ended: (seconds) => void this.#ended(seconds),
        });
      } catch (reason) {
        this.#alone.leave();
        this.#panel.note(noMicrophone(reason, words));
        return;
      }
      this.#take = this.#newTake(this.#head(this.#recorder.type), words.fieldNotKeptVoice);
      this.#panel.show("recording");
    });
  }

  #head(type: string): Kept {
    const { nuRecordingAccount: account = "", nuRecordingKey: key = "", nuRecordingUrl: url = "" } = this.#block.dataset;
    return { account, key, at: Date.now(), url, type, seconds: 0, wanted: true };
  }

  #newTake(kept: Kept, failed = ""): Take {
    return new Take(this.#around.storage, kept, () => this.#panel.note(failed));
  }

  #write(sound: Blob): void {
    const take = this.#take;
    if (!take) return;
    this.#size += sound.size;
    if (this.#size > this.#limit * 0.95) this.#recorder?.stop();
    take.kept.seconds = this.#recorder?.seconds ?? take.kept.seconds;
    take.write(sound);
  }

  async #ended(seconds: number): Promise<void> {
    this.#recorder = undefined;
    this.#panel.deaf(false);
    const take = this.#take;
    if (!take) return;
    take.kept.seconds = seconds;
    // the same length when the page is opened again: the upload goes on with the same first piece
    await take.sound();
    await this.#around.storage.keep(take.kept).catch(() => undefined);
    await this.send(false);
  }

  #pause(): void {
    this.#recorder?.pause();
    this.#panel.deaf(false);
    this.#panel.show("paused");
  }

  #resume(): void {
    this.#recorder?.resume();
    this.#panel.show("recording");
  }

  async #erase(): Promise<void> {
    const take = this.#take;
    if (!take || !this.#around.sure(this.#around.words.fieldSure)) return;
    const begun = this.#upload?.url || this.#begun;
    this.#upload?.pause();
    await this.#forget(take);
    this.#panel.note("");
    this.#panel.show("ready");
    // The site forgets what came by itself after some days; now is better.
    if (begun) await this.#around.site.abandon(begun);
    await this.#around.refresh();
  }

  async #forget(take: Take): Promise<void> {
    this.#begun = "";
    this.#take = undefined;
    await take.forget();
    this.#alone.leave();
  }
}
