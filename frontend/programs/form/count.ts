// How many characters are left, said once the person pauses.
import type { Words } from "../words.ts";

const PAUSE = 1_000;

/** Characters as the server counts them: code points, and two for a line end as forms send it. */
export function lengthOf(text: string): number {
  return [...text.replace(/\r\n?/g, "\n")].reduce((sum, one) => sum + (one === "\n" ? 2 : 1), 0);
}

export function lookAfterCounts(root: ParentNode, words: Words): void {
  for (const group of root.querySelectorAll<HTMLElement>("[data-nu-count]")) {
    const control = group.querySelector<HTMLTextAreaElement>("textarea");
    const message = group.querySelector<HTMLElement>("[data-nu-count-message]");
    const limit = Number(group.dataset["nuCount"]);
    if (!control || !message || !limit || group.dataset["nuReady"]) continue;
    group.dataset["nuReady"] = "1";
    // Never cut what is pasted: say how much is too much.
    control.removeAttribute("maxlength");
    const spoken = document.createElement("span");
    spoken.className = "nu-hidden";
    spoken.setAttribute("role", "status");
    message.after(spoken);
    let timer = 0;
    const tell = () => {
      const left = limit - lengthOf(control.value);
      message.textContent = left < 0 ? words.over(-left) : words.left(left);
      message.classList.toggle("nu-count--over", left < 0);
      window.clearTimeout(timer);
      // Far from the limit, the count would only disturb.
      if (left < limit / 5) timer = window.setTimeout(() => (spoken.textContent = message.textContent), PAUSE);
    };
    control.addEventListener("input", tell);
    group.addEventListener("nu:written", tell);
    tell();
  }
}
