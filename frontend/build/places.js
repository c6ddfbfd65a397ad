import { fileURLToPath } from "node:url";

/** @param {string} path relative to the frontend folder */
export const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const DIST = here("../src/nuserus/ui/static/ui/dist");
export const MODULES = here("node_modules");
