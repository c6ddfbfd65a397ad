// One request to the server, and every way in which it can end.
import type { Fields } from "./fields.ts";

export type Ending =
  | { kind: "saved"; revision: number; savedAt: Date }
  | { kind: "conflict"; revision: number; fields: Fields }
  | { kind: "signed-out" }
  | { kind: "forbidden" }
  | { kind: "refused"; message: string }
  | { kind: "unreachable"; offline: boolean };

export interface Letter {
  url: string;
  fields: Fields;
  revision: number;
  token: string;
}

export const PATIENCE = 15_000;
// Browsers let 64 KiB outlive the page; larger bodies are sent without that promise.
const OUTLIVES = 60_000;

/** Send one answer. Never throws: a failure is an ending like another. */
export async function post(letter: Letter, fetching: typeof fetch): Promise<Ending> {
  const body = JSON.stringify({ fields: letter.fields, revision: letter.revision });
  try {
    const reply = await fetching(letter.url, {
      method: "POST",
      body,
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": letter.token },
      credentials: "same-origin",
      redirect: "manual",
      keepalive: new Blob([body]).size < OUTLIVES,
      signal: AbortSignal.timeout(PATIENCE),
    });
    return await endingOf(reply);
  } catch (reason) {
    const timedOut = reason instanceof DOMException && reason.name === "TimeoutError";
    return { kind: "unreachable", offline: !timedOut };
  }
}

async function endingOf(reply: Response): Promise<Ending> {
  if (reply.type === "opaqueredirect" || reply.status === 401 || isRedirect(reply.status)) return { kind: "signed-out" };
  if (reply.status >= 500 || reply.status === 429 || reply.status === 408) return { kind: "unreachable", offline: false };
  const said = await bodyOf(reply);
  // A 403 in words is an answer about this text; one without is about who is asking.
  if (reply.status === 403 && typeof said["message"] !== "string") return { kind: "forbidden" };
  if (reply.status === 409) {
    if (typeof said["revision"] === "number" && isFields(said["fields"])) {
      return { kind: "conflict", revision: said["revision"], fields: said["fields"] };
    }
    return { kind: "refused", message: "" };
  }
  // A reply that does not name the revision acknowledges nothing.
  if (reply.ok && typeof said["revision"] === "number") {
    const moment = typeof said["saved_at"] === "string" ? new Date(said["saved_at"]) : new Date();
    return { kind: "saved", revision: said["revision"], savedAt: Number.isNaN(moment.getTime()) ? new Date() : moment };
  }
  return { kind: "refused", message: typeof said["message"] === "string" ? said["message"] : "" };
}

const isRedirect = (status: number) => status >= 300 && status < 400;

async function bodyOf(reply: Response): Promise<Record<string, unknown>> {
  try {
    const said: unknown = await reply.json();
    return typeof said === "object" && said !== null ? (said as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function isFields(value: unknown): value is Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(
    (one) => typeof one === "string" || (Array.isArray(one) && one.every((item) => typeof item === "string")),
  );
}
