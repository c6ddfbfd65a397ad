import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { openPage, settle } from "./browser.ts";
import { DraftKeeper, PAUSE, type Surroundings } from "../programs/drafts/keeper.ts";
import { sendLeftovers } from "../programs/drafts/leftovers.ts";
import type { Ending, Letter } from "../programs/drafts/sending.ts";
import { DeviceStorage } from "../programs/drafts/storage.ts";
import { Teller } from "../programs/drafts/telling.ts";
import { wordsFor } from "../programs/words.ts";

const KEY = "sheet:1:did";
const SAVED_AT = new Date(2026, 10, 21, 14, 32);
const saved = (revision: number): Ending => ({ kind: "saved", revision, savedAt: SAVED_AT });

interface Scene {
  form: HTMLFormElement;
  keeper: DraftKeeper;
  letters: Letter[];
  timers: Map<number, { action: () => void; delay: number }>;
  submitted: number;
  running: number;
  mostRunning: number;
  answers: (Ending | ((letter: Letter) => Ending | Promise<Ending>))[];
  token: string | undefined;
}

let factory: IDBFactory;
beforeEach(() => {
  factory = new IDBFactory();
});

interface Served {
  text?: string;
  revision?: number;
  account?: string;
}

function open({ text = "", revision = 3, account = "anne" }: Served = {}): Scene {
  const page = openPage(`<form data-nu-draft data-nu-draft-url="/save/" data-nu-draft-key="${KEY}"
      data-nu-draft-revision="${revision}" data-nu-draft-account="${account}">
    <input type="hidden" name="csrfmiddlewaretoken" value="old"><input type="hidden" name="revision" value="${revision}">
    <textarea name="did">${text}</textarea><input name="title" value="Chorale">
    <p data-nu-draft-status></p><div data-nu-draft-conflict tabindex="-1" hidden></div></form>`);
  const form = page.window.document.querySelector("form") as unknown as HTMLFormElement;
  const scene: Scene = {
    form,
    letters: [],
    timers: new Map(),
    submitted: 0,
    running: 0,
    mostRunning: 0,
    answers: [],
    token: undefined,
    keeper: undefined as unknown as DraftKeeper,
  };
  scene.keeper = new DraftKeeper(form, surroundings(scene));
  return scene;
}

function surroundings(scene: Scene): Surroundings {
  let timer = 0;
  return {
    storage: new DeviceStorage(factory),
    send: async (letter) => {
      scene.letters.push(letter);
      scene.running += 1;
      scene.mostRunning = Math.max(scene.mostRunning, scene.running);
      const answer = scene.answers.shift() ?? saved(letter.revision + 1);
      const ending = typeof answer === "function" ? await answer(letter) : answer;
      scene.running -= 1;
      return ending;
    },
    freshToken: async () => scene.token,
    teller: new Teller(scene.form, wordsFor("fr")),
    later: (action, delay) => {
      scene.timers.set((timer += 1), { action, delay });
      return timer;
    },
    cancel: (id) => void scene.timers.delete(id),
    now: () => 1_000,
    signInAddress: () => "/comptes/connexion/?next=%2Fpartager%2F1%2F",
    submit: () => (scene.submitted += 1),
  };
}

const box = (scene: Scene) => scene.form.querySelector<HTMLTextAreaElement>("textarea")!;
const status = (scene: Scene) => scene.form.querySelector("[data-nu-draft-status]")!;
const panel = (scene: Scene) => scene.form.querySelector<HTMLElement>("[data-nu-draft-conflict]")!;
const kept = (account = "anne") => new DeviceStorage(factory).find(account, KEY);

function type(scene: Scene, text: string): void {
  box(scene).value = text;
  scene.keeper.changed();
}

async function pass(scene: Scene): Promise<number> {
  const [[id, timer]] = [...scene.timers] as [[number, { action: () => void; delay: number }]];
  scene.timers.delete(id);
  timer.action();
  await settle();
  return timer.delay;
}

test("typing is saved after a pause, and the device forgets what the server has", async () => {
  const scene = open();
  type(scene, "a");
  type(scene, "ab");
  assert.equal(scene.timers.size, 1);
  assert.equal(await pass(scene), PAUSE);
  assert.deepEqual(scene.letters, [{ url: "/save/", fields: { did: "ab", title: "Chorale" }, revision: 3, token: "old" }]);
  assert.equal(status(scene).textContent, "Enregistré à 14 h 32");
  assert.equal(await kept(), undefined);
  assert.equal(scene.form.querySelector<HTMLInputElement>("[name=revision]")!.value, "4");
});

test("the answer is on the device before it leaves", async () => {
  const scene = open();
  scene.answers.push(async () => {
    assert.equal((await kept())?.fields["did"], "avant");
    return saved(4);
  });
  box(scene).value = "avant";
  await scene.keeper.save();
  assert.equal(scene.letters.length, 1);
});

test("nothing is sent when nothing changed", async () => {
  const scene = open({ text: "déjà là" });
  await scene.keeper.start();
  await scene.keeper.save();
  assert.equal(scene.letters.length, 0);
});

test("what is typed during a request follows it, never beside it", async () => {
  const scene = open();
  scene.answers.push(async () => {
    box(scene).value = "un deux";
    void scene.keeper.save();
    await settle();
    assert.equal((await kept())?.fields["did"], "un deux");
    return saved(4);
  });
  box(scene).value = "un";
  await scene.keeper.save();
  await settle();
  assert.deepEqual(scene.letters.map((letter) => [letter.fields["did"], letter.revision]), [["un", 3], ["un deux", 4]]);
  assert.equal(scene.mostRunning, 1);
  assert.equal(await kept(), undefined);
});

test("a copy that is newer than the acknowledgement stays", async () => {
  const scene = open();
  scene.answers.push(async () => {
    box(scene).value = "plus neuf";
    void scene.keeper.save();
    await settle();
    return saved(4);
  });
  scene.answers.push({ kind: "unreachable", offline: true });
  box(scene).value = "vieux";
  await scene.keeper.save();
  assert.equal((await kept())?.fields["did"], "plus neuf");
  assert.equal((await kept())?.base, 4);
});

test("without network the answer is kept, said so, and sent again with longer and longer pauses", async () => {
  const scene = open();
  scene.answers = Array.from({ length: 7 }, () => ({ kind: "unreachable", offline: true }) as const);
  box(scene).value = "dans le tunnel";
  await scene.keeper.save();
  assert.equal(status(scene).textContent, "Pas de réseau. Gardé sur cet appareil, envoyé dès que possible.");
  const delays: number[] = [];
  while (scene.answers.length) delays.push(await pass(scene));
  assert.deepEqual(delays, [2_000, 4_000, 8_000, 16_000, 32_000, 60_000]);
  await pass(scene);
  assert.equal(status(scene).textContent, "Enregistré à 14 h 32");
  assert.equal(await kept(), undefined);
});

test("the network coming back does not wait for the pause", async () => {
  const scene = open();
  scene.answers.push({ kind: "unreachable", offline: true });
  box(scene).value = "x";
  await scene.keeper.save();
  await scene.keeper.resume();
  assert.equal(scene.letters.length, 2);
  assert.equal(scene.timers.size, 0);
});

test("a server that is down is not called a missing network", async () => {
  const scene = open();
  scene.answers.push({ kind: "unreachable", offline: false });
  box(scene).value = "x";
  await scene.keeper.save();
  assert.match(status(scene).textContent!, /^Le site ne répond pas/);
});

test("a lost reply is not a conflict: the other version is our own", async () => {
  const scene = open();
  scene.answers.push({ kind: "unreachable", offline: true });
  box(scene).value = "premier";
  await scene.keeper.save();
  box(scene).value = "premier et second";
  scene.answers.push({ kind: "conflict", revision: 4, fields: { did: "premier" } });
  await scene.keeper.save();
  assert.deepEqual(scene.letters.at(-1), {
    url: "/save/",
    fields: { did: "premier et second", title: "Chorale" },
    revision: 4,
    token: "old",
  });
  assert.ok(panel(scene).hidden);
  assert.equal(await kept(), undefined);
});

test("going back to the served text after a lost reply still tells the server", async () => {
  const scene = open({ text: "servi" });
  scene.answers.push({ kind: "unreachable", offline: true });
  box(scene).value = "essai";
  await scene.keeper.save();
  box(scene).value = "servi";
  assert.ok(scene.keeper.isBehind());
  scene.answers.push({ kind: "conflict", revision: 4, fields: { did: "essai" } });
  await scene.keeper.save();
  assert.equal(scene.letters.at(-1)?.fields["did"], "servi");
  assert.equal(scene.letters.at(-1)?.revision, 4);
  assert.ok(!scene.keeper.isBehind());
});

test("a real conflict shows both versions and waits for a choice", async () => {
  const scene = open();
  scene.answers.push({ kind: "conflict", revision: 9, fields: { did: "<b>celle d’une collègue</b>" } });
  box(scene).value = "la mienne";
  await scene.keeper.save();
  assert.equal(panel(scene).hidden, false);
  assert.match(panel(scene).textContent!, /Cette réponse a aussi été modifiée ailleurs/);
  assert.match(panel(scene).textContent!, /la mienne/);
  assert.doesNotMatch(panel(scene).textContent!, /Chorale/);
  assert.match(panel(scene).textContent!, /<b>celle d’une collègue<\/b>/);
  assert.equal(panel(scene).querySelector("b"), null);
  type(scene, "la mienne, encore");
  await pass(scene);
  assert.equal(scene.letters.length, 1);
  assert.equal((await kept())?.fields["did"], "la mienne, encore");
});

test("keeping mine sends it on the other's revision", async () => {
  const scene = open();
  scene.answers.push({ kind: "conflict", revision: 9, fields: { did: "autre" } });
  box(scene).value = "mienne";
  await scene.keeper.save();
  panel(scene).querySelectorAll("button")[0]!.click();
  await settle();
  assert.deepEqual(scene.letters.at(-1), {
    url: "/save/",
    fields: { did: "mienne", title: "Chorale" },
    revision: 9,
    token: "old",
  });
  assert.ok(panel(scene).hidden);
});

test("taking the other one puts it in the form and sends nothing", async () => {
  const scene = open();
  scene.answers.push({ kind: "conflict", revision: 9, fields: { did: "autre" } });
  box(scene).value = "mienne";
  await scene.keeper.save();
  panel(scene).querySelectorAll("button")[1]!.click();
  await settle();
  assert.equal(box(scene).value, "autre");
  assert.equal(scene.letters.length, 1);
  assert.equal(await kept(), undefined);
  assert.ok(!scene.keeper.isBehind());
});

test("keeping both puts their text before mine, and sends it on their revision", async () => {
  const scene = open();
  scene.answers.push({ kind: "conflict", revision: 9, fields: { did: "autre", title: "Chorale" } });
  box(scene).value = "mienne";
  await scene.keeper.save();
  panel(scene).querySelectorAll("button")[2]!.click();
  await settle();
  assert.equal(box(scene).value, "autre\n\nmienne");
  assert.deepEqual(scene.letters.at(-1)?.fields, { did: "autre\n\nmienne", title: "Chorale" });
  assert.equal(scene.letters.at(-1)?.revision, 9);
  assert.ok(panel(scene).hidden);
});

test("signed out: kept, with a way to sign in and come back", async () => {
  const scene = open();
  scene.answers.push({ kind: "signed-out" });
  box(scene).value = "x";
  await scene.keeper.save();
  assert.match(status(scene).textContent!, /^Vous n’êtes plus connecté·e\. Vos réponses sont gardées sur cet appareil\./);
  assert.equal(status(scene).querySelector("a")!.getAttribute("href"), "/comptes/connexion/?next=%2Fpartager%2F1%2F");
  assert.equal((await kept())?.fields["did"], "x");
});

test("an old proof of origin is renewed for the same account, once", async () => {
  const scene = open();
  scene.token = "new";
  scene.answers.push({ kind: "forbidden" });
  box(scene).value = "x";
  await scene.keeper.save();
  assert.deepEqual(scene.letters.map((letter) => letter.token), ["old", "new"]);
  scene.answers.push({ kind: "forbidden" });
  box(scene).value = "y";
  await scene.keeper.save();
  assert.equal(scene.letters.length, 3);
  assert.match(status(scene).textContent!, /plus connecté/);
});

test("somebody else signed in: nothing is sent in their name", async () => {
  const scene = open();
  scene.token = undefined;
  scene.answers.push({ kind: "forbidden" });
  box(scene).value = "x";
  await scene.keeper.save();
  assert.equal(scene.letters.length, 1);
  assert.match(status(scene).textContent!, /plus connecté/);
});

test("after a reload the unsent answer comes back and leaves", async () => {
  const before = open();
  before.answers.push({ kind: "unreachable", offline: true });
  box(before).value = "tapé dans le train";
  await before.keeper.save();
  const after = open();
  await after.keeper.start();
  assert.equal(box(after).value, "tapé dans le train");
  assert.equal(after.letters[0]?.fields["did"], "tapé dans le train");
  assert.equal(await kept(), undefined);
});

test("after a reload whose page already has the answer, the copy goes", async () => {
  const before = open();
  before.answers.push({ kind: "unreachable", offline: true });
  box(before).value = "arrivé quand même";
  await before.keeper.save();
  const after = open({ text: "arrivé quand même", revision: 4 });
  await after.keeper.start();
  assert.equal(after.letters.length, 0);
  assert.equal(await kept(), undefined);
});

test("after a reload on top of our own lost save, the newer text simply follows", async () => {
  const before = open();
  before.answers.push({ kind: "unreachable", offline: true }, { kind: "unreachable", offline: true });
  box(before).value = "un";
  await before.keeper.save();
  box(before).value = "un deux";
  await before.keeper.save();
  const after = open({ text: "un", revision: 4 });
  await after.keeper.start();
  assert.ok(panel(after).hidden);
  assert.deepEqual(after.letters.map((letter) => [letter.fields["did"], letter.revision]), [["un deux", 4]]);
});

test("after a reload on top of another's change, both are shown", async () => {
  const before = open();
  before.answers.push({ kind: "unreachable", offline: true });
  box(before).value = "le mien";
  await before.keeper.save();
  const after = open({ text: "celui d’une autre", revision: 5 });
  await after.keeper.start();
  assert.equal(after.letters.length, 0);
  assert.match(panel(after).textContent!, /celui d’une autre/);
  panel(after).querySelectorAll("button")[0]!.click();
  await settle();
  assert.deepEqual(after.letters.map((letter) => [letter.fields["did"], letter.revision]), [["le mien", 5]]);
});

test("another account on the same phone sees nothing", async () => {
  const before = open();
  before.answers.push({ kind: "unreachable", offline: true });
  box(before).value = "secret d’Anne";
  await before.keeper.save();
  const after = open({ account: "bachir" });
  await after.keeper.start();
  assert.equal(box(after).value, "");
  assert.equal(after.letters.length, 0);
  assert.equal((await kept("anne"))?.fields["did"], "secret d’Anne");
});

test("without an account nothing stays on the device, and nothing claims so", async () => {
  const scene = open({ account: "" });
  scene.answers.push({ kind: "unreachable", offline: true });
  box(scene).value = "x";
  await scene.keeper.save();
  assert.match(status(scene).textContent!, /^Pas encore enregistré/);
  assert.equal(await kept(""), undefined);
});

test("a device that cannot store still saves on the server, and never claims a copy", async () => {
  const scene = open();
  factory.open = () => {
    throw new Error("forbidden");
  };
  scene.answers.push({ kind: "unreachable", offline: true });
  box(scene).value = "x";
  await scene.keeper.save();
  assert.match(status(scene).textContent!, /^Pas encore enregistré/);
  await scene.keeper.resume();
  assert.equal(status(scene).textContent, "Enregistré à 14 h 32");
});

test("what the browser restored by itself is saved too", async () => {
  const scene = open({ text: "servi" });
  box(scene).value = "restauré par le navigateur";
  await scene.keeper.start();
  assert.equal(scene.letters[0]?.fields["did"], "restauré par le navigateur");
});

test("continuing waits for the server", async () => {
  const scene = open();
  box(scene).value = "x";
  await scene.keeper.leave(null);
  assert.equal(scene.submitted, 1);
  assert.equal(await kept(), undefined);
});

test("two taps on continue leave once", async () => {
  const scene = open();
  box(scene).value = "x";
  await Promise.all([scene.keeper.leave(null), scene.keeper.leave(null)]);
  assert.equal(scene.submitted, 1);
});

test("continuing without network stays on the page", async () => {
  const scene = open();
  scene.answers.push({ kind: "unreachable", offline: true });
  box(scene).value = "x";
  await scene.keeper.leave(null);
  assert.equal(scene.submitted, 0);
  assert.match(status(scene).textContent!, /^Pas de réseau/);
});

test("continuing with a refused answer lets the server say why", async () => {
  const scene = open();
  scene.answers.push({ kind: "refused", message: "Trop long." });
  box(scene).value = "x";
  await scene.keeper.leave(null);
  assert.equal(scene.submitted, 1);
  assert.match(status(scene).textContent!, /^Trop long\. Le site n’a pas pu enregistrer/);
});

test("continuing during a conflict waits for the choice", async () => {
  const scene = open();
  scene.answers.push({ kind: "conflict", revision: 9, fields: { did: "autre" } });
  box(scene).value = "x";
  await scene.keeper.leave(null);
  assert.equal(scene.submitted, 0);
});

test("a closing page sends before the device has answered", async () => {
  const scene = open();
  box(scene).value = "dernier mot";
  const saving = scene.keeper.save(true);
  assert.equal(scene.letters.length, 1);
  await saving;
  await settle();
  assert.equal(await kept(), undefined);
});

test("the copy goes when the person goes back to what the server has", async () => {
  const scene = open({ text: "servi" });
  scene.answers.push({ kind: "signed-out" });
  box(scene).value = "autre";
  await scene.keeper.save();
  box(scene).value = "servi";
  await scene.keeper.save();
  assert.equal(await kept(), undefined);
  assert.equal(scene.letters.length, 1);
});

test("answers of other screens leave when a page opens; conflicts and other accounts stay", async () => {
  const storage = new DeviceStorage(factory);
  const copy = { url: "/s/", fields: { a: "1" }, base: 1, at: 0, sent: [] };
  await storage.keep({ ...copy, account: "anne", key: "sheet:1:a" });
  await storage.keep({ ...copy, account: "anne", key: "sheet:1:b", url: "/s/1/b/enregistrer/" });
  await storage.keep({ ...copy, account: "anne", key: KEY });
  await storage.keep({ ...copy, account: "bachir", key: "sheet:2:a" });
  const sent: string[] = [];
  const endings: Ending[] = [saved(2), { kind: "conflict", revision: 5, fields: { a: "2" } }];
  const waiting = await sendLeftovers("anne", new Set([KEY]), storage, async (letter) => {
    sent.push(letter.token);
    return endings.shift()!;
  }, "t");
  assert.deepEqual(waiting, ["/s/1/b/"]);
  assert.deepEqual(sent, ["t", "t"]);
  assert.deepEqual((await storage.allOf("anne")).map((one) => one.key), ["sheet:1:b", KEY]);
  assert.equal((await storage.allOf("bachir")).length, 1);
});

test("leftovers stop at the first silence", async () => {
  const storage = new DeviceStorage(factory);
  const copy = { account: "anne", url: "/s/", fields: { a: "1" }, base: 1, at: 0, sent: [] };
  await storage.keep({ ...copy, key: "a" });
  await storage.keep({ ...copy, key: "b" });
  let count = 0;
  await sendLeftovers("anne", new Set(), storage, async () => {
    count += 1;
    return { kind: "unreachable", offline: true };
  }, "t");
  assert.equal(count, 1);
  assert.equal((await storage.allOf("anne")).length, 2);
});

test("an answer that waits on another screen is said above the form", () => {
  const page = openPage('<form id="f"><button>Envoyer</button></form>');
  const form = page.window.document.querySelector<HTMLFormElement>("#f")!;
  const teller = new Teller(form, wordsFor("fr"));
  teller.waitingElsewhere([]);
  assert.equal(form.querySelector("[role=status]"), null);
  teller.waitingElsewhere(["/partager/1/did/"]);
  const box = form.querySelector("[role=status]")!;
  assert.match(box.textContent ?? "", /attend votre choix/);
  assert.equal(box.querySelector("a")!.getAttribute("href"), "/partager/1/did/");
});
