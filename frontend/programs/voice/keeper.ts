// One question answered aloud: recorded part by part on the device, sent, forgotten once acknowledged.
import { Alone } from "./alone.ts";
import { Panel, type State } from "./panel.ts";
import { noMicrophone, VoiceRecorder } from "./recorder.ts";
import { sha256Of, type Ending, type Parcel } from "./sending.ts";
import type { RecordingStorage } from "./storage.ts";
import { Take } from "./take.ts";
import { withDuration } from "./webm.ts";
import type { Words } from "../words.ts";

export interface Surroundings {
  storage: RecordingStorage;
  send: (parcel: Parcel) => Promise<Ending>;
  token: () => string;
  words: Words;
  locks: LockManager | undefined;
  /** Show the recordings of the question as the server has them now. */
  refresh: () => Promise<void>;
}

export class VoiceKeeper {
  readonly #block: HTMLElement;
  readonly #around: Surroundings;
  readonly #panel: Panel;
  readonly #limit: number;
  #recorder: VoiceRecorder | undefined;
  readonly #alone: Alone;
  #take: Take | undefined;
  #opening = false;
  #sending = false;

  constructor(block: HTMLElement, box: HTMLElement, around: Surroundings) {
    this.#block = block;
    this.#around = around;
    this.#limit = Number(block.dataset["nuVoiceLimit"]) || Infinity;
    const { nuVoiceAccount: account = "", nuVoiceKey: key = "" } = block.dataset;
    this.#alone = new Alone(around.locks, `nuserus-voice-${account}-${key}`);
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
    const first = all.find((kept) => kept.key === key);
    if (!first) return;
    if (!(await this.#alone.take())) {
      this.#panel.note(this.#around.words.otherTab);
      return;
    }
    const take = this.#newTake(first);
    const sound = await take.sound();
    if (sound.size === 0) {
      await take.forget();
      this.#alone.leave();
      return;
    }
    this.#take = take;
    this.#panel.offer(await withDuration(sound, first.seconds));
    this.#show("to-send");
    this.#panel.note(this.#around.words.voiceRestored);
    if (first.wanted) await this.send();
  }

  /** The network or the person is back. */
  async resumeSending(): Promise<void> {
    if (this.#take?.kept.wanted && !this.#recorder) await this.send();
  }

  /** Whether something is recorded here that the server does not have. */
  isBehind(): boolean {
    return this.#recorder !== undefined || this.#take?.isHeld === true;
  }

  async send(): Promise<void> {
    const take = this.#take;
    if (!take || this.#sending) return;
    this.#sending = true;
    try {
      const { kept } = take;
      const sound = await take.sound();
      kept.wanted = true;
      await this.#around.storage.keep(kept).catch(() => undefined);
      this.#panel.note("");
      this.#show("sending");
      const ending = await this.#around.send({
        url: kept.url,
        sound,
        sha256: await sha256Of(sound),
        token: this.#around.token(),
      });
      await this.#answered(ending, take);
    } finally {
      this.#sending = false;
    }
    if (this.#take || this.#opening) return;
    // Another one may have waited behind it.
    const rest = await this.#around.storage.allOf(take.kept.account).catch(() => []);
    if (rest.some((one) => one.key === take.kept.key)) await this.start();
  }

  async #answered(ending: Ending, take: Take): Promise<void> {
    const { kept } = take;
    const words = this.#around.words;
    if (ending.kind === "acknowledged") {
      this.#take = undefined;
      await take.forget();
      this.#alone.leave();
      this.#panel.offer(undefined);
      this.#show("ready");
      this.#panel.note(words.voiceSent);
      await this.#around.refresh();
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
    if (this.#opening || this.#take) return;
    this.#opening = true;
    this.#panel.note("");
    try {
      if (await this.#alone.take()) await this.#record();
      else this.#panel.note(this.#around.words.otherTab);
    } finally {
      this.#opening = false;
    }
  }

  async #record(): Promise<void> {
    const words = this.#around.words;
    const longest = Number(this.#block.dataset["nuVoiceLongest"]) || 600;
    let size = 0;
    try {
      this.#recorder = await VoiceRecorder.begin(longest, {
        part: (sound) => {
          size += sound.size;
          if (this.#take) this.#take.kept.seconds = this.#recorder?.seconds ?? this.#take.kept.seconds;
          this.#take?.write(sound);
          if (size > this.#limit * 0.95) this.#recorder?.stop();
        },
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
    const { nuVoiceAccount: account = "", nuVoiceKey: key = "", nuVoiceUrl: url = "" } = this.#block.dataset;
    const { type } = this.#recorder;
    this.#take = this.#newTake({ account, key, at: Date.now(), url, type, seconds: 0, wanted: false });
    this.#show("recording");
  }

  #newTake(kept: Take["kept"]): Take {
    return new Take(this.#around.storage, kept, () => this.#panel.note(this.#around.words.voiceNotKept));
  }

  async #ended(seconds: number): Promise<void> {
    this.#recorder = undefined;
    this.#panel.deaf(false);
    const take = this.#take;
    if (!take) return;
    take.kept.seconds = seconds;
    const sound = await take.sound();
    await this.#around.storage.keep(take.kept).catch(() => undefined);
    this.#panel.offer(await withDuration(sound, seconds));
    this.#show("to-send");
  }

  #pause(): void {
    this.#recorder?.pause();
    this.#panel.deaf(false);
    this.#show("paused");
  }

  #resume(): void {
    this.#recorder?.resume();
    this.#show("recording");
  }

  async #erase(): Promise<void> {
    const take = this.#take;
    this.#take = undefined;
    this.#panel.offer(undefined);
    this.#panel.note("");
    this.#show("ready");
    await take?.forget();
    this.#alone.leave();
    await this.start();
  }

  #show(state: State): void {
    this.#panel.show(state, this.#recorder?.seconds ?? this.#take?.kept.seconds ?? 0);
  }
}
