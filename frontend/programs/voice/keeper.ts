// One question answered aloud: recorded part by part on the device, sent, forgotten once acknowledged.
import { Panel, type State } from "./panel.ts";
import { VoiceRecorder } from "./recorder.ts";
import { sha256Of, type Ending, type Parcel } from "./sending.ts";
import type { Kept, RecordingStorage } from "./storage.ts";
import type { Words } from "../words.ts";

export interface Surroundings {
  storage: RecordingStorage;
  send: (parcel: Parcel) => Promise<Ending>;
  token: () => string;
  words: Words;
  /** Show the recordings of the question as the server has them now. */
  refresh: () => Promise<void>;
}

export class VoiceKeeper {
  readonly #block: HTMLElement;
  readonly #around: Surroundings;
  readonly #panel: Panel;
  readonly #limit: number;
  #recorder: VoiceRecorder | undefined;
  #kept: Kept | undefined;
  #writing: Promise<void> = Promise.resolve();
  #rank = 0;
  #sending = false;

  constructor(block: HTMLElement, box: HTMLElement, around: Surroundings) {
    this.#block = block;
    this.#around = around;
    this.#limit = Number(block.dataset["nuVoiceLimit"]) || Infinity;
    this.#panel = new Panel(box, around.words, {
      begin: () => void this.#begin(),
      pause: () => this.#pause(),
      resume: () => this.#resume(),
      stop: () => this.#recorder?.stop(),
      send: () => void this.send(),
      erase: () => void this.#erase(),
    });
  }

  /** Bring back what this device still holds for this question; what was to be sent is sent. */
  async start(): Promise<void> {
    this.#panel.show("ready", 0);
    const { nuVoiceAccount: account = "", nuVoiceKey: key = "" } = this.#block.dataset;
    const all = await this.#around.storage.allOf(account).catch(() => []);
    const mine = all.filter((kept) => kept.key === key);
    const [first] = mine;
    if (!first) return;
    const sound = await this.#around.storage.soundOf(first);
    if (sound.size === 0) {
      await this.#around.storage.forget(first);
      return;
    }
    this.#kept = first;
    this.#panel.offer(sound);
    this.#show("to-send");
    this.#panel.note(this.#around.words.voiceRestored);
    if (first.wanted) await this.send();
  }

  /** The network or the person is back. */
  async resumeSending(): Promise<void> {
    if (this.#kept?.wanted && !this.#recorder) await this.send();
  }

  /** Whether something is recorded here that the server does not have. */
  isBehind(): boolean {
    return this.#recorder !== undefined;
  }

  async send(): Promise<void> {
    const kept = this.#kept;
    if (!kept || this.#sending) return;
    this.#sending = true;
    try {
      await this.#writing.catch(() => undefined);
      kept.wanted = true;
      await this.#around.storage.keep(kept).catch(() => undefined);
      this.#panel.note("");
      this.#show("sending");
      const sound = await this.#around.storage.soundOf(kept);
      const ending = await this.#around.send({
        url: kept.url,
        sound,
        sha256: await sha256Of(sound),
        token: this.#around.token(),
      });
      await this.#take(ending, kept);
    } finally {
      this.#sending = false;
    }
  }

  async #take(ending: Ending, kept: Kept): Promise<void> {
    const words = this.#around.words;
    if (ending.kind === "acknowledged") {
      await this.#around.storage.forget(kept).catch(() => undefined);
      this.#kept = undefined;
      this.#panel.offer(undefined);
      this.#show("ready");
      this.#panel.note(words.voiceSent);
      await this.#around.refresh();
      // Another one may have waited behind it.
      const rest = await this.#around.storage.allOf(kept.account).catch(() => []);
      if (rest.some((one) => one.key === kept.key)) await this.start();
      return;
    }
    if (ending.kind === "refused") {
      kept.wanted = false;
      await this.#around.storage.keep(kept).catch(() => undefined);
      this.#show("to-send");
      this.#panel.note(ending.message || words.voiceRefused);
      return;
    }
    this.#show("kept");
    this.#panel.note(ending.kind === "signed-out" ? words.voiceSignedOut : words.voiceKept);
  }

  async #begin(): Promise<void> {
    const words = this.#around.words;
    this.#panel.note("");
    const longest = Number(this.#block.dataset["nuVoiceLongest"]) || 600;
    let size = 0;
    try {
      this.#recorder = await VoiceRecorder.begin(longest, {
        part: (sound) => {
          size += sound.size;
          this.#write(sound);
          if (size > this.#limit * 0.95) this.#recorder?.stop();
        },
        passed: (seconds) => this.#panel.passed(seconds),
        ended: (seconds) => void this.#ended(seconds),
      });
    } catch {
      this.#panel.note(words.voiceNoMicrophone);
      return;
    }
    const { nuVoiceAccount: account = "", nuVoiceKey: key = "", nuVoiceUrl: url = "" } = this.#block.dataset;
    this.#rank = 0;
    this.#kept = { account, key, at: Date.now(), url, type: this.#recorder.type, seconds: 0, wanted: false };
    this.#show("recording");
  }

  #write(sound: Blob): void {
    const kept = this.#kept;
    if (!kept) return;
    const rank = this.#rank;
    this.#rank += 1;
    kept.seconds = this.#recorder?.seconds ?? kept.seconds;
    this.#writing = this.#writing
      .then(async () => this.#around.storage.add(kept, rank, await sound.arrayBuffer()))
      .catch(() => this.#panel.note(this.#around.words.voiceNotKept));
  }

  async #ended(seconds: number): Promise<void> {
    await this.#writing;
    this.#recorder = undefined;
    const kept = this.#kept;
    if (!kept) return;
    kept.seconds = seconds;
    await this.#around.storage.keep(kept).catch(() => undefined);
    this.#panel.offer(await this.#around.storage.soundOf(kept));
    this.#show("to-send");
  }

  #pause(): void {
    this.#recorder?.pause();
    this.#show("paused");
  }

  #resume(): void {
    this.#recorder?.resume();
    this.#show("recording");
  }

  async #erase(): Promise<void> {
    const kept = this.#kept;
    this.#kept = undefined;
    this.#panel.offer(undefined);
    this.#panel.note("");
    this.#show("ready");
    if (kept) await this.#around.storage.forget(kept);
    await this.start();
  }

  #show(state: State): void {
    this.#panel.show(state, this.#recorder?.seconds ?? this.#kept?.seconds ?? 0);
  }
}
