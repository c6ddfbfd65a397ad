// The forms that this device keeps, so that they open without network.
import { renewed, textAt } from "./attachments.ts";
import { sha256Of, type Site } from "./sending.ts";
import type { FieldStorage } from "./storage.ts";

/** Keep the forms that are offered, with their bytes checked; forget those that serve nobody any more. */
export async function keepForms(storage: FieldStorage, site: Site): Promise<void> {
  const kept = await storage.forms(site.account);
  for (const offered of site.forms) {
    const { form, version, title, kind, sha256, files = [] } = offered;
    const known = kept.find((one) => one.form === form && one.version === version);
    const lists = await renewed(files, known?.lists ?? [], textAt);
    if (known?.sha256 === sha256) {
      const same = JSON.stringify(lists) === JSON.stringify(known.lists ?? []);
      if (!known.offered || known.title !== title || !same) await storage.keepForm({ ...known, title, lists, offered: true });
      continue;
    }
    const xml = await textAt(offered.url).catch(() => "");
    if (!xml || (await sha256Of(xml)) !== sha256) continue;
    await storage.keepForm({ account: site.account, form, version, title, kind, sha256, xml, lists, offered: true });
  }
  const used = new Set((await storage.fiches()).map((fiche) => `${fiche.form} ${fiche.version}`));
  for (const form of kept) {
    if (site.forms.some((one) => one.form === form.form && one.version === form.version)) continue;
    if (used.has(`${form.form} ${form.version}`)) await storage.keepForm({ ...form, offered: false });
    else await storage.forgetForm(form);
  }
}
