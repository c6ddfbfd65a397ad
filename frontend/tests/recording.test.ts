import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";
import { openPage, settle } from "./browser.ts";
import { RecordingKeeper } from "../programs/recording/keeper.ts";
import { Site } from "../programs/recording/protocol.ts";
import { Sha256 } from "../programs/recording/sha256.ts";
import { nextVoice, stamp, timeAt } from "../programs/recording/typing.ts";
import { Upload, type Outcome } from "../programs/recording/upload.ts";
import { RecordingStorage } from "../programs/voice/storage.ts";
import { wordsFor } from "../programs/words.ts";

const PIECE = 1000;
const sum = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

/** A server as ours is told to be: it keeps pieces in order and may be cut at any request. */
class FakeServer {
  held = new Uint8Array();
  asked: string[] = [];
  begun = 0;
  /** Cut the n-th request: before it is read, or after it was kept. */
  cuts = new Map<number, "before" | "after">();
  refusal: Response | undefined;
  #rank = 0;

  readonly fetch = (async (url: string, options: RequestInit) => {
    const cut = this.cuts.get(this.#rank);
    this.#rank += 1;
    if (cut === "before") throw new TypeError("Failed to fetch");
    const reply = this.#answer(url, options);
    if (cut === "after") throw new TypeError("Failed to fetch");
    return reply;
  }) as unknown as typeof fetch;

  #answer(url: string, options: RequestInit): Response {
    const headers = new Headers(options.headers);
    this.asked.push(`${options.method} ${url} ${headers.get("Upload-Offset") ?? ""}`.trim());
    if (this.refusal) return this.refusal.clone();
    if (url === "/begin/") {
      this.begun += 1;
      return json(201, { url: "/up/", offset: this.held.length });
    }
    if (url === "/up/fin/") {
      const { sha256 } = JSON.parse(String(options.body)) as { sha256: string };
      return sum(this.held) === sha256 ? json(200, { sha256 }) : json(422, { message: "Pas le même fichier." });
    }
    const bytes = options.body as Uint8Array;
    const offset = Number(headers.get("Upload-Offset"));
    assert.equal(headers.get("Upload-Sha256"), sum(bytes));
    if (offset !== this.held.length) return json(409, { offset: this.held.length });
    this.held = Uint8Array.from([...this.held, ...bytes]);
    return json(200, { offset: this.held.length });
  }
}

const until = async (condition: () => boolean) => {
  for (let turn = 0; turn < 400 && !condition(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(condition());
};

async function sendThrough(server: FakeServer, content: Uint8Array<ArrayBuffer>): Promise<Outcome> {
  const upload: Upload = new Upload(new Blob([content]), new Site(server.fetch, () => "t"), PIECE, {
    sent: () => undefined,
    waiting: (wait) => wait && setTimeout(() => upload.hurry(), 0),
  });
  return upload.run("/begin/", "file");
}

test("the sum of pieces is the sum of the whole, wherever they are cut", () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 4096]) {
    const bytes = randomBytes(length);
    for (const cut of [0, 1, 64, length >> 1]) {
      const found = new Sha256().add(bytes.subarray(0, cut)).add(bytes.subarray(cut)).end();
      assert.equal(found, sum(bytes), `${length} cut at ${cut}`);
    }
  }
});

test("each request may be cut before it is read or after it is kept: the file is the same to the byte", async () => {
  const content = Uint8Array.from(randomBytes(3 * PIECE + 17));
  for (const when of ["before", "after"] as const) {
    for (let rank = 0; rank < 6; rank += 1) {
      const server = new FakeServer();
      server.cuts.set(rank, when);
      assert.deepEqual(await sendThrough(server, content), { kind: "stored" }, `${when} ${rank}`);
      assert.equal(sum(server.held), sum(content), `${when} ${rank}`);
    }
  }
});

test("what the site has already is not sent again", async () => {
  const content = Uint8Array.from(randomBytes(3 * PIECE));
  const server = new FakeServer();
  server.held = content.slice(0, 2 * PIECE);
  assert.equal((await sendThrough(server, content)).kind, "stored");
  assert.deepEqual(server.asked, ["POST /begin/", "PATCH /up/ 2000", "POST /up/fin/"]);
});

test("a refusal stops and says why; a session that ended too", async () => {
  const content = Uint8Array.from(randomBytes(10));
  const server = new FakeServer();
  server.refusal = json(403, { message: "Il manque un accord." });
  assert.deepEqual(await sendThrough(server, content), { kind: "refused", message: "Il manque un accord." });
  server.refusal = json(401, {});
  assert.equal((await sendThrough(server, content)).kind, "signed-out");
  const another = new FakeServer();
  another.held = Uint8Array.from(randomBytes(5));
  assert.deepEqual(await sendThrough(another, content), { kind: "refused", message: "Pas le même fichier." });
});

function openKeeper(server: FakeServer, storage: RecordingStorage, locks?: LockManager) {
  openPage(`<section data-nu-recording data-nu-recording-account="me" data-nu-recording-key="i1" data-nu-recording-url="/begin/"
    data-nu-recording-piece="${PIECE}" data-nu-recording-limit="5000"><div></div></section>`);
  const block = document.querySelector("section")!;
  const box = block.querySelector("div")!;
  const seen = { refreshed: 0 };
  const keeper = new RecordingKeeper(block, box, {
    storage,
    site: new Site(server.fetch, () => "t"),
    words: wordsFor("fr"),
    microphone: false,
    locks,
    refresh: async () => void (seen.refreshed += 1),
    sure: () => true,
  });
  return { keeper, box, seen };
}

test("a page that closes in the middle goes on when it is opened again, and the device forgets at the end", async () => {
  const content = Uint8Array.from(randomBytes(2 * PIECE + 5));
  const storage = new RecordingStorage(indexedDB, "interviews-reload");
  const server = new FakeServer();
  server.cuts.set(2, "before");
  const first = openKeeper(server, storage);
  await first.keeper.start();
  void first.keeper.choose(new File([content], "entretien.m4a", { type: "audio/mp4" }));
  await until(() => first.box.dataset["state"] === "waiting");
  assert.match(first.box.textContent ?? "", /Pas de réseau\. Rien n’est perdu/);
  assert.match(first.box.textContent ?? "", /49\u00a0%/);
  assert.equal((await storage.allOf("me")).length, 1);
  // The tab closes here: nobody hurries the first one.
  const second = openKeeper(server, storage);
  await second.keeper.start();
  await until(() => second.box.dataset["state"] === "stored");
  assert.equal(sum(server.held), sum(content));
  assert.equal(second.seen.refreshed, 1);
  await settle();
  assert.equal((await storage.allOf("me")).length, 0);
  first.keeper.hurry();
});

test("nothing leaves of what is too heavy, or is not there", async () => {
  const server = new FakeServer();
  const { keeper, box } = openKeeper(server, new RecordingStorage(indexedDB, "interviews-heavy"));
  await keeper.start();
  await keeper.choose(undefined);
  assert.match(box.textContent ?? "", /Choisissez d’abord/);
  await keeper.choose(new File([new Uint8Array(6000)], "long.wav"));
  assert.match(box.textContent ?? "", /la limite est/);
  assert.equal(server.asked.length, 0);
});

test("one account does not see what another keeps on the device", async () => {
  const storage = new RecordingStorage(indexedDB, "interviews-others");
  await storage.add({ account: "other", key: "i1", at: 1, url: "/begin/", type: "", seconds: 0, wanted: true }, 0, new Blob(["a"]));
  const server = new FakeServer();
  const { keeper, box } = openKeeper(server, storage);
  await keeper.start();
  assert.equal(box.dataset["state"], "ready");
  assert.equal(server.asked.length, 0);
});

test("a new line takes the voice that was silent, and a line gives back its time", () => {
  const text = "0:02 Chercheuse : Bonjour.\n0:05 Camille : Bonjour.\n1:02:05 Chercheuse : Oui ?";
  assert.equal(nextVoice(text, ["Chercheuse", "Camille"]), "Camille");
  assert.equal(nextVoice("", ["Chercheuse", "Camille"]), "Chercheuse");
  assert.equal(timeAt(text, 30), 5);
  assert.equal(timeAt(text, text.length), 3725);
  assert.equal(timeAt("sans heure", 3), undefined);
  assert.deepEqual([0, 65.9, 3725].map(stamp), ["0:00", "1:05", "1:02:05"]);
});

test("what another tab records or sends is left to it", async () => {
  const storage = new RecordingStorage(indexedDB, "interviews-tabs");
  await storage.add({ account: "me", key: "i1", at: 1, url: "/begin/", type: "", seconds: 0, wanted: true }, 0, new Blob(["a"]));
  const server = new FakeServer();
  const locks = { request: () => Promise.reject(new DOMException("held", "AbortError")) } as unknown as LockManager;
  const { keeper, box } = openKeeper(server, storage, locks);
  await keeper.start();
  assert.match(box.textContent ?? "", /dans un autre onglet/);
  await keeper.choose(new File([new Uint8Array(60)], "autre.wav"));
  assert.match(box.textContent ?? "", /dans un autre onglet/);
  assert.equal(keeper.busy, false);
  assert.deepEqual(server.asked, []);
  assert.equal((await storage.allOf("me")).length, 1);
});
