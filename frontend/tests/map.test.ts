import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { placesNear, pointsIn, type Alone } from "../programs/map/asking.ts";
import { sorted } from "../programs/map/near.ts";
import { ringsOf } from "../programs/map/outline.ts";
import { degreesOf, distance, distanceWords, onSquare, placeAt, squareOf, tilesAround } from "../programs/map/square.ts";

const HERE = { latitude: 43.949317, longitude: 4.805528 };
const NOTHING = { groups: [], alone: [], towns: [], too_many: false };

test("a position becomes the square it stands in, some kilometres on a side, and nothing more is told", async () => {
  const asked: string[] = [];
  const near = await placesNear("/carte/autour/", "q=ime", HERE, async (address) => {
    asked.push(address);
    return { ...NOTHING, too_many: asked.length < 3 };
  });
  assert.deepEqual(asked, [
    "/carte/autour/?q=ime&carre=11-1051-745",
    "/carte/autour/?q=ime&carre=12-2102-1490",
    "/carte/autour/?q=ime&carre=13-4205-2980",
  ]);
  const { west, south, east, north } = near.bounds;
  const width = distance({ latitude: south, longitude: west }, { latitude: south, longitude: east });
  assert.ok(width > 3, `${width} km`);
  assert.ok(west < HERE.longitude && HERE.longitude < east && south < HERE.latitude && HERE.latitude < north);
});

test("every position of one square is asked about in the same words", async () => {
  const square = squareOf(HERE, 11);
  const { west, south, east, north } = degreesOf(square);
  const words = new Set<string>();
  for (let step = 1; step < 20; step += 1) {
    const there = { latitude: south + ((north - south) * step) / 20, longitude: west + ((east - west) * step) / 20 };
    await placesNear("/a/", "", there, async (address) => {
      words.add(address);
      return NOTHING;
    });
  }
  assert.equal(words.size, 1);
});

test("what a screen shows is asked for in whole tiles", async () => {
  const asked: string[] = [];
  for (const shift of [0, 0.01, 0.02]) {
    const shown = { west: 4.4 + shift, south: 43.6, east: 5.2 + shift, north: 44.1 };
    await pointsIn("/p/", "", shown, 9, async (address) => {
      asked.push(address);
      return NOTHING;
    });
  }
  assert.equal(new Set(asked).size, 1);
  const world = tilesAround({ west: -400, south: -89, east: 400, north: 89 }, 3);
  assert.ok(world.west >= -180 && world.east <= 180 && world.north < 86 && world.south > -86);
});

test("a place goes to the square and comes back", () => {
  for (const place of [HERE, { latitude: -21.1, longitude: 55.5 }, { latitude: 46.8, longitude: -56.2 }]) {
    const back = placeAt(...onSquare(place, 2 ** 20), 2 ** 20);
    assert.ok(distance(place, back) < 0.001);
  }
});

test("the nearest come first, in words", () => {
  const place = (name: string, latitude: number): Alone => ({
    name,
    latitude,
    longitude: 4.8,
    address: "/x/",
    isHelp: false,
  });
  const found = sorted([place("loin", 45), place("près", 43.95), place("aussi près", 43.95)], HERE);
  assert.deepEqual(
    found.map(({ place: { name } }) => name),
    ["aussi près", "près", "loin"],
  );
  assert.equal(distanceWords(0.02, "fr"), "100\u00a0m");
  assert.equal(distanceWords(0.84, "fr"), "800\u00a0m");
  assert.equal(distanceWords(2.44, "fr"), "2,4\u00a0km");
  assert.equal(distanceWords(117.3, "fr"), "117\u00a0km");
});

test("the outline that was built puts towns in their departments", async () => {
  const svg = await readFile(new URL("../../src/nuserus/ui/static/ui/dist/outline.svg", import.meta.url), "utf8");
  const paths = new Map([...svg.matchAll(/<path id="d(\w+)" d="([^"]+)"/g)].map(([, code, path]) => [code, path ?? ""]));
  assert.equal(paths.size, 101);
  const inside = (latitude: number, longitude: number): string[] =>
    [...paths].flatMap(([code = "", path]) => {
      let within = false;
      for (const ring of ringsOf(path)) {
        ring.forEach(([y, x], rank) => {
          const [y2, x2] = ring[(rank + 1) % ring.length] ?? [y, x];
          if (y > latitude !== y2 > latitude && longitude < ((x2 - x) * (latitude - y)) / (y2 - y) + x) within = !within;
        });
      }
      return within ? [code] : [];
    });
  assert.deepEqual(inside(43.949, 4.806), ["84"]);
  assert.deepEqual(inside(48.853, 2.349), ["75"]);
  assert.deepEqual(inside(42.306, 9.15), ["2B"]);
  assert.deepEqual(inside(48.39, -4.486), ["29"]);
  assert.deepEqual(inside(-21.1, 55.5), ["974"]);
  assert.deepEqual(inside(4.5, -52.9), ["973"]);
});
