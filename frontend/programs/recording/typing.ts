// Typing what one hears without leaving the keyboard: the player obeys keys, and a new line knows its time and its voice.

const STEP = 3;
const MARK = /^\s*(?:\[?(\d+):(\d{2})(?::(\d{2}))?\]?\s+)?(?:([^:\n]{1,40}?)\s*:\s)?/u;

/** « 2:05 », « 1:02:05 » */
export function stamp(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (figure: number) => String(figure).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** Who speaks next after these lines: whoever spoke before the last voice, as in a talk between two. */
export function nextVoice(text: string, voices: readonly string[]): string {
  const spoken = text
    .split("\n")
    .map((line) => MARK.exec(line)?.[4] ?? "")
    .filter((voice) => voice && voices.includes(voice));
  const last = spoken.at(-1);
  return spoken.findLast((voice) => voice !== last) ?? voices.find((voice) => voice !== last) ?? "";
}

/** Seconds at the beginning of the line where the cursor is; undefined when it does not say. */
export function timeAt(text: string, place: number): number | undefined {
  const lines = text.slice(0, place).split("\n");
  const begin = place - (lines.at(-1)?.length ?? 0);
  const found = MARK.exec(text.slice(begin, text.indexOf("\n", begin) < 0 ? undefined : text.indexOf("\n", begin)));
  if (!found?.[1]) return undefined;
  const [, first, second, third] = found.map(Number) as [number, number, number, number];
  return found[3] === undefined ? first * 60 + second : first * 3600 + second * 60 + third;
}

export function listenWhileTyping(block: HTMLElement): void {
  const area = block.querySelector("textarea");
  const player = block.querySelector("audio");
  if (!area) return;
  const voices = (block.dataset["nuTranscript"] ?? "").split("\u001f").filter(Boolean);
  const write = (text: string) => {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const acts: Record<string, () => void> = {
    " ": () => void (player?.paused ? player.play() : player?.pause()),
    ArrowLeft: () => player && (player.currentTime -= STEP),
    ArrowRight: () => player && (player.currentTime += STEP),
    Enter: () => {
      const voice = nextVoice(area.value.slice(0, area.selectionStart), voices);
      write(`\n${player ? `${stamp(player.currentTime)} ` : ""}${voice ? `${voice} : ` : ""}`);
    },
    g: () => {
      const seconds = timeAt(area.value, area.selectionStart);
      if (player && seconds !== undefined) player.currentTime = seconds;
    },
  };
  block.addEventListener("keydown", (event) => {
    if (!event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const act = event.target === area ? acts[event.key] : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  });
}
