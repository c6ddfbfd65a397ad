import { readFile, readdir, writeFile } from "node:fs/promises";
import { brotliCompress, constants, gzip } from "node:zlib";
import { promisify } from "node:util";
import { DIST } from "./places.js";

const TEXT = /\.(css|js|svg)$/;
const LEAST = 1000;

/** Beside each file of text, the same as Brotli and gzip: the web server sends the one that the browser reads. */
export const compressTexts = async () => {
  const names = (await readdir(DIST)).filter((name) => TEXT.test(name));
  await Promise.all(names.map((name) => compress(`${DIST}/${name}`)));
};

/** @param {string} path */
const compress = async (path) => {
  const content = await readFile(path);
  if (content.length < LEAST) return;
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  await Promise.all([
    writeFile(`${path}.br`, await promisify(brotliCompress)(content, { params })),
    writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 })),
  ]);
};
