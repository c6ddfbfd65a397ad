import { mkdir, readFile, writeFile } from "node:fs/promises";
import { inflateSync } from "node:zlib";
import { DIST, MODULES } from "./places.js";

const FILES = `${MODULES}/@fontsource/atkinson-hyperlegible-next/files`;
const HEADER = 12;
const ENTRY = 16;
const NAMES = 0x6e616d65; // "name"
// The two scripts come as two fonts of one name, of which only one would be found: the second gets its own.
const FAMILY = "Atkinson Hyperlegible Next";
const FAMILY_OF_EXT = "Atkinson Hyperlegible More";

/** The fonts that paper is set in: what sets the pages reads OpenType only, not its packing for browsers. */
export async function unpackPrintedFonts() {
  await mkdir(`${DIST}/print`, { recursive: true });
  const names = ["latin", "latin-ext"].flatMap((script) =>
    [400, 700].flatMap((weight) => ["normal", "italic"].map((style) => `${script}-${weight}-${style}`)),
  );
  await Promise.all(
    names.map(async (name) => {
      const packed = await readFile(`${FILES}/atkinson-hyperlegible-next-${name}.woff`);
      await writeFile(`${DIST}/print/atkinson-${name}.ttf`, unpacked(packed, name.startsWith("latin-ext")));
    }),
  );
}

/**
 * WOFF 1.0 as the OpenType font that it holds: the same tables, inflated, in the same order.
 * @param {Buffer} woff
 * @param {boolean} renamed whether it is the second font of the family
 */
const unpacked = (woff, renamed) => {
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, rank) => table(woff, 44 + rank * 20, renamed));
  const powers = 2 ** Math.floor(Math.log2(count));
  const head = Buffer.alloc(HEADER + ENTRY * count);
  woff.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(powers * 16, 6);
  head.writeUInt16BE(Math.log2(powers), 8);
  head.writeUInt16BE((count - powers) * 16, 10);
  const parts = [head];
  let offset = head.length;
  tables.forEach(({ tag, checksum, content }, rank) => {
    const at = HEADER + ENTRY * rank;
    head.writeUInt32BE(tag, at);
    head.writeUInt32BE(checksum, at + 4);
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(content.length, at + 12);
    const padding = (4 - (content.length % 4)) % 4;
    parts.push(content, Buffer.alloc(padding));
    offset += content.length + padding;
  });
  return Buffer.concat(parts);
};

/**
 * @param {Buffer} woff
 * @param {number} at where its entry stands
 * @param {boolean} renamed
 */
const table = (woff, at, renamed) => {
  const tag = woff.readUInt32BE(at);
  const offset = woff.readUInt32BE(at + 4);
  const packed = woff.readUInt32BE(at + 8);
  const length = woff.readUInt32BE(at + 12);
  const stored = woff.subarray(offset, offset + packed);
  const content = packed < length ? inflateSync(stored) : stored;
  if (!renamed || tag !== NAMES) return { tag, checksum: woff.readUInt32BE(at + 16), content };
  const named = withOtherName(content);
  return { tag, checksum: sum(named), content: named };
};

/**
 * Both names have as many letters, so that no offset changes.
 * @param {Buffer} names
 */
const withOtherName = (names) => {
  const changed = Buffer.from(names);
  const wide = (/** @type {string} */ text) => Buffer.from(text, "utf16le").swap16();
  for (let at = changed.indexOf(wide(FAMILY)); at >= 0; at = changed.indexOf(wide(FAMILY), at)) {
    wide(FAMILY_OF_EXT).copy(changed, at);
  }
  return changed;
};

/**
 * The checksum of a table: its words of four bytes, added.
 * @param {Buffer} content
 */
const sum = (content) => {
  const whole = Buffer.concat([content, Buffer.alloc((4 - (content.length % 4)) % 4)]);
  let total = 0;
  for (let at = 0; at < whole.length; at += 4) total = (total + whole.readUInt32BE(at)) >>> 0;
  return total;
};
