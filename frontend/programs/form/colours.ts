// Light, dark, or as the device says; remembered on this device only.

const PLACE = "nu-theme";

function chosen(): string {
  try {
    return localStorage.getItem(PLACE) ?? "auto";
  } catch {
    return "auto";
  }
}

function choose(choice: string): void {
  if (choice === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = choice;
  try {
    if (choice === "auto") localStorage.removeItem(PLACE);
    else localStorage.setItem(PLACE, choice);
  } catch {
    // Storage can be forbidden: the choice then lasts as long as the page.
  }
}

export function lookAfterColours(root: ParentNode): void {
  for (const group of root.querySelectorAll<HTMLElement>("[data-nu-theme]")) {
    if (group.dataset["nuReady"]) continue;
    group.dataset["nuReady"] = "1";
    const buttons = [...group.querySelectorAll<HTMLButtonElement>("[data-nu-theme-choice]")];
    const mark = () => {
      const choice = document.documentElement.dataset["theme"] ?? chosen();
      for (const one of buttons) one.setAttribute("aria-pressed", String(one.dataset["nuThemeChoice"] === choice));
    };
    for (const button of buttons) {
      button.addEventListener("click", () => {
        choose(button.dataset["nuThemeChoice"] ?? "auto");
        mark();
      });
    }
    group.hidden = false;
    mark();
  }
}
