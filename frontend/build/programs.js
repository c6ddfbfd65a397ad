import { build } from "esbuild";
import { DIST, here } from "./places.js";

/** @type {import("esbuild").BuildOptions} */
const SHARED = {
  outdir: DIST,
  bundle: true,
  minify: true,
  target: ["es2022"],
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
};

/** @param {string} name */
const program = (name) => ({ in: here(`programs/${name}/main.ts`), out: name });

/** One file per program, small enough to be sent whole. */
export const bundlePrograms = () =>
  Promise.all([
    build({
      ...SHARED,
      entryPoints: ["drafts", "form", "map", "questionnaire-worker", "recording", "signature", "theme", "voice"].map(program),
      format: "iife",
    }),
    // the engine of forms waits while it loads, which only a module may
    build({ ...SHARED, entryPoints: [program("questionnaire")], format: "esm" }),
  ]);
