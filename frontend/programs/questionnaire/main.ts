// Two pages have this program: the one of the field, that opens without network, and the trial of a version.
import { Shell } from "./shell.ts";
import { tryForm } from "./trial.ts";

const field = document.querySelector<HTMLElement>("[data-nu-field]");
const trial = document.querySelector<HTMLElement>("[data-nu-trial]");

if (field) {
  const { nuWorker: worker } = field.dataset;
  if (worker && "serviceWorker" in navigator) navigator.serviceWorker.register(worker).catch(() => undefined);
  void new Shell(field).start();
}
if (trial) void tryForm(trial);
