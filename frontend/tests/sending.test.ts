import assert from "node:assert/strict";
import { test } from "node:test";
import { post } from "../programs/drafts/sending.ts";

const LETTER = { url: "/x/", fields: { a: "1" }, revision: 3, token: "t" };
const answering = (status: number, body: unknown = {}) =>
  (async () => new Response(typeof body === "string" ? body : JSON.stringify(body), { status })) as typeof fetch;

test("sends JSON with the proof of origin, and lets it outlive the page", async () => {
  let seen: RequestInit | undefined;
  await post(LETTER, (async (_: unknown, options: RequestInit) => {
    seen = options;
    return new Response('{"revision": 4}');
  }) as typeof fetch);
  assert.equal(seen?.body, '{"fields":{"a":"1"},"revision":3}');
  assert.equal((seen?.headers as Record<string, string>)["X-CSRFToken"], "t");
  assert.equal(seen?.keepalive, true);
  assert.equal(seen?.redirect, "manual");
  assert.ok(seen?.signal);
});

test("a long text does not claim to outlive the page", async () => {
  let keepalive: boolean | undefined;
  await post({ ...LETTER, fields: { a: "é".repeat(40_000) } }, (async (_: unknown, options: RequestInit) => {
    keepalive = options.keepalive;
    return new Response('{"revision": 4}');
  }) as typeof fetch);
  assert.equal(keepalive, false);
});

test("saved only when the reply names the revision", async () => {
  const saved = await post(LETTER, answering(200, { revision: 4, saved_at: "2026-11-21T14:32:00Z" }));
  assert.equal(saved.kind, "saved");
  assert.equal((await post(LETTER, answering(200, "<html>"))).kind, "refused");
  assert.equal((await post(LETTER, answering(200, {}))).kind, "refused");
});

test("each refusal has its ending", async () => {
  assert.deepEqual(await post(LETTER, answering(409, { revision: 7, fields: { a: "2", b: ["x"] } })), {
    kind: "conflict",
    revision: 7,
    fields: { a: "2", b: ["x"] },
  });
  assert.equal((await post(LETTER, answering(409, { revision: 7, fields: [1] }))).kind, "refused");
  assert.equal((await post(LETTER, answering(401))).kind, "signed-out");
  assert.equal((await post(LETTER, answering(302, ""))).kind, "signed-out");
  assert.equal((await post(LETTER, answering(403, "<html>"))).kind, "forbidden");
  assert.equal((await post(LETTER, answering(403, { message: "Votre fiche est en relecture." }))).kind, "refused");
  assert.deepEqual(await post(LETTER, answering(400, { message: "Trop long." })), { kind: "refused", message: "Trop long." });
  assert.equal((await post(LETTER, answering(404, ""))).kind, "refused");
});

test("silence and breakdown are unreachable", async () => {
  for (const status of [408, 429, 500, 502, 503]) {
    assert.deepEqual(await post(LETTER, answering(status, "")), { kind: "unreachable", offline: false });
  }
  const failing = (reason: Error) => (async () => Promise.reject(reason)) as typeof fetch;
  assert.deepEqual(await post(LETTER, failing(new TypeError("Failed to fetch"))), { kind: "unreachable", offline: true });
  const late = new DOMException("late", "TimeoutError");
  assert.deepEqual(await post(LETTER, failing(late)), { kind: "unreachable", offline: false });
});
