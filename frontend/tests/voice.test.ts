import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser.ts";
import { deposit, sha256Of } from "../programs/voice/sending.ts";
import { RecordingStorage, type Kept } from "../programs/voice/storage.ts";
import { Hearing, loudness } from "../programs/voice/level.ts";
import { clock } from "../programs/voice/panel.ts";
import { noMicrophone } from "../programs/voice/recorder.ts";
import { Take } from "../programs/voice/take.ts";
import { withDuration } from "../programs/voice/webm.ts";
import { wordsFor } from "../programs/words.ts";

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

test("what the device cannot keep stays in the page, whole and in order", async () => {
  const storage = new RecordingStorage(indexedDB, "takes");
  const adding = storage.add.bind(storage);
  let failed = 0;
  const take = new Take(storage, { ...KEPT, at: 9 }, () => (failed += 1));
  take.write(new Blob(["un "]));
  take.write(new Blob(["deux "]));
  assert.equal(await (await take.sound()).text(), "un deux ");
  storage.add = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
  take.write(new Blob(["trois "]));
  await take.sound();
  storage.add = adding;
  take.write(new Blob(["quatre"]));
  assert.equal(await (await take.sound()).text(), "un deux trois quatre");
  assert.deepEqual([failed, take.isHeld], [1, true]);
  await take.forget();
  assert.deepEqual(await storage.allOf("me").then((all) => all.filter((one) => one.at === 9)), []);
});

test("a microphone that hears nothing is noticed, and a silence of people is left to them", () => {
  assert.equal(loudness(new Float32Array(10)), 0);
  assert.equal(loudness(new Float32Array(10).fill(1)), 1);
  const quiet = loudness(new Float32Array(10).fill(0.002));
  assert.ok(quiet > 0 && quiet < 0.4, String(quiet));
  const hearing = new Hearing();
  assert.deepEqual([1, 4, 6].map((second) => hearing.isDeaf(0, second)), [false, false, true]);
  assert.equal(hearing.isDeaf(quiet, 7), false);
  assert.deepEqual([30, 50, 53].map((second) => hearing.isDeaf(0, second)), [false, false, true]);
});

test("each way in which a microphone does not open says what to do", () => {
  const words = wordsFor("fr");
  assert.match(noMicrophone(new DOMException("", "NotAllowedError"), words), /refuse le micro/);
  assert.match(noMicrophone(new DOMException("", "NotFoundError"), words), /Aucun micro/);
  assert.match(noMicrophone(new DOMException("", "NotReadableError"), words), /un autre programme/);
});

test("a recording that does not know its length is told, once; anything else stays as it is", async () => {
  const opening = [0x1a, 0x45, 0xdf, 0xa3, 0x84, 1, 2, 3, 4];
  const segment = [0x18, 0x53, 0x80, 0x67, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
  const scale = [0x2a, 0xd7, 0xb1, 0x83, 0x0f, 0x42, 0x40];
  const rest = [0x16, 0x54, 0xae, 0x6b, 0x81, 9];
  const recorded = new Blob([Uint8Array.from([...opening, ...segment, 0x15, 0x49, 0xa9, 0x66, 0x87, ...scale, ...rest])]);
  const told = new Uint8Array(await (await withDuration(recorded, 12.5)).arrayBuffer());
  const size = [0x01, 0, 0, 0, 0, 0, 0, 18];
  const duration = [0x44, 0x89, 0x88, ...new Uint8Array(new Float64Array([12_500]).buffer).reverse()];
  assert.deepEqual([...told], [...opening, ...segment, 0x15, 0x49, 0xa9, 0x66, ...size, ...scale, ...duration, ...rest]);
  const again = new Blob([told]);
  for (const other of [again, new Blob([]), new Blob(["RIFF....WAVEfmt "]), recorded.slice(0, 20), recorded.slice(0, 28)]) {
    assert.equal(await withDuration(other, 12.5), other);
  }
});
