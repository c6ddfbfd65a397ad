// The error summary takes the focus, and its links lead to the control with its question in sight.

export function lookAfterSummary(root: ParentNode): void {
  for (const summary of root.querySelectorAll<HTMLElement>("[data-nu-error-summary]")) {
    if (summary.dataset["nuReady"]) continue;
    summary.dataset["nuReady"] = "1";
    summary.addEventListener("click", (event) => {
      const link = (event.target as Element).closest<HTMLAnchorElement>("a[href^='#']");
      const control = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!control) return;
      event.preventDefault();
      question(control)?.scrollIntoView({ block: "start" });
      control.focus({ preventScroll: true });
    });
    if (!summary.closest("[data-nu-quiet]")) summary.focus();
  }
}

/** The legend or label to scroll to: a control alone at the top of a phone would hide what is asked. */
function question(control: HTMLElement): Element | null {
  const group = control.closest("fieldset");
  return group?.querySelector("legend") ?? document.querySelector(`label[for="${CSS.escape(control.id)}"]`) ?? control;
}
