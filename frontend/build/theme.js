import { writeFile } from "node:fs/promises";
import { compileAsync } from "sass";
import { transform } from "esbuild";
import { DIST, MODULES, here } from "./places.js";

// Leaflet names pictures of its own markers and layers, which we do not use: none is ever asked for.
const PICTURES = /url\(("|')?images\/[^)]*\)/g;

/** The theme: govuk-frontend patterns in a layer, our own rules over it. What only the map needs stands apart. */
export async function compileTheme() {
  await Promise.all([compile("main", "nuserus"), compile("map", "map")]);
}

/**
 * @param {string} source
 * @param {string} out
 */
const compile = async (source, out) => {
  const { css } = await compileAsync(here(`style/${source}.scss`), { loadPaths: [MODULES], quietDeps: true });
  const { code } = await transform(css.replace(PICTURES, "none"), {
    loader: "css",
    minify: true,
    charset: "utf8",
    legalComments: "none",
  });
  await writeFile(`${DIST}/${out}.css`, code);
};
