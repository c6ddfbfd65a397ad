// Program `drafts`: every form with data-nu-draft keeps what is written in it.
import { DraftKeeper, type Surroundings } from "./keeper.ts";
import { sendLeftovers } from "./leftovers.ts";
import { post } from "./sending.ts";
import { DeviceStorage } from "./storage.ts";
import { Teller } from "./telling.ts";
import { wordsFor } from "../words.ts";

const words = wordsFor(document.documentElement.lang);
const storage = new DeviceStorage(indexedDB);
const keepers = new Map<HTMLFormElement, DraftKeeper>();
const send = (letter: Parameters<typeof post>[0]) => post(letter, fetch.bind(window));

function signInAddress(): string {
  const address = document.body.dataset["nuSignIn"] ?? "";
  return address && `${address}?next=${encodeURIComponent(location.pathname + location.search)}`;
}

/** Read this page again: it says who is signed in now, and gives them a fresh proof of origin. */
async function freshToken(form: HTMLFormElement): Promise<string | undefined> {
  try {
    const reply = await fetch(location.href, { credentials: "same-origin", redirect: "manual" });
    if (!reply.ok) return undefined;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const same = [...page.querySelectorAll<HTMLFormElement>("form[data-nu-draft]")].find(
      (one) =>
        one.dataset["nuDraftKey"] === form.dataset["nuDraftKey"] &&
        one.dataset["nuDraftAccount"] === form.dataset["nuDraftAccount"],
    );
    return same?.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value;
  } catch {
    return undefined;
  }
}

function surroundingsOf(form: HTMLFormElement, pass: () => void): Surroundings {
  return {
    storage,
    send,
    freshToken: () => freshToken(form),
    teller: new Teller(form, words),
    later: (action, delay) => window.setTimeout(action, delay),
    cancel: (timer) => window.clearTimeout(timer),
    now: () => Date.now(),
    signInAddress,
    submit: (submitter) => {
      pass();
      form.requestSubmit(submitter);
    },
  };
}

function look(form: HTMLFormElement): void {
  if (keepers.has(form)) return;
  let passing = false;
  const keeper = new DraftKeeper(
    form,
    surroundingsOf(form, () => (passing = true)),
  );
  keepers.set(form, keeper);
  form.addEventListener("input", () => keeper.changed());
  form.addEventListener("change", () => keeper.changed());
  form.addEventListener("focusout", () => void keeper.save());
  form.addEventListener("submit", (event) => {
    if (passing) {
      passing = false;
      return;
    }
    if (!keeper.isBehind()) return;
    event.preventDefault();
    void keeper.leave(event.submitter);
  });
  void keeper.start();
}

function lookAll(): void {
  for (const form of keepers.keys()) if (!form.isConnected) keepers.delete(form);
  document.querySelectorAll<HTMLFormElement>("form[data-nu-draft]").forEach(look);
}

const every = (action: (keeper: DraftKeeper) => Promise<void>) => {
  for (const keeper of keepers.values()) void action(keeper);
};

lookAll();
document.addEventListener("htmx:load", lookAll);
window.addEventListener("online", () => every((keeper) => keeper.resume()));
window.addEventListener("pagehide", () => every((keeper) => keeper.save(true)));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") every((keeper) => keeper.save(true));
  else every((keeper) => keeper.resume());
});

const [first] = keepers.keys();
const account = first?.dataset["nuDraftAccount"];
if (first && account) {
  const token = first.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const onScreen = new Set([...keepers.values()].map((keeper) => keeper.key));
  sendLeftovers(account, onScreen, storage, send, token)
    .then((screens) => new Teller(first, words).waitingElsewhere(screens))
    .catch(() => undefined);
}
