import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import { Outbox, pauseAfter } from "../programs/questionnaire/outbox.ts";
import { warningsFor } from "../programs/questionnaire/room.ts";
import { batches, send, sha256Of } from "../programs/questionnaire/sending.ts";
import { FieldStorage, type Fiche } from "../programs/questionnaire/storage.ts";
import { sealed, unsealed } from "../programs/questionnaire/vault.ts";
import { dayOf, speak, timeOf, WORDS, written } from "../programs/questionnaire/words.ts";

globalThis.DOMParser = new JSDOM().window.DOMParser;

const XML = '<data id="f" version="1"><meta><instanceID>uuid:1</instanceID></meta></data>';
const fiche = (more: Partial<Fiche> = {}): Fiche => ({
  id: crypto.randomUUID(),
  account: "moi",
  form: "f",
  version: "1",
  title: "La grille",
  xml: XML,
  begunAt: 1,
  savedAt: 1,
  sentAt: 1,
  files: [],
  tries: 0,
  nextAt: 0,
  problem: "",
  ...more,
});
const photo = { name: "a.jpg", blob: new Blob(["pixels"], { type: "image/jpeg" }) };
const reply = async (more: object = {}): Promise<object> => ({ instanceID: "uuid:1", sha256: await sha256Of(XML), files: [], ...more });
const answering = (status: number, body: object) => async (): Promise<Response> => new Response(JSON.stringify(body), { status });

test("a fiche is acknowledged when the reply repeats its number, its hash and its files", async () => {
  const files = [{ name: "a.jpg", sha256: await sha256Of(photo.blob) }];
  const parcel = { fiche: fiche(), files: [photo] };
  for (const status of [201, 202, 409]) {
    const ending = await send(parcel, "/", "", answering(status, await reply({ files })));
    assert.equal(ending.kind, "acknowledged");
  }
});

test("nothing is forgotten that the reply does not name with its hash", async () => {
  const files = [{ name: "a.jpg", sha256: await sha256Of(photo.blob) }];
  const wrong = [{ instanceID: "uuid:2" }, { sha256: "0" }, { files: [] }, { files: [{ name: "a.jpg", sha256: "0" }] }];
  for (const one of wrong) {
    const ending = await send({ fiche: fiche(), files: [photo] }, "/", "", answering(201, await reply({ files, ...one })));
    assert.equal(ending.kind, "retry");
  }
});

test("what passes by itself is tried again, what does not is said", async () => {
  const kinds = async (status: number): Promise<string> =>
    (await send({ fiche: fiche(), files: [] }, "/", "", answering(status, { message: "non" }))).kind;
  assert.deepEqual(await Promise.all([500, 503, 429, 403].map(kinds)), ["retry", "retry", "retry", "retry"]);
  assert.deepEqual(await Promise.all([400, 404, 413, 401].map(kinds)), ["refused", "refused", "refused", "signed-out"]);
  const broken = await send({ fiche: fiche(), files: [] }, "/", "", () => Promise.reject(new TypeError("cut")));
  assert.equal(broken.kind, "retry");
});

test("files that weigh too much together leave in several requests", () => {
  const files = [5, 5, 5, 20].map((size, rank) => ({ name: String(rank), blob: new Blob(["x".repeat(size)]) }));
  assert.deepEqual(batches(files, 12).map((batch) => batch.map((one) => one.name)), [["0", "1"], ["2"], ["3"]]);
  assert.deepEqual(batches([]), [[]]);
});

test("pauses grow, and never beyond some minutes", () => {
  assert.ok(pauseAfter(1, 0.5) < pauseAfter(2, 0.5));
  assert.ok(pauseAfter(50, 1) <= 10 * 60_000 * 1.25);
});

test("the outbox sends its own account's fiches once, and keeps what does not go", async () => {
  const storage = new FieldStorage(indexedDB);
  const [mine, others, draft, cut] = [fiche(), fiche({ account: "autre" }), fiche({ sentAt: undefined }), fiche({ xml: XML.replace("uuid:1", "uuid:cut") })];
  for (const one of [mine, others, draft, cut]) await storage.keep(one);
  await storage.keepFile(mine.id, "old.jpg", photo.blob);
  const posts: string[] = [];
  const outbox = new Outbox({
    storage,
    stateAddress: "/etat",
    sendAddress: "/envoi",
    locks: { request: (_name: string, _options: object, run: (lock: object) => unknown) => run({}) } as unknown as LockManager,
    now: () => 1000,
    changed: () => undefined,
    withdrawn: () => undefined,
    fetch: async (address, options) => {
      if (address === "/etat") return new Response(JSON.stringify({ account: "moi", name: "", token: "t", forms: [] }));
      const xml = await ((options?.body as FormData).get("xml_submission_file") as File).text();
      posts.push(xml);
      if (xml.includes("uuid:cut")) throw new TypeError("cut");
      return new Response(JSON.stringify(await reply()), { status: 201 });
    },
  });
  await outbox.run();
  assert.equal(posts.length, 2);
  const left = new Map((await storage.fiches()).map((one) => [one.id, one]));
  assert.deepEqual([...left.keys()].sort(), [others.id, draft.id, cut.id].sort());
  assert.equal(left.get(cut.id)?.tries, 1);
  assert.ok((left.get(cut.id)?.nextAt ?? 0) > 1000);
  assert.equal((await storage.filesOf(mine.id)).length, 0);
  await outbox.run();
  assert.equal(posts.length, 2, "what waits for its next try is left alone");
});

test("the safety file opens with its sentence only, and brings everything back once", async () => {
  const storage = new FieldStorage(new (indexedDB.constructor as new () => IDBFactory)());
  const other = new FieldStorage(new (indexedDB.constructor as new () => IDBFactory)());
  const one = fiche({ files: ["a.jpg"] });
  await storage.keep(one);
  await storage.keepFile(one.id, "a.jpg", photo.blob);
  const made = await sealed(storage, "moi", "une brouette en lavande");
  assert.ok(made);
  assert.equal(Buffer.from(await made.file.arrayBuffer()).includes("instanceID"), false);
  await assert.rejects(unsealed(other, "moi", made.file, "une autre phrase entière"));
  assert.equal(await unsealed(other, "moi", made.file, "une brouette en lavande"), 1);
  assert.equal(await unsealed(other, "moi", made.file, "une brouette en lavande"), 0);
  assert.equal(await (await other.file(one.id, "a.jpg"))?.text(), "pixels");
});

test("the limits of the browser are said before they bite", () => {
  const day = 24 * 3600_000;
  assert.deepEqual(warningsFor({ usage: 1, quota: 10 ** 9, persisted: false }, [], 0), []);
  assert.equal(warningsFor({ usage: 950_000_000, quota: 10 ** 9, persisted: true }, [], 0).length, 1);
  assert.equal(warningsFor({ usage: 1, quota: 10 ** 9, persisted: false }, [fiche({ begunAt: 0 })], 4 * day).length, 1);
  assert.equal(warningsFor({ usage: 1, quota: 10 ** 9, persisted: true }, [fiche({ begunAt: 0 })], 4 * day).length, 0);
});

test("what names a person who withdrew leaves the device before anything is sent", async () => {
  const storage = new FieldStorage(new (indexedDB.constructor as new () => IDBFactory)());
  const person = "01932f5e-7c1a-7b3e-9d55-0123456789ab";
  const naming = (more: Partial<Fiche>): Fiche => fiche({ xml: XML.replace("<meta>", `<qui>${person}</qui><meta>`), ...more });
  const [draft, waiting, others, free] = [naming({ sentAt: undefined }), naming({}), naming({ account: "autre" }), fiche()];
  for (const one of [draft, waiting, others, free]) await storage.keep(one);
  await storage.keepFile(waiting.id, "a.jpg", photo.blob);
  const said: string[][] = [];
  let posts = 0;
  const outbox = new Outbox({
    storage,
    stateAddress: "/etat",
    sendAddress: "/envoi",
    locks: { request: (_name: string, _options: object, run: (lock: object) => unknown) => run({}) } as unknown as LockManager,
    now: () => 1000,
    changed: () => undefined,
    withdrawn: (ids) => void said.push(ids),
    fetch: async (address) => {
      // a short or empty number would be found in every fiche
      const forgotten = [person, "", "a", "data"];
      if (address === "/etat") return new Response(JSON.stringify({ account: "moi", name: "", token: "t", forms: [], forgotten }));
      posts += 1;
      return new Response(JSON.stringify(await reply()), { status: 201 });
    },
  });
  await outbox.run();
  assert.deepEqual(said.map((ids) => ids.toSorted()), [[draft.id, waiting.id, others.id].sort()]);
  assert.equal(posts, 1);
  assert.deepEqual(await storage.fiches(), []);
  assert.equal((await storage.filesOf(waiting.id)).length, 0);
  assert.equal(await storage.keepAgain(draft), false, "a tab that had it open does not write it again");
  assert.equal(await storage.fiche(draft.id), undefined);
  await outbox.run();
  assert.equal(said.length, 1);
});

test("the program speaks the person's language, and says days as people do", () => {
  const morning = new Date(2026, 11, 1, 9, 5).getTime();
  assert.equal(dayOf(morning), "1er décembre");
  assert.equal(timeOf(morning), "9 h 05");
  assert.equal(WORDS.withdrawn(2).split(" : ")[0], "2 fiches retirées de cet appareil");
  try {
    speak("en");
    assert.equal(dayOf(morning), "1 December");
    assert.equal(timeOf(morning), "9:05");
    assert.equal(WORDS.unsent(2), "2 sheets not sent");
    assert.equal(written("2.5"), "2.5");
  } finally {
    speak("fr");
  }
  assert.equal(written("2.5"), "2,5");
});
