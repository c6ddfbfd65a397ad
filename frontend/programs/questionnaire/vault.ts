// A file with what is not sent, that only a sentence opens: PBKDF2 (SHA-256), then AES-GCM, both of the browser itself.
import type { Fiche, FieldStorage, KeptForm } from "./storage.ts";

const MARK = new TextEncoder().encode("NUSERUS1");
const SALT = 16;
const NONCE = 12;
const ROUNDS = 600_000;
export const SHORTEST = 12;

interface Contents {
  fiches: Fiche[];
  forms: KeptForm[];
  files: { fiche: string; name: string; type: string; size: number }[];
}

const keyOf = async (sentence: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> => {
  const given = await crypto.subtle.importKey("raw", new TextEncoder().encode(sentence.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  const algorithm = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(algorithm, given, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
};

/** Everything of this account that the site does not have, encrypted; undefined when there is nothing. */
export const sealed = async (storage: FieldStorage, account: string, sentence: string): Promise<{ file: Blob; count: number } | undefined> => {
  const fiches = (await storage.fiches()).filter((fiche) => fiche.account === account);
  if (fiches.length === 0) return undefined;
  const used = new Set(fiches.map((fiche) => `${fiche.form} ${fiche.version}`));
  const forms = (await storage.forms(account)).filter((form) => used.has(`${form.form} ${form.version}`));
  const contents: Contents = { fiches, forms, files: [] };
  const blobs: Blob[] = [];
  for (const fiche of fiches) {
    for (const { name, blob } of await storage.filesOf(fiche.id)) {
      contents.files.push({ fiche: fiche.id, name, type: blob.type, size: blob.size });
      blobs.push(blob);
    }
  }
  const head = new TextEncoder().encode(JSON.stringify(contents));
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, head.length);
  const plain = await new Blob([length.buffer, head, ...blobs]).arrayBuffer();
  const salt = crypto.getRandomValues(new Uint8Array(SALT));
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const secret = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(sentence, salt), plain);
  return { file: new Blob([MARK, salt, iv, secret], { type: "application/octet-stream" }), count: fiches.length };
};

/** Take the fiches of such a file in, for this account; how many were not here yet. Rejects with another sentence. */
export const unsealed = async (storage: FieldStorage, account: string, file: Blob, sentence: string): Promise<number> => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!MARK.every((byte, rank) => bytes[rank] === byte)) throw new Error("not ours");
  const salt = bytes.slice(MARK.length, MARK.length + SALT);
  const iv = bytes.slice(MARK.length + SALT, MARK.length + SALT + NONCE);
  const secret = bytes.slice(MARK.length + SALT + NONCE);
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await keyOf(sentence, salt), secret);
  const length = new DataView(plain).getUint32(0);
  const contents = JSON.parse(new TextDecoder().decode(plain.slice(4, 4 + length))) as Contents;
  const known = new Set((await storage.fiches()).map((fiche) => fiche.id));
  const wanted = contents.fiches.filter((fiche) => !known.has(fiche.id));
  const ids = new Set(wanted.map((fiche) => fiche.id));
  for (const form of contents.forms) {
    const there = await storage.form(account, form.form, form.version);
    if (!there) await storage.keepForm({ ...form, account, offered: false });
  }
  let at = 4 + length;
  for (const one of contents.files) {
    // its files before the fiche: what is listed is whole
    if (ids.has(one.fiche)) await storage.keepFile(one.fiche, one.name, new Blob([plain.slice(at, at + one.size)], { type: one.type }));
    at += one.size;
  }
  for (const fiche of wanted) await storage.keep({ ...fiche, account, nextAt: 0 });
  return wanted.length;
};
