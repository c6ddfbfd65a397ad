// What a form asks for beside itself: lists that the site makes for who fills it in, kept with the form.
export interface KeptText {
  name: string;
  sha256: string;
  text: string;
}

export interface OfferedFile {
  name: string;
  url: string;
  sha256: string;
}

// A list that is not here has nobody in it: the form opens all the same.
const NOBODY = "name,label\n";

/** The text at an address of the site. Rejects when it does not come. */
export const textAt = async (address: string): Promise<string> => {
  const response = await fetch(address, { signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.text();
};

/** Answers the engine, which asks by a name of its own ("jr://file-csv/participants.csv"), with what is kept. */
export const attachmentsFrom =
  (kept: readonly KeptText[]) =>
  (address: URL): Promise<Response> => {
    const name = address.pathname.split("/").at(-1) ?? "";
    const text = kept.find((one) => one.name === name)?.text ?? NOBODY;
    return Promise.resolve(new Response(text, { headers: { "Content-Type": "text/csv" } }));
  };

/** The files that are offered now: those that changed are fetched; one that does not come stays as it was. */
export const renewed = async (
  offered: readonly OfferedFile[],
  kept: readonly KeptText[],
  get: (address: string) => Promise<string>,
): Promise<KeptText[]> => {
  const files: KeptText[] = [];
  for (const { name, url, sha256 } of offered) {
    const known = kept.find((one) => one.name === name);
    if (known?.sha256 === sha256) {
      files.push(known);
      continue;
    }
    const text = await get(url).catch(() => undefined);
    if (text !== undefined) files.push({ name, sha256, text });
    else if (known) files.push(known);
  }
  return files;
};
