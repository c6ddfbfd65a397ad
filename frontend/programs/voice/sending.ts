// One recording to the server, and every way in which it can end.

export type Ending =
  | { kind: "acknowledged" }
  | { kind: "signed-out" }
  | { kind: "refused"; message: string }
  | { kind: "unreachable"; offline: boolean };

export interface Parcel {
  url: string;
  sound: Blob;
  sha256: string;
  token: string;
}

// Twenty megabytes on a slow line.
export const PATIENCE = 180_000;

/** The SHA-256 of the bytes, in hexadecimal. */
export async function sha256Of(sound: Blob): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await sound.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Send one recording. Never throws: a failure is an ending like another. */
export async function deposit(parcel: Parcel, fetching: typeof fetch): Promise<Ending> {
  const body = new FormData();
  body.append("sound", parcel.sound, "voix");
  try {
    const reply = await fetching(parcel.url, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "X-CSRFToken": parcel.token },
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
    return await endingOf(reply, parcel.sha256);
  } catch (reason) {
    const timedOut = reason instanceof DOMException && reason.name === "TimeoutError";
    return { kind: "unreachable", offline: !timedOut };
  }
}

async function endingOf(reply: Response, sha256: string): Promise<Ending> {
  if (reply.type === "opaqueredirect" || reply.status === 401) return { kind: "signed-out" };
  if (reply.status >= 500 || reply.status === 429 || reply.status === 408) return { kind: "unreachable", offline: false };
  const said = await bodyOf(reply);
  // A reply that does not repeat these very bytes acknowledges nothing.
  if (reply.ok) return said["sha256"] === sha256 ? { kind: "acknowledged" } : { kind: "unreachable", offline: false };
  return { kind: "refused", message: typeof said["message"] === "string" ? said["message"] : "" };
}

async function bodyOf(reply: Response): Promise<Record<string, unknown>> {
  try {
    const said: unknown = await reply.json();
    return typeof said === "object" && said !== null ? (said as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
