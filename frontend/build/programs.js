import { build } from "esbuild";
import { DIST, here } from "./places.js";

/** One file per program, small enough to be sent whole. */
export const bundlePrograms = () =>
  build({
    entryPoints: ["drafts", "form", "map", "theme", "voice"].map((name) => ({
      in: here(`programs/${name}/main.ts`),
      out: name,
    })),
    outdir: DIST,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2022"],
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
  });
