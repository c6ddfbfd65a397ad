import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser.ts";
import { deposit, sha256Of } from "../programs/voice/sending.ts";
import { RecordingStorage, type Kept } from "../programs/voice/storage.ts";
import { clock } from "../programs/voice/panel.ts";

const PARCEL = { url: "/voix/", sound: new Blob(["abc"]), sha256: "aa", token: "t" };
const answering = (status: number, body: unknown = {}) =>
  (async () => new Response(JSON.stringify(body), { status })) as typeof fetch;
const KEPT: Kept = { account: "me", key: "partager/1/did", at: 5, url: "/voix/", type: "audio/webm", seconds: 1, wanted: false };
const bytes = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;

test("acknowledged only when the reply repeats these very bytes", async () => {
  assert.equal((await deposit(PARCEL, answering(200, { sha256: "aa" }))).kind, "acknowledged");
  assert.equal((await deposit(PARCEL, answering(200, { sha256: "bb" }))).kind, "unreachable");
  assert.equal((await deposit(PARCEL, answering(200))).kind, "unreachable");
  assert.equal(await sha256Of(new Blob(["abc"])), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("each refusal and each silence has its ending", async () => {
  assert.equal((await deposit(PARCEL, answering(401))).kind, "signed-out");
  assert.deepEqual(await deposit(PARCEL, answering(422, { message: "Trop long." })), { kind: "refused", message: "Trop long." });
  assert.equal((await deposit(PARCEL, answering(503))).kind, "unreachable");
  const failing = (async () => Promise.reject(new TypeError("Failed to fetch"))) as typeof fetch;
  assert.deepEqual(await deposit(PARCEL, failing), { kind: "unreachable", offline: true });
});

test("parts are kept one by one, in order, and never shown to another account", async () => {
  const storage = new RecordingStorage(indexedDB);
  for (let rank = 0; rank < 12; rank += 1) await storage.add({ ...KEPT, seconds: rank }, rank, bytes(`${rank},`));
  await storage.add({ ...KEPT, at: 6 }, 0, bytes("another"));
  await storage.add({ ...KEPT, account: "other" }, 0, bytes("theirs"));
  assert.equal(await (await storage.soundOf(KEPT)).text(), "0,1,2,3,4,5,6,7,8,9,10,11,");
  assert.deepEqual((await storage.allOf("me")).map((kept) => [kept.at, kept.seconds]), [[5, 11], [6, 1]]);
  await storage.forget(KEPT);
  assert.equal((await storage.soundOf(KEPT)).size, 0);
  assert.equal(await (await storage.soundOf({ ...KEPT, at: 6 })).text(), "another");
  assert.equal((await storage.allOf("other")).length, 1);
});

test("a length is read as on a recorder", () => {
  assert.deepEqual([0, 12.9, 61, 600].map(clock), ["0:00", "0:12", "1:01", "10:00"]);
});
