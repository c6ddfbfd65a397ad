import { readFile, writeFile } from "node:fs/promises";
import { DIST, MODULES, here } from "./places.js";

const INNER = /<svg[^>]*>([\s\S]*)<\/svg>/;

/** @param {string} source the drawing's address: `lucide:name` or `own:name` */
async function drawing(source) {
  const [set, name] = source.split(":");
  const path = set === "own" ? here(`pictograms/${name}.svg`) : `${MODULES}/lucide-static/icons/${name}.svg`;
  const inner = (await readFile(path, "utf8")).match(INNER)?.[1];
  if (!inner) throw new Error(`No drawing in ${path}`);
  return inner.replace(/\s+/g, " ").replace(/ \/>/g, "/>").replace(/> </g, "><").trim();
}

/** One sprite of line drawings on a 24-unit grid; the stroke comes from the style sheet. */
export async function drawSprite() {
  /** @type {Record<string, string>} */
  const names = JSON.parse(await readFile(here("pictograms/names.json"), "utf8"));
  const symbols = await Promise.all(
    Object.entries(names).map(
      async ([name, source]) => `<symbol id="${name}" viewBox="0 0 24 24">${await drawing(source)}</symbol>`,
    ),
  );
  await writeFile(`${DIST}/pictograms.svg`, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}
