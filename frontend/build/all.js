// Builds everything the pages need into the static folder of the `ui` app.
// Each step owns its files; the folder is emptied first so that nothing stale is served.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { bundlePrograms } from "./programs.js";
import { compressTexts } from "./compressed.js";
import { drawOutline } from "./outline.js";
import { unpackPrintedFonts } from "./printed.js";
import { compileTheme } from "./theme.js";
import { copyVendored } from "./vendored.js";
import { drawSprite } from "./sprite.js";
import { DIST } from "./places.js";

await rm(DIST, { recursive: true, force: true });
await mkdir(`${DIST}/fonts`, { recursive: true });
await Promise.all([bundlePrograms(), compileTheme(), copyVendored(), drawSprite(), drawOutline(), unpackPrintedFonts()]);
await compressTexts();
await writeFile(`${DIST}/.complete`, "");
