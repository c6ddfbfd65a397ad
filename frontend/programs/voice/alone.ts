// One tab at a time records or sends the same thing: two would part its sound between them.

const PATIENCE = 1_000;

export class Alone {
  readonly #locks: LockManager | undefined;
  readonly #name: string;
  #release: (() => void) | undefined;

  constructor(locks: LockManager | undefined, name: string) {
    this.#locks = locks;
    this.#name = name;
  }

  /** Whether this tab alone works at it from now on. A page that has just been left is waited for. */
  async take(): Promise<boolean> {
    const locks = this.#locks;
    if (this.#release || !locks) return true;
    return new Promise((resolve) => {
      locks
        .request(this.#name, { signal: AbortSignal.timeout(PATIENCE) }, () => {
          const ended = new Promise<void>((end) => (this.#release = end));
          resolve(true);
          return ended;
        })
        .catch(() => resolve(false));
    });
  }

  leave(): void {
    this.#release?.();
    this.#release = undefined;
  }
}
