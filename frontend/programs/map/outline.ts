// The outline of the country: the same file as the picture that the server draws, read as points.
import { placeAt } from "./square.ts";

const SIDE = 2 ** 20;
const COMMAND = /([Mlz])([^Mlz]*)/g;
const NUMBER = /-?\d+/g;

export type Ring = [number, number][];

/** The rings of a path of `M x y l dx dy… z`, as latitude and longitude. */
export const ringsOf = (path: string): Ring[] => {
  const rings: Ring[] = [];
  let ring: Ring = [];
  let [x, y] = [0, 0];
  const keep = () => {
    const { latitude, longitude } = placeAt(x, y, SIDE);
    ring.push([latitude, longitude]);
  };
  for (const [, command, rest = ""] of path.matchAll(COMMAND)) {
    const numbers = (rest.match(NUMBER) ?? []).map(Number);
    if (command === "z") {
      rings.push(ring);
    } else if (command === "M") {
      [x, y] = [numbers[0] ?? 0, numbers[1] ?? 0];
      ring = [];
      keep();
    } else {
      for (let at = 0; at + 1 < numbers.length; at += 2) {
        x += numbers[at] ?? 0;
        y += numbers[at + 1] ?? 0;
        keep();
      }
    }
  }
  return rings;
};

/** The rings of each department, by its code. */
export const departments = (svg: string): Map<string, Ring[]> => {
  const drawing = new DOMParser().parseFromString(svg, "image/svg+xml");
  const paths = [...drawing.querySelectorAll("path")];
  return new Map(paths.map((path) => [path.id.slice(1), ringsOf(path.getAttribute("d") ?? "")]));
};
