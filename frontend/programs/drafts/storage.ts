// The copy on this device: one record for each question of each account.
import { sameFields, type Fields } from "./fields.ts";

export interface Kept {
  account: string;
  key: string;
  url: string;
  fields: Fields;
  /** The server's revision on which this answer was written. */
  base: number;
  at: number;
  /** What was sent and never acknowledged: the server may hold it. */
  sent: Fields[];
}

const NAME = "nuserus-drafts";
const STORE = "answers";

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

// Some browsers never answer when their database is broken; the server must not wait for them.
const PATIENCE = 2_000;

function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("indexedDB does not answer")), PATIENCE);
  });
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
}

/** Answers kept on the device, each bound to the account that wrote it. */
export class DeviceStorage {
  readonly #factory: IDBFactory;
  #opening: Promise<IDBDatabase> | undefined;

  constructor(factory: IDBFactory) {
    this.#factory = factory;
  }

  async keep(kept: Kept): Promise<void> {
    const store = await this.#store("readwrite");
    store.put(kept);
    await finished(store.transaction);
  }

  async find(account: string, key: string): Promise<Kept | undefined> {
    const store = await this.#store("readonly");
    return done(store.get([account, key]) as IDBRequest<Kept | undefined>);
  }

  /** All that an account has kept here; never another account's. */
  async allOf(account: string): Promise<Kept[]> {
    const store = await this.#store("readonly");
    return done(store.getAll(IDBKeyRange.bound([account], [account, []])) as IDBRequest<Kept[]>);
  }

  /** Forget the copy, unless it has become something else than what the server acknowledged. */
  async forget(account: string, key: string, acknowledged: Fields): Promise<boolean> {
    const store = await this.#store("readwrite");
    const kept = await done(store.get([account, key]) as IDBRequest<Kept | undefined>);
    const same = kept !== undefined && sameFields(kept.fields, acknowledged);
    if (same) store.delete([account, key]);
    await finished(store.transaction);
    return same;
  }

  async #store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
    this.#opening ??= inTime(this.#open());
    try {
      return (await this.#opening).transaction(STORE, mode).objectStore(STORE);
    } catch (reason) {
      this.#opening = undefined;
      throw reason;
    }
  }

  #open(): Promise<IDBDatabase> {
    const request = this.#factory.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: ["account", "key"] });
    return done(request);
  }
}
