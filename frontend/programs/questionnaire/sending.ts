// One fiche to the site, and what its reply says. Nothing is forgotten that the reply does not name with its hash.
import type { OfferedFile } from "./attachments.ts";
import type { Fiche } from "./storage.ts";

export interface Site {
  account: string;
  name: string;
  token: string;
  /** The language that the person chose for the site. */
  language?: string;
  /** Numbers of people who withdrew: nothing that names one stays on a device. */
  forgotten?: string[];
  forms: { form: string; version: string; title: string; kind: string; url: string; sha256: string; files?: OfferedFile[] }[];
}

export type Reached = { kind: "known"; site: Site } | { kind: "signed-out" } | { kind: "unreachable" };

export type Ending =
  | { kind: "acknowledged"; words: string; aside: boolean }
  | { kind: "refused"; words: string }
  | { kind: "signed-out" }
  | { kind: "retry" };

export interface Parcel {
  fiche: Fiche;
  files: { name: string; blob: Blob }[];
}

type Fetch = (address: string, options: RequestInit) => Promise<Response>;

const SHORT = 15_000;
// One request holds less than the site drops; larger fiches leave in several.
const MOST_AT_ONCE = 18 * 1024 * 1024;
const SLOWEST = 20; // bytes in a millisecond
const AGAIN = new Set([408, 425, 429]);

export const sha256Of = async (content: Blob | string): Promise<string> => {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : await content.arrayBuffer();
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

export const instanceIdOf = (xml: string): string =>
  [...new DOMParser().parseFromString(xml, "text/xml").getElementsByTagName("*")].find((one) => one.localName === "instanceID")
    ?.textContent.trim() ?? "";

/** Who is signed in, and what they may fill in. */
export const reach = async (address: string, fetch: Fetch): Promise<Reached> => {
  try {
    const response = await fetch(address, {
      headers: { Accept: "application/json" },
      cache: "no-store",
      signal: AbortSignal.timeout(SHORT),
    });
    if (response.status === 401) return { kind: "signed-out" };
    if (!response.ok) return { kind: "unreachable" };
    return { kind: "known", site: (await response.json()) as Site };
  } catch {
    return { kind: "unreachable" };
  }
};

/** Batches of files that leave together; the first leaves with the fiche even when there is none. */
export const batches = (files: Parcel["files"], most = MOST_AT_ONCE): Parcel["files"][] => {
  const made: Parcel["files"][] = [[]];
  let size = 0;
  for (const file of files) {
    if (size > 0 && size + file.blob.size > most) {
      made.push([]);
      size = 0;
    }
    made.at(-1)?.push(file);
    size += file.blob.size;
  }
  return made;
};

/** Send a fiche and its files; never longer than its weight can need. */
export const send = async (parcel: Parcel, address: string, token: string, fetch: Fetch): Promise<Ending> => {
  const { fiche } = parcel;
  const expected = { instanceID: instanceIdOf(fiche.xml), sha256: await sha256Of(fiche.xml) };
  let ending: Ending = { kind: "retry" };
  const kept = new Map<string, string>();
  for (const files of batches(parcel.files)) {
    const weight = files.reduce((sum, file) => sum + file.blob.size, 0);
    let response: Response;
    let reply: Reply;
    try {
      response = await fetch(address, {
        method: "POST",
        body: bodyOf(fiche, files),
        headers: { Accept: "application/json", "X-CSRFToken": token },
        signal: AbortSignal.timeout(SHORT * 2 + Math.ceil(weight / SLOWEST)),
      });
      reply = (await response.json()) as Reply;
    } catch {
      return { kind: "retry" };
    }
    ending = endingOf(response.status, reply);
    if (ending.kind !== "acknowledged") return ending;
    if (reply.instanceID !== expected.instanceID || reply.sha256 !== expected.sha256) return { kind: "retry" };
    for (const file of reply.files ?? []) kept.set(file.name, file.sha256);
  }
  for (const { name, blob } of parcel.files) {
    if (kept.get(name) !== (await sha256Of(blob))) return { kind: "retry" };
  }
  return ending;
};

interface Reply {
  message?: string;
  instanceID?: string;
  sha256?: string;
  quarantined?: boolean;
  files?: { name: string; sha256: string }[];
}

const bodyOf = (fiche: Fiche, files: Parcel["files"]): FormData => {
  const body = new FormData();
  body.set("xml_submission_file", new File([fiche.xml], "xml_submission_file", { type: "text/xml" }));
  for (const { name, blob } of files) body.set(name, new File([blob], name, { type: blob.type }));
  return body;
};

const endingOf = (status: number, reply: Reply): Ending => {
  // 409: another one came first under this number, and the site keeps both
  if (status === 201 || status === 202 || status === 409) {
    return { kind: "acknowledged", words: reply.message ?? "", aside: reply.quarantined ?? false };
  }
  if (status === 401) return { kind: "signed-out" };
  // the proof of origin is old: it is asked for again
  if (status === 403 || AGAIN.has(status) || status >= 500) return { kind: "retry" };
  return { kind: "refused", words: reply.message ?? "" };
};
