// How loud the microphone hears: nobody should record an hour of nothing.

// Decibels under the loudest that count as nothing at all: a quiet room is louder.
const FLOOR = -70;
const LOUDEST = -10;
// Seconds without any sound before it is said: soon when nothing was ever heard, late when people may be thinking.
const NEVER = 5;
const SINCE = 45;

export class Level {
  readonly #context: AudioContext;
  readonly #analyser: AnalyserNode;
  readonly #wave: Float32Array<ArrayBuffer>;

  /** Nothing when the browser does not measure. */
  static of(stream: MediaStream): Level | undefined {
    try {
      return new Level(stream);
    } catch {
      return undefined;
    }
  }

  private constructor(stream: MediaStream) {
    this.#context = new AudioContext();
    this.#analyser = this.#context.createAnalyser();
    this.#analyser.fftSize = 16_384;
    this.#wave = new Float32Array(this.#analyser.fftSize);
    this.#context.createMediaStreamSource(stream).connect(this.#analyser);
  }

  /** From 0, nothing, to 1, as loud as it gets; nothing when the browser stopped measuring. */
  read(): number | undefined {
    if (this.#context.state !== "running") return undefined;
    this.#analyser.getFloatTimeDomainData(this.#wave);
    return loudness(this.#wave);
  }

  close(): void {
    void this.#context.close().catch(() => undefined);
  }
}

/** Loudness of a stretch of sound, from 0 to 1, as ears count it. */
export function loudness(wave: Float32Array): number {
  const power = wave.reduce((sum, one) => sum + one * one, 0) / wave.length;
  if (power === 0) return 0;
  return Math.min(1, Math.max(0, (10 * Math.log10(power) - FLOOR) / (LOUDEST - FLOOR)));
}

/** Whether the microphone has heard nothing for so long that somebody must be told. */
export class Hearing {
  #at = 0;
  #ever = false;

  isDeaf(level: number, seconds: number): boolean {
    if (level > 0) {
      this.#at = seconds;
      this.#ever = true;
    }
    return seconds - this.#at > (this.#ever ? SINCE : NEVER);
  }
}
