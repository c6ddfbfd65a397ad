// Reading again what is kept: a long outbox changes many times in a second, and that is one reading.

// The least between two readings.
const EVERY = 250;

export class Redraws {
  readonly #draw: () => Promise<void>;
  #stale = false;
  #drawing: Promise<void> | undefined;

  constructor(draw: () => Promise<void>) {
    this.#draw = draw;
  }

  /** Several askings at once are one reading; it ends when nothing is stale any more. */
  ask(): Promise<void> {
    this.#stale = true;
    this.#drawing ??= this.#redraw().finally(() => (this.#drawing = undefined));
    return this.#drawing;
  }

  async #redraw(): Promise<void> {
    while (this.#stale) {
      this.#stale = false;
      await this.#draw();
      if (this.#stale) await new Promise((resolve) => setTimeout(resolve, EVERY));
    }
  }
}
