// Runs before the first paint, so that a chosen scheme never flashes the other one.
try {
  const choice = localStorage.getItem("nu-theme");
  if (choice === "light" || choice === "dark") document.documentElement.dataset["theme"] = choice;
} catch {
  // Storage can be forbidden: the device's own scheme is used.
}
