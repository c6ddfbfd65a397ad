// The menu is a folded part of the page; with the program it also closes by Escape and by a tap elsewhere.

export function lookAfterMenus(root: ParentNode): void {
  for (const menu of root.querySelectorAll<HTMLDetailsElement>("details[data-nu-menu]")) {
    if (menu.dataset["nuReady"]) continue;
    menu.dataset["nuReady"] = "1";
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary")?.focus();
    });
    menu.addEventListener("focusout", (event) => {
      const goal = event.relatedTarget;
      if (goal instanceof Node && !menu.contains(goal)) menu.open = false;
    });
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target as Node)) menu.open = false;
    });
  }
}
