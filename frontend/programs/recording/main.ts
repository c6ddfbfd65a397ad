// Program `recording`: the recording of an interview leaves in pieces, and its text is typed beside the player.
import { canRecord } from "../voice/recorder.ts";
import { RecordingStorage } from "../voice/storage.ts";
import { wordsFor } from "../words.ts";
import { RecordingKeeper } from "./keeper.ts";
import { Site } from "./protocol.ts";
import { listenWhileTyping } from "./typing.ts";

const STORE = "nuserus-interviews";
const words = wordsFor(document.documentElement.lang);

/** Read the page again and renew what it says of the recordings; what is being typed elsewhere stays as it is. */
async function refresh(): Promise<void> {
  try {
    const reply = await fetch(window.location.href, { credentials: "same-origin", redirect: "manual" });
    if (!reply.ok) return;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    for (const part of document.querySelectorAll<HTMLElement>("[data-nu-renewed]")) {
      const now = page.querySelector(`[data-nu-renewed="${part.dataset["nuRenewed"]}"]`);
      if (now) part.replaceWith(document.importNode(now, true));
    }
  } catch {
    // The recording is there: the page says so already.
  }
}

function look(block: HTMLElement): void {
  const box = block.querySelector<HTMLElement>("[data-nu-recording-state]");
  const form = block.querySelector<HTMLFormElement>("form[data-nu-recording-file]");
  if (!box || !form) return;
  const token = () => form.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const keeper = new RecordingKeeper(block, box, {
    storage: new RecordingStorage(indexedDB, STORE),
    site: new Site(fetch.bind(window), token),
    words,
    microphone: canRecord(),
    locks: navigator.locks,
    refresh,
    sure: (question) => window.confirm(question),
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = form.querySelector<HTMLInputElement>("input[type=file]");
    void keeper.choose(chosen?.files?.[0]);
  });
  window.addEventListener("online", () => keeper.hurry());
  window.addEventListener("beforeunload", (event) => {
    if (keeper.isBehind()) event.preventDefault();
  });
  void keeper.start();
}

/** Somebody took back what they agreed to: the device keeps nothing of that interview either. */
async function forget(block: HTMLElement): Promise<void> {
  const { nuRecordingAccount: account = "", nuRecordingKey: key = "" } = block.dataset;
  const storage = new RecordingStorage(indexedDB, STORE);
  const kept = await storage.allOf(account).catch(() => []);
  for (const one of kept.filter((each) => each.key === key)) await storage.forget(one).catch(() => undefined);
}

document.querySelectorAll<HTMLElement>("[data-nu-recording]").forEach(look);
document.querySelectorAll<HTMLElement>("[data-nu-recording-forget]").forEach((block) => void forget(block));
document.querySelectorAll<HTMLElement>("[data-nu-transcript]").forEach(listenWhileTyping);
