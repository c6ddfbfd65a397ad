// What is being said, part by part: written on the device, or held by the page when the device cannot keep it.
import type { Kept, RecordingStorage } from "./storage.ts";

export class Take {
  readonly kept: Kept;
  readonly #storage: RecordingStorage;
  readonly #failed: () => void;
  #writing: Promise<void> = Promise.resolve();
  #held: Blob | undefined;
  #rank = 0;

  /** `failed` is called once, when the device keeps no more. */
  constructor(storage: RecordingStorage, kept: Kept, failed: () => void) {
    this.#storage = storage;
    this.kept = kept;
    this.#failed = failed;
  }

  /** Whether closing the page loses something of it. */
  get isHeld(): boolean {
    return this.#held !== undefined;
  }

  /** Add what was just said, or a whole file of the device. */
  write(sound: Blob): void {
    const rank = this.#rank;
    this.#rank += 1;
    this.#writing = this.#writing.then(() => this.#add(rank, sound));
  }

  /** All of it, once everything is written. */
  async sound(): Promise<Blob> {
    await this.#writing;
    return this.#held ?? this.#storage.soundOf(this.kept);
  }

  async forget(): Promise<void> {
    await this.#writing;
    this.#held = undefined;
    await this.#storage.forget(this.kept).catch(() => undefined);
  }

  async #add(rank: number, sound: Blob): Promise<void> {
    const { type } = this.kept;
    if (this.#held) {
      this.#held = new Blob([this.#held, sound], { type });
      return;
    }
    try {
      // a file stays where it is; a part of the microphone is bytes, which every browser keeps
      await this.#storage.add(this.kept, rank, this.kept.title === undefined ? await sound.arrayBuffer() : sound);
    } catch {
      const written = await this.#storage.soundOf(this.kept).catch(() => new Blob());
      this.#held = new Blob([written, sound], { type });
      this.#failed();
    }
  }
}
