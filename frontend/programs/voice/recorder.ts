// The microphone: a recording in parts of one second, with pauses that are not counted.
import { Hearing, Level } from "./level.ts";
import type { Words } from "../words.ts";

export interface Listener {
  part: (sound: Blob) => void;
  /** Called about four times a second while it records: how long, how loud from 0 to 1, whether nothing is heard. */
  passed: (seconds: number, level: number | undefined, deaf: boolean) => void;
  ended: (seconds: number) => void;
}

// The first that the browser knows; the server reads all of them.
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const BITS_PER_SECOND = 48_000;
const PART = 1_000;

/** Whether this browser, on this page, can record. */
export const canRecord = (): boolean =>
  typeof MediaRecorder !== "undefined" && typeof navigator.mediaDevices?.getUserMedia === "function";

/** Why the microphone did not open, in words that say what to do. */
export function noMicrophone(reason: unknown, words: Words): string {
  const name = reason instanceof DOMException ? reason.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return words.microphoneRefused;
  if (name === "NotReadableError" || name === "AbortError") return words.microphoneTaken;
  return words.microphoneAbsent;
}

export class VoiceRecorder {
  readonly #recorder: MediaRecorder;
  readonly #stream: MediaStream;
  readonly #listener: Listener;
  readonly #longest: number;
  readonly #level: Level | undefined;
  readonly #hearing = new Hearing();
  #awake: WakeLockSentinel | undefined;
  #spoken = 0;
  #since: number | undefined;
  #clock: number | undefined;

  /** Ask for the microphone and begin. Rejects when it is refused or there is none. */
  static async begin(longest: number, listener: Listener): Promise<VoiceRecorder> {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true },
    });
    return new VoiceRecorder(stream, longest, listener);
  }

  private constructor(stream: MediaStream, longest: number, listener: Listener) {
    const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one));
    const options: MediaRecorderOptions = { audioBitsPerSecond: BITS_PER_SECOND, ...(type ? { mimeType: type } : {}) };
    this.#stream = stream;
    this.#listener = listener;
    this.#longest = longest;
    this.#level = Level.of(stream);
    this.#recorder = new MediaRecorder(stream, options);
    this.#recorder.addEventListener("dataavailable", (event) => {
      if (event.data.size > 0) listener.part(event.data);
    });
    this.#recorder.addEventListener("stop", () => this.#end());
    // The microphone was unplugged, or taken by a call: what was said is a recording.
    for (const track of stream.getTracks()) track.addEventListener("ended", () => this.stop());
    document.addEventListener("visibilitychange", this.#stayAwake);
    this.#recorder.start(PART);
    this.#run();
    this.#stayAwake();
  }

  get type(): string {
    return this.#recorder.mimeType;
  }

  get seconds(): number {
    return this.#spoken + (this.#since === undefined ? 0 : (performance.now() - this.#since) / 1_000);
  }

  pause(): void {
    if (this.#recorder.state !== "recording") return;
    // what was said so far is written before the pause, however long it lasts
    this.#recorder.requestData();
    this.#recorder.pause();
    this.#halt();
  }

  resume(): void {
    if (this.#recorder.state !== "paused") return;
    this.#recorder.resume();
    this.#run();
  }

  stop(): void {
    if (this.#recorder.state !== "inactive") this.#recorder.stop();
  }

  #run(): void {
    this.#since = performance.now();
    this.#clock = window.setInterval(() => {
      const level = this.#level?.read();
      this.#listener.passed(this.seconds, level, level !== undefined && this.#hearing.isDeaf(level, this.seconds));
      if (this.seconds >= this.#longest) this.stop();
    }, 250);
  }

  #halt(): void {
    this.#spoken = this.seconds;
    this.#since = undefined;
    window.clearInterval(this.#clock);
  }

  /** A phone that falls asleep would stop listening. It lets go by itself when the page is hidden. */
  readonly #stayAwake = (): void => {
    if (document.visibilityState !== "visible") return;
    void navigator.wakeLock?.request("screen").then(
      (lock) => {
        if (this.#recorder.state === "inactive") void lock.release();
        else this.#awake = lock;
      },
      () => undefined,
    );
  };

  #end(): void {
    this.#halt();
    this.#level?.close();
    document.removeEventListener("visibilitychange", this.#stayAwake);
    void this.#awake?.release().catch(() => undefined);
    for (const track of this.#stream.getTracks()) track.stop();
    this.#listener.ended(this.#spoken);
  }
}
