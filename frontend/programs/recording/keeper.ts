// The recording of one interview: chosen or made here, kept on the device, sent in pieces, forgotten once it is there.
import { Panel } from "./panel.ts";
import { Upload } from "./upload.ts";
import type { Site } from "./protocol.ts";
import type { Kept, RecordingStorage } from "../voice/storage.ts";
import { VoiceRecorder } from "../voice/recorder.ts";
import type { Words } from "../words.ts";

export interface Surroundings {
  storage: RecordingStorage;
  site: Site;
  words: Words;
  microphone: boolean;
  /** Show the recordings of the interview as the server has them now. */
  refresh: () => void;
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
  #kept: Kept | undefined;
  /** What is sent when the device could not keep it. */
  #unkept: Blob | undefined;
  #writing: Promise<void> = Promise.resolve();
  #begun = "";
  #rank = 0;
  #size = 0;

  constructor(block: HTMLElement, box: HTMLElement, around: Surroundings) {
    this.#block = block;
    this.#around = around;
    this.#limit = Number(block.dataset["nuRecordingLimit"]) || Infinity;
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
    const sound = await this.#around.storage.soundOf(first);
    if (sound.size === 0) {
      await this.#around.storage.forget(first);
      return;
    }
    this.#kept = first;
    this.#panel.note(this.#around.words.fieldRestored);
    await this.send(false);
  }

  /** The network is back. */
  hurry(): void {
    this.#upload?.hurry();
  }

  /** Whether leaving the page would cut something. */
  isBehind(): boolean {
    return this.#recorder !== undefined || this.#unkept !== undefined;
  }

  /** Whether something is recorded or sent: nothing else may begin. */
  get busy(): boolean {
    return this.#recorder !== undefined || this.#upload !== undefined || this.#kept !== undefined;
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
    this.#panel.note("");
    const kept = { ...this.#head(file.type), title: file.name };
    this.#kept = kept;
    try {
      await this.#around.storage.add(kept, 0, file);
    } catch {
      this.#unkept = file;
      this.#panel.note(words.fieldNotKept);
    }
    await this.send(false);
  }

  async send(quiet = true): Promise<void> {
    const kept = this.#kept;
    if (!kept) return;
    if (this.#upload) {
      this.#upload.hurry();
      return;
    }
    await this.#writing;
    if (quiet) this.#panel.note("");
    this.#panel.show("sending");
    const blob = this.#unkept ?? (await this.#around.storage.soundOf(kept));
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
    const outcome = await this.#upload.run(kept.url, kept.title === undefined ? "microphone" : "file");
    this.#begun = this.#upload.url;
    this.#upload = undefined;
    // Given up meanwhile.
    if (this.#kept !== kept) return;
    if (outcome.kind === "stored") {
      await this.#forget(kept);
      this.#panel.show("stored");
      this.#panel.note(words.fieldStored);
      this.#around.refresh();
      return;
    }
    this.#panel.show(outcome.kind === "refused" ? "refused" : "stopped");
    if (outcome.kind === "refused") this.#panel.note(outcome.message || words.fieldRefused);
    if (outcome.kind === "signed-out") this.#panel.note(words.fieldSignedOut);
  }

  async #begin(): Promise<void> {
    const words = this.#around.words;
    if (this.busy) return;
    this.#panel.note("");
    this.#rank = 0;
    this.#size = 0;
    try {
      this.#recorder = await VoiceRecorder.begin(LONGEST, {
        part: (sound) => this.#write(sound),
        passed: (seconds) => this.#panel.passed(seconds),
        ended: (seconds) => void this.#ended(seconds),
      });
    } catch {
      this.#panel.note(words.voiceNoMicrophone);
      return;
    }
    this.#kept = this.#head(this.#recorder.type);
    this.#panel.show("recording");
  }

  #head(type: string): Kept {
    const { nuRecordingAccount: account = "", nuRecordingKey: key = "", nuRecordingUrl: url = "" } = this.#block.dataset;
    return { account, key, at: Date.now(), url, type, seconds: 0, wanted: true };
  }

  #write(sound: Blob): void {
    const kept = this.#kept;
    if (!kept) return;
    this.#size += sound.size;
    if (this.#size > this.#limit * 0.95) this.#recorder?.stop();
    const rank = this.#rank;
    this.#rank += 1;
    kept.seconds = this.#recorder?.seconds ?? kept.seconds;
    // What the device can't keep stays in the memory of the page, in its order.
    this.#writing = this.#writing.then(async () => {
      const held = this.#unkept;
      if (held) {
        this.#unkept = new Blob([held, sound], { type: kept.type });
        return;
      }
      try {
        await this.#around.storage.add(kept, rank, await sound.arrayBuffer());
      } catch {
        this.#panel.note(this.#around.words.fieldNotKeptVoice);
        const written = await this.#around.storage.soundOf(kept).catch(() => new Blob());
        this.#unkept = new Blob([written, sound], { type: kept.type });
      }
    });
  }

  async #ended(seconds: number): Promise<void> {
    this.#recorder = undefined;
    await this.#writing;
    const kept = this.#kept;
    if (!kept) return;
    kept.seconds = seconds;
    await this.send(false);
  }

  #pause(): void {
    this.#recorder?.pause();
    this.#panel.show("paused");
  }

  #resume(): void {
    this.#recorder?.resume();
    this.#panel.show("recording");
  }

  async #erase(): Promise<void> {
    const kept = this.#kept;
    if (!kept || !this.#around.sure(this.#around.words.fieldSure)) return;
    const begun = this.#upload?.url || this.#begun;
    this.#upload?.pause();
    await this.#forget(kept);
    this.#panel.note("");
    this.#panel.show("ready");
    // The site forgets what came by itself after some days; now is better.
    if (begun) await this.#around.site.abandon(begun);
    this.#around.refresh();
  }

  async #forget(kept: Kept): Promise<void> {
    this.#begun = "";
    this.#kept = undefined;
    this.#unkept = undefined;
    await this.#around.storage.forget(kept).catch(() => undefined);
  }
}
