// The square of the world in the Mercator projection, as the server cuts it (queries/squares.py).

export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

export interface Square {
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

export interface Degrees {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

const FARTHEST = 85;

/** Where a place is on a square of `side`, from its north-west corner. */
export const onSquare = ({ latitude, longitude }: Place, side: number): [number, number] => {
  const angle = (Math.max(-FARTHEST, Math.min(FARTHEST, latitude)) * Math.PI) / 180;
  return [((longitude + 180) / 360) * side, (0.5 - Math.asinh(Math.tan(angle)) / (2 * Math.PI)) * side];
};

/** The place at a point of a square of `side`. */
export const placeAt = (x: number, y: number, side: number): Place => ({
  longitude: (x / side) * 360 - 180,
  latitude: (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / side))) * 180) / Math.PI,
});

/** The square of a level that a place stands in: some kilometres on a side, and all that is ever told of a position. */
export const squareOf = (place: Place, level: number): Square => {
  const side = 2 ** level;
  const [x, y] = onSquare(place, side);
  const within = (value: number) => Math.max(0, Math.min(side - 1, Math.floor(value)));
  return { level, column: within(x), row: within(y) };
};

export const written = ({ level, column, row }: Square): string => `${level}-${column}-${row}`;

/** What a square covers, with some squares more on each side. */
export const degreesOf = ({ level, column, row }: Square, around = 0): Degrees => {
  const side = 2 ** level;
  const corner = placeAt(column - around, row - around, side);
  const opposite = placeAt(column + 1 + around, row + 1 + around, side);
  return { west: corner.longitude, north: corner.latitude, east: opposite.longitude, south: opposite.latitude };
};

/** The box of whole tiles around what a screen shows: the server may answer it twice, and learns no more. */
export const tilesAround = (shown: Degrees, zoom: number): Degrees => {
  const level = Math.max(0, Math.min(18, zoom)) + 1;
  const side = 2 ** level;
  const [west, north] = onSquare({ latitude: shown.north, longitude: Math.max(-180, shown.west) }, side);
  const [east, south] = onSquare({ latitude: shown.south, longitude: Math.min(179.999, shown.east) }, side);
  const from = placeAt(Math.max(0, Math.floor(west)), Math.max(0, Math.floor(north)), side);
  const to = placeAt(Math.min(side, Math.floor(east) + 1), Math.min(side, Math.floor(south) + 1), side);
  return { west: from.longitude, north: from.latitude, east: to.longitude, south: to.latitude };
};

const EARTH = 6_371;

/** Kilometres between two places, as the crow flies. */
export const distance = (one: Place, other: Place): number => {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const up = Math.sin(radians(other.latitude - one.latitude) / 2) ** 2;
  const across = Math.sin(radians(other.longitude - one.longitude) / 2) ** 2;
  const half = up + Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * across;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(half)));
};

/** Metres below a kilometre, then kilometres: "800 m", "2,4 km". */
export const distanceWords = (kilometres: number, language: string): string => {
  const metres = Math.round(kilometres * 10) * 100;
  const near = metres < 1000;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: kilometres < 10 ? 1 : 0 });
  return near ? `${Math.max(100, metres)}\u00a0m` : `${number.format(kilometres)}\u00a0km`;
};
