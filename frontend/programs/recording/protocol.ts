// What is said to the site while a recording leaves in pieces, and every way in which it can answer.

export type Ending =
  /** The site has the file up to here, on its disk. */
  | { kind: "at"; offset: number; url: string }
  /** The whole file is there, the same to the byte. */
  | { kind: "stored" }
  | { kind: "signed-out" }
  | { kind: "refused"; message: string; gone: boolean }
  | { kind: "unreachable"; offline: boolean };

export interface Announced {
  size: number;
  /** SHA-256 of the first piece: the same file chosen again goes on where it was. */
  first: string;
  origin: "file" | "microphone";
}

const PATIENCE = 120_000;

export class Site {
  readonly #fetching: typeof fetch;
  readonly #token: () => string;

  constructor(fetching: typeof fetch, token: () => string) {
    this.#fetching = fetching;
    this.#token = token;
  }

  /** Open an upload, or find again the one that these bytes began. */
  begin(url: string, announced: Announced): Promise<Ending> {
    return this.#ask(url, "POST", JSON.stringify(announced), { "Content-Type": "application/json" });
  }

  /** Send the piece that begins at an offset. */
  piece(url: string, offset: number, bytes: Uint8Array<ArrayBuffer>, sha256: string): Promise<Ending> {
    const headers = {
      "Content-Type": "application/offset+octet-stream",
      "Upload-Offset": String(offset),
      "Upload-Sha256": sha256,
    };
    return this.#ask(url, "PATCH", bytes, headers);
  }

  /** Say that all pieces left, and what the whole must be. */
  finish(url: string, sha256: string): Promise<Ending> {
    return this.#ask(`${url}fin/`, "POST", JSON.stringify({ sha256 }), { "Content-Type": "application/json" }, sha256);
  }

  /** Give up an upload that is not finished. */
  abandon(url: string): Promise<Ending> {
    return this.#ask(`${url}abandonner/`, "POST", "{}", { "Content-Type": "application/json" });
  }

  async #ask(
    url: string,
    method: string,
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string>,
    whole = "",
  ): Promise<Ending> {
    try {
      const reply = await this.#fetching(url, {
        method,
        body,
        headers: { ...headers, Accept: "application/json", "X-CSRFToken": this.#token() },
        credentials: "same-origin",
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE),
      });
      return await endingOf(reply, url, whole);
    } catch (reason) {
      const timedOut = reason instanceof DOMException && reason.name === "TimeoutError";
      return { kind: "unreachable", offline: !timedOut };
    }
  }
}

async function endingOf(reply: Response, url: string, whole: string): Promise<Ending> {
  if (reply.type === "opaqueredirect" || reply.status === 401) return { kind: "signed-out" };
  if (reply.status >= 500 || reply.status === 429 || reply.status === 408) return { kind: "unreachable", offline: false };
  const said = await bodyOf(reply);
  const offset = said["offset"];
  if (reply.ok && whole) return said["sha256"] === whole ? { kind: "stored" } : { kind: "unreachable", offline: false };
  // Out of place is an answer too: the site says from where to go on.
  if ((reply.ok || reply.status === 409) && typeof offset === "number" && offset >= 0) {
    return { kind: "at", offset, url: typeof said["url"] === "string" ? said["url"] : url };
  }
  if (reply.ok) return { kind: "unreachable", offline: false };
  const message = typeof said["message"] === "string" ? said["message"] : "";
  return { kind: "refused", message, gone: reply.status === 404 || reply.status === 410 };
}

async function bodyOf(reply: Response): Promise<Record<string, unknown>> {
  try {
    const said: unknown = await reply.json();
    return typeof said === "object" && said !== null ? (said as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
