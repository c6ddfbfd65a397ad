// The microphone: a recording in parts of one second, with pauses that are not counted.

export interface Listener {
  part: (sound: Blob) => void;
  /** Called about four times a second while it records. */
  passed: (seconds: number) => void;
  ended: (seconds: number) => void;
}

// The first that the browser knows; the server reads all of them.
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const BITS_PER_SECOND = 48_000;
const PART = 1_000;

/** Whether this browser, on this page, can record. */
export const canRecord = (): boolean =>
  typeof MediaRecorder !== "undefined" && typeof navigator.mediaDevices?.getUserMedia === "function";

export class VoiceRecorder {
  readonly #recorder: MediaRecorder;
  readonly #stream: MediaStream;
  readonly #listener: Listener;
  readonly #longest: number;
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
    this.#recorder = new MediaRecorder(stream, options);
    this.#recorder.addEventListener("dataavailable", (event) => {
      if (event.data.size > 0) listener.part(event.data);
    });
    this.#recorder.addEventListener("stop", () => this.#end());
    // The microphone was unplugged, or taken by a call: what was said is a recording.
    for (const track of stream.getTracks()) track.addEventListener("ended", () => this.stop());
    this.#recorder.start(PART);
    this.#run();
  }

  get type(): string {
    return this.#recorder.mimeType;
  }

  get seconds(): number {
    return this.#spoken + (this.#since === undefined ? 0 : (performance.now() - this.#since) / 1_000);
  }

  pause(): void {
    if (this.#recorder.state !== "recording") return;
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
      this.#listener.passed(this.seconds);
      if (this.seconds >= this.#longest) this.stop();
    }, 250);
  }

  #halt(): void {
    this.#spoken = this.seconds;
    this.#since = undefined;
    window.clearInterval(this.#clock);
  }

  #end(): void {
    this.#halt();
    for (const track of this.#stream.getTracks()) track.stop();
    this.#listener.ended(this.#spoken);
  }
}
