// What is kept on this device: forms, fiches, and their files, which are ours until the site has them all.

import type { KeptText } from "./attachments.ts";

export interface KeptForm {
  account: string;
  form: string;
  version: string;
  title: string;
  kind: string;
  sha256: string;
  xml: string;
  /** Whether a new fiche may begin with it; older versions stay for the fiches that were begun with them. */
  offered: boolean;
  /** The lists that it asks for; absent where a form was kept before there were any. */
  lists?: KeptText[];
}

export interface Fiche {
  id: string;
  account: string;
  form: string;
  version: string;
  title: string;
  /** The answer: of a draft as the engine last wrote it, of what is to be sent as it will be sent. */
  xml: string;
  begunAt: number;
  savedAt: number;
  /** Set once the person asked for it to be sent: from then on it does not change. */
  sentAt?: number | undefined;
  files: string[];
  tries: number;
  nextAt: number;
  problem: string;
}

export interface KeptBlob {
  type: string;
  bytes: ArrayBuffer;
}

const NAME = "nuserus-terrain";
const [FORMS, FICHES, FILES, SAID] = ["forms", "fiches", "files", "said"] as const;

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

export class FieldStorage {
  readonly #factory: IDBFactory;
  #opening: Promise<IDBDatabase> | undefined;

  constructor(factory: IDBFactory) {
    this.#factory = factory;
  }

  /** Whose device it was last; empty when nobody signed in here. */
  async said(name: string): Promise<string> {
    const transaction = await this.#transaction("readonly");
    return ((await done(transaction.objectStore(SAID).get(name))) as string | undefined) ?? "";
  }

  async say(name: string, value: string): Promise<void> {
    const transaction = await this.#transaction("readwrite");
    transaction.objectStore(SAID).put(value, name);
    await finished(transaction);
  }

  async forms(account: string): Promise<KeptForm[]> {
    const transaction = await this.#transaction("readonly");
    const range = IDBKeyRange.bound([account], [account, []]);
    return done(transaction.objectStore(FORMS).getAll(range) as IDBRequest<KeptForm[]>);
  }

  async form(account: string, form: string, version: string): Promise<KeptForm | undefined> {
    const transaction = await this.#transaction("readonly");
    return done(transaction.objectStore(FORMS).get([account, form, version]) as IDBRequest<KeptForm | undefined>);
  }

  async keepForm(form: KeptForm): Promise<void> {
    const transaction = await this.#transaction("readwrite");
    transaction.objectStore(FORMS).put(form);
    await finished(transaction);
  }

  async forgetForm(form: KeptForm): Promise<void> {
    const transaction = await this.#transaction("readwrite");
    transaction.objectStore(FORMS).delete([form.account, form.form, form.version]);
    await finished(transaction);
  }

  /** Every fiche of this device, whoever's; the oldest first. */
  async fiches(): Promise<Fiche[]> {
    const transaction = await this.#transaction("readonly");
    const all = await done(transaction.objectStore(FICHES).getAll() as IDBRequest<Fiche[]>);
    return all.sort((one, other) => one.begunAt - other.begunAt);
  }

  async fiche(id: string): Promise<Fiche | undefined> {
    const transaction = await this.#transaction("readonly");
    return done(transaction.objectStore(FICHES).get(id) as IDBRequest<Fiche | undefined>);
  }

  async keep(fiche: Fiche): Promise<void> {
    const transaction = await this.#transaction("readwrite");
    transaction.objectStore(FICHES).put(fiche);
    await finished(transaction);
  }

  /** Change a fiche as it stands now; nothing when it is gone. */
  async change(id: string, alter: (fiche: Fiche) => void): Promise<Fiche | undefined> {
    const transaction = await this.#transaction("readwrite");
    const store = transaction.objectStore(FICHES);
    const fiche = await done(store.get(id) as IDBRequest<Fiche | undefined>);
    if (fiche) {
      alter(fiche);
      store.put(fiche);
    }
    await finished(transaction);
    return fiche;
  }

  /** Forget every fiche, whoever's, in which one of these numbers is written, with its files; which ones. */
  async forgetNaming(numbers: readonly string[]): Promise<string[]> {
    if (numbers.length === 0) return [];
    const transaction = await this.#transaction("readwrite");
    const all = await done(transaction.objectStore(FICHES).getAll() as IDBRequest<Fiche[]>);
    const gone = all.filter(({ xml }) => numbers.some((number) => xml.toLowerCase().includes(number))).map(({ id }) => id);
    for (const id of gone) {
      transaction.objectStore(FICHES).delete(id);
      transaction.objectStore(FILES).delete(IDBKeyRange.bound([id], [id, []]));
    }
    await finished(transaction);
    return gone;
  }

  /** Write a fiche that is still there; false, and nothing is written, when it is gone. */
  async keepAgain(fiche: Fiche): Promise<boolean> {
    const transaction = await this.#transaction("readwrite");
    const store = transaction.objectStore(FICHES);
    const there = (await done(store.getKey(fiche.id))) !== undefined;
    if (there) store.put(fiche);
    await finished(transaction);
    return there;
  }

  /** Forget a fiche and all its files, or neither. */
  async forget(id: string): Promise<void> {
    const transaction = await this.#transaction("readwrite");
    transaction.objectStore(FICHES).delete(id);
    transaction.objectStore(FILES).delete(IDBKeyRange.bound([id], [id, []]));
    await finished(transaction);
  }

  async keepFile(id: string, name: string, blob: Blob): Promise<void> {
    const bytes = await blob.arrayBuffer();
    const transaction = await this.#transaction("readwrite");
    transaction.objectStore(FILES).put({ type: blob.type, bytes } satisfies KeptBlob, [id, name]);
    await finished(transaction);
  }

  async forgetFile(id: string, name: string): Promise<void> {
    const transaction = await this.#transaction("readwrite");
    transaction.objectStore(FILES).delete([id, name]);
    await finished(transaction);
  }

  async file(id: string, name: string): Promise<Blob | undefined> {
    const transaction = await this.#transaction("readonly");
    const kept = await done(transaction.objectStore(FILES).get([id, name]) as IDBRequest<KeptBlob | undefined>);
    return kept && new Blob([kept.bytes], { type: kept.type });
  }

  async filesOf(id: string): Promise<{ name: string; blob: Blob }[]> {
    const transaction = await this.#transaction("readonly");
    const range = IDBKeyRange.bound([id], [id, []]);
    const store = transaction.objectStore(FILES);
    const [keys, kept] = await Promise.all([
      done(store.getAllKeys(range) as unknown as IDBRequest<[string, string][]>),
      done(store.getAll(range) as IDBRequest<KeptBlob[]>),
    ]);
    return kept.map(({ type, bytes }, rank) => ({ name: keys[rank]?.[1] ?? "", blob: new Blob([bytes], { type }) }));
  }

  async #transaction(mode: IDBTransactionMode): Promise<IDBTransaction> {
    this.#opening ??= this.#open();
    try {
      return (await this.#opening).transaction([FORMS, FICHES, FILES, SAID], mode, { durability: "strict" });
    } catch (reason) {
      this.#opening = undefined;
      throw reason;
    }
  }

  #open(): Promise<IDBDatabase> {
    const request = this.#factory.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(FORMS, { keyPath: ["account", "form", "version"] });
      request.result.createObjectStore(FICHES, { keyPath: "id" });
      request.result.createObjectStore(FILES);
      request.result.createObjectStore(SAID);
    };
    return done(request);
  }
}
