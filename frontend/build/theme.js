import { writeFile } from "node:fs/promises";
import { compileAsync } from "sass";
import { transform } from "esbuild";
import { DIST, MODULES, here } from "./places.js";

/** The theme: govuk-frontend patterns in a layer, our own rules over it. */
export async function compileTheme() {
  const { css } = await compileAsync(here("style/main.scss"), { loadPaths: [MODULES], quietDeps: true });
  const { code } = await transform(css, { loader: "css", minify: true, charset: "utf8", legalComments: "none" });
  await writeFile(`${DIST}/nuserus.css`, code);
}
