// Program `voice`: every block with data-nu-voice lets one answer aloud.
import { wordsFor } from "../words.ts";
import { VoiceKeeper } from "./keeper.ts";
import { canRecord } from "./recorder.ts";
import { deposit } from "./sending.ts";
import { RecordingStorage } from "./storage.ts";

const LOOK_AGAIN = 4_000;
const words = wordsFor(document.documentElement.lang);
const storage = new RecordingStorage(indexedDB);
const keepers: VoiceKeeper[] = [];

/** Read the recordings of the question again and put them in the page, unless somebody is typing there. */
async function refresh(block: HTMLElement, list: HTMLElement): Promise<void> {
  try {
    const reply = await fetch(block.dataset["nuVoiceList"] ?? "", {
      credentials: "same-origin",
      redirect: "manual",
      headers: { "HX-Request": "true" },
    });
    if (!reply.ok) return;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const states = (root: ParentNode) =>
      [...root.querySelectorAll<HTMLElement>("[data-nu-voice-state]")].map((one) => one.dataset["nuVoiceState"]).join();
    const typing = document.activeElement instanceof HTMLTextAreaElement && list.contains(document.activeElement);
    if (typing || states(page) === states(list)) return;
    list.replaceChildren(...[...page.body.childNodes].map((node) => document.importNode(node, true)));
  } catch {
    // The next look may find the server.
  }
}

function look(block: HTMLElement): void {
  const box = block.querySelector<HTMLElement>("[data-nu-voice-recorder]");
  const list = block.querySelector<HTMLElement>("[data-nu-voice-recordings]");
  if (!box || !list) return;
  window.setInterval(() => {
    if (!document.hidden && list.querySelector("[data-nu-voice-state=waiting]")) void refresh(block, list);
  }, LOOK_AGAIN);
  if (!canRecord()) return;
  const token = () => block.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const send = (parcel: Parameters<typeof deposit>[0]) => deposit(parcel, fetch.bind(window));
  const locks = navigator.locks;
  const keeper = new VoiceKeeper(block, box, { storage, send, token, words, locks, refresh: () => refresh(block, list) });
  keepers.push(keeper);
  void keeper.start();
}

document.querySelectorAll<HTMLElement>("[data-nu-voice]").forEach(look);
window.addEventListener("online", () => keepers.forEach((keeper) => void keeper.resumeSending()));
window.addEventListener("beforeunload", (event) => {
  // What was said so far is kept on the device; leaving by mistake would still cut the recording.
  if (keepers.some((keeper) => keeper.isBehind())) event.preventDefault();
});
