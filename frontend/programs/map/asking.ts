// What the program asks the server, and what it understands of the replies.
import { degreesOf, squareOf, tilesAround, written, type Degrees, type Place, type Square } from "./square.ts";

export interface Group extends Place {
  readonly count: number;
  readonly square: string;
}

export interface Alone extends Place {
  readonly name: string;
  readonly address: string;
  readonly isHelp: boolean;
}

export interface Town extends Place {
  readonly name: string;
}

export interface Drawn {
  readonly groups: readonly Group[];
  readonly alone: readonly Alone[];
  readonly towns: readonly Town[];
}

export interface Near {
  readonly square: Square;
  readonly bounds: Degrees;
  readonly tooMany: boolean;
  readonly places: readonly Alone[];
}

type Row = readonly [number, number, ...unknown[]];

interface PointsReply {
  groups: Row[];
  alone: Row[];
  towns: Row[];
}

interface NearReply {
  too_many: boolean;
  alone: Row[];
}

/** From the largest square to the smallest that is ever told: thirteen kilometres, then three. */
const LEVELS = [11, 12, 13] as const;
const DIGITS = 5;

export type Fetch = (address: string, signal?: AbortSignal) => Promise<unknown>;

/** JSON of the same site, or an error. */
export const fromSite: Fetch = async (address, signal) => {
  const reply = await fetch(address, { headers: { Accept: "application/json" }, ...(signal ? { signal } : {}) });
  if (!reply.ok) throw new Error(`${reply.status}`);
  return reply.json();
};

const withQuery = (address: string, given: Record<string, string>, query: string): string => {
  const all = new URLSearchParams(query);
  for (const [name, value] of Object.entries(given)) all.set(name, value);
  return `${address}?${all}`;
};

/** What stands in the part of the map that is shown. */
export const pointsIn = async (
  address: string,
  query: string,
  shown: Degrees,
  zoom: number,
  ask: Fetch,
  signal?: AbortSignal,
): Promise<Drawn> => {
  const { west, south, east, north } = tilesAround(shown, zoom);
  const box = [west, south, east, north].map((side) => side.toFixed(DIGITS)).join(",");
  const reply = (await ask(withQuery(address, { boite: box, zoom: `${zoom}` }, query), signal)) as PointsReply;
  return {
    groups: reply.groups.map(([latitude, longitude, count, square]) => ({
      latitude,
      longitude,
      count: Number(count),
      square: String(square),
    })),
    alone: reply.alone.map(alone),
    towns: reply.towns.map(([name, latitude, longitude]) => ({
      name: String(name),
      latitude: Number(latitude),
      longitude: Number(longitude),
    })),
  };
};

const alone = ([latitude, longitude, name, address, isHelp]: Row): Alone => ({
  latitude,
  longitude,
  name: String(name),
  address: String(address),
  isHelp: Boolean(isHelp),
});

/** Everything around a position, which itself is never told: only the number of a square of some kilometres. */
export const placesNear = async (address: string, query: string, here: Place, ask: Fetch): Promise<Near> => {
  for (const level of LEVELS) {
    const square = squareOf(here, level);
    const reply = (await ask(withQuery(address, { carre: written(square) }, query))) as NearReply;
    if (reply.too_many && level !== LEVELS.at(-1)) continue;
    return {
      square,
      bounds: degreesOf(square),
      tooMany: reply.too_many,
      places: reply.alone.map(alone),
    };
  }
  throw new Error("no level");
};
