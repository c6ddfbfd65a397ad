// A drawing made with a finger, as the path that is kept: whole numbers in a frame of 600 × 200.

export const WIDE = 600;
export const HIGH = 200;
export const LONGEST = 12_000;
const NEAR = 3;

export type Point = readonly [x: number, y: number];

/** The strokes drawn so far; each is a list of points. */
export class Strokes {
  #strokes: Point[][] = [];
  #length = 0;

  /** A finger touches the frame: a stroke begins. */
  begin(x: number, y: number): void {
    if (this.isFull()) return;
    const point = inside(x, y);
    this.#strokes.push([point]);
    this.#count(point);
  }

  /** It moves. Points that are nearly the same are left out; false when nothing was added. */
  move(x: number, y: number): boolean {
    const stroke = this.#strokes.at(-1);
    const last = stroke?.at(-1);
    if (!stroke || !last || this.isFull()) return false;
    const point = inside(x, y);
    if (Math.hypot(point[0] - last[0], point[1] - last[1]) < NEAR) return false;
    stroke.push(point);
    this.#count(point);
    return true;
  }

  #count([x, y]: Point): void {
    this.#length += `L${x} ${y}`.length;
  }

  clear(): void {
    this.#strokes = [];
    this.#length = 0;
  }

  isEmpty(): boolean {
    return this.#strokes.length === 0;
  }

  isFull(): boolean {
    return this.#length > LONGEST - 20;
  }

  /** Two points of one stroke for each line to draw; a touch alone is a line to itself. */
  *lines(): Generator<[Point, Point]> {
    for (const stroke of this.#strokes)
      for (const [rank, point] of stroke.entries()) yield [stroke[Math.max(0, rank - 1)] ?? point, point];
  }

  /** "M12 30L14 33…": the path of an SVG drawing. */
  toString(): string {
    return this.#strokes
      .map((stroke) => stroke.map(([x, y], rank) => `${rank ? "L" : "M"}${x} ${y}`).join(""))
      .join("");
  }

  /** What was drawn before the page came back with something to mend. */
  static from(path: string): Strokes {
    const drawn = new Strokes();
    for (const stroke of path.split("M").filter(Boolean))
      drawn.#strokes.push(stroke.split("L").map((pair) => inside(...(pair.split(" ").map(Number) as [number, number]))));
    drawn.#length = path.length;
    return drawn;
  }
}

function inside(x: number, y: number): Point {
  const within = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value) || 0));
  return [within(x, WIDE), within(y, HIGH)];
}
