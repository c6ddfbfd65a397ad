// A code that a printed address carries after its `#`: typed for the reader, then taken out of the address.

/** Fills the field marked for it. What follows `#` is sent to no server; it leaves the address bar and the history entry too. */
export function lookAfterFragment(root: ParentNode, page: Window): void {
  const field = root.querySelector<HTMLInputElement>("[data-from-address]");
  const code = decodeURIComponent(page.location.hash.slice(1));
  if (!field || field.value || !/^[0-9A-Z-]{12,20}$/.test(code)) return;
  field.value = code;
  page.history.replaceState(null, "", page.location.pathname + page.location.search);
}
