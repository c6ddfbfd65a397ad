// Recordings kept on this device until the server acknowledges exactly these bytes.

export interface Kept {
  account: string;
  /** The question it answers. */
  key: string;
  /** Milliseconds of the first sound: with the two above, the name of a recording. */
  at: number;
  url: string;
  type: string;
  seconds: number;
  /** The person asked for it to be sent. */
  wanted: boolean;
  /** What a chosen file is called on the device; nothing for a voice recorded here. */
  title?: string;
}

type Name = [account: string, key: string, at: number];

const NAME = "nuserus-recordings";
const HEADS = "heads";
const PARTS = "parts";

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("indexedDB"));
  });

const finished = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error ?? new Error("indexedDB"));
    transaction.onabort = () => reject(transaction.error ?? new Error("indexedDB"));
  });

const nameOf = (kept: Kept): Name => [kept.account, kept.key, kept.at];
const partsOf = (kept: Kept): IDBKeyRange => IDBKeyRange.bound([...nameOf(kept), 0], [...nameOf(kept), Infinity]);

/** What is recorded is written second by second, so that a tab that closes keeps what was said. */
export class RecordingStorage {
  readonly #factory: IDBFactory;
  readonly #name: string;
  #opening: Promise<IDBDatabase> | undefined;

  constructor(factory: IDBFactory, name = NAME) {
    this.#factory = factory;
    this.#name = name;
  }

  /** Write what is known about a recording. */
  async keep(kept: Kept): Promise<void> {
    const transaction = await this.#transaction("readwrite");
    transaction.objectStore(HEADS).put(kept);
    await finished(transaction);
  }

  /** Add the next part of its sound. */
  async add(kept: Kept, rank: number, part: ArrayBuffer | Blob): Promise<void> {
    const transaction = await this.#transaction("readwrite");
    transaction.objectStore(HEADS).put(kept);
    transaction.objectStore(PARTS).put(part, [...nameOf(kept), rank]);
    await finished(transaction);
  }

  /** Everything that an account recorded here and the server did not acknowledge; never another account's. */
  async allOf(account: string): Promise<Kept[]> {
    const transaction = await this.#transaction("readonly");
    const range = IDBKeyRange.bound([account], [account, []]);
    return done(transaction.objectStore(HEADS).getAll(range) as IDBRequest<Kept[]>);
  }

  /** The sound, from its parts. */
  async soundOf(kept: Kept): Promise<Blob> {
    const transaction = await this.#transaction("readonly");
    const parts = await done(transaction.objectStore(PARTS).getAll(partsOf(kept)) as IDBRequest<(ArrayBuffer | Blob)[]>);
    return new Blob(parts, { type: kept.type });
  }

  /** Forget a recording and its sound. */
  async forget(kept: Kept): Promise<void> {
    const transaction = await this.#transaction("readwrite");
    transaction.objectStore(HEADS).delete(nameOf(kept));
    transaction.objectStore(PARTS).delete(partsOf(kept));
    await finished(transaction);
  }

  async #transaction(mode: IDBTransactionMode): Promise<IDBTransaction> {
    this.#opening ??= this.#open();
    try {
      return (await this.#opening).transaction([HEADS, PARTS], mode);
    } catch (reason) {
      this.#opening = undefined;
      throw reason;
    }
  }

  #open(): Promise<IDBDatabase> {
    const request = this.#factory.open(this.#name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(HEADS, { keyPath: ["account", "key", "at"] });
      request.result.createObjectStore(PARTS);
    };
    return done(request);
  }
}
