// SHA-256 (FIPS 180-4) of bytes that come one piece after the other: the browser's own wants them all at once,
// and three hours of voice do not fit in the memory of a phone.

const ROUNDS = Uint32Array.from({ length: 64 }, (_, rank) => fraction(prime(rank), 1 / 3));
const START = Uint32Array.from({ length: 8 }, (_, rank) => fraction(prime(rank), 1 / 2));
const BLOCK = 64;

function prime(rank: number): number {
  let candidate = 1;
  for (let left = rank; left >= 0; left -= 1) {
    do candidate += 1;
    while (Array.from({ length: candidate - 2 }, (_, less) => less + 2).some((factor) => candidate % factor === 0));
  }
  return candidate;
}

/** The first 32 bits behind the point of a root, in whole numbers: floats are one bit short of it. */
function fraction(value: number, power: number): number {
  const degree = Math.round(1 / power);
  const scaled = BigInt(value) << BigInt(32 * degree);
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(degree) <= scaled) low = middle;
    else high = middle;
  }
  return Number(low & 0xffffffffn);
}

const turned = (word: number, by: number) => (word >>> by) | (word << (32 - by));

export class Sha256 {
  readonly #state = START.slice();
  readonly #left = new Uint8Array(BLOCK);
  readonly #words = new Uint32Array(64);
  #held = 0;
  #length = 0;

  /** How many bytes it has seen. */
  get length(): number {
    return this.#length;
  }

  add(bytes: Uint8Array): this {
    this.#length += bytes.length;
    let place = 0;
    if (this.#held > 0) {
      place = Math.min(BLOCK - this.#held, bytes.length);
      this.#left.set(bytes.subarray(0, place), this.#held);
      this.#held += place;
      if (this.#held < BLOCK) return this;
      this.#take(this.#left, 0);
      this.#held = 0;
    }
    for (; place + BLOCK <= bytes.length; place += BLOCK) this.#take(bytes, place);
    this.#left.set(bytes.subarray(place));
    this.#held = bytes.length - place;
    return this;
  }

  /** In hexadecimal. Nothing may be added after. */
  end(): string {
    const bits = BigInt(this.#length) * 8n;
    const rest = (BLOCK + 56 - ((this.#length + 1) % BLOCK)) % BLOCK;
    const tail = new Uint8Array(1 + rest + 8);
    tail[0] = 0x80;
    new DataView(tail.buffer).setBigUint64(1 + rest, bits);
    this.add(tail);
    return [...this.#state].map((word) => word.toString(16).padStart(8, "0")).join("");
  }

  #take(bytes: Uint8Array, from: number): void {
    const words = this.#words;
    const view = new DataView(bytes.buffer, bytes.byteOffset + from, BLOCK);
    for (let rank = 0; rank < 16; rank += 1) words[rank] = view.getUint32(rank * 4);
    for (let rank = 16; rank < 64; rank += 1) {
      const early = words[rank - 15]!;
      const late = words[rank - 2]!;
      const first = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
      const second = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
      words[rank] = words[rank - 16]! + first + words[rank - 7]! + second;
    }
    const state = this.#state;
    let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
    for (let rank = 0; rank < 64; rank += 1) {
      const chosen = (e & f) ^ (~e & g);
      const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + chosen + ROUNDS[rank]! + words[rank]!) | 0;
      const most = (a & b) ^ (a & c) ^ (b & c);
      const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + most) | 0;
      // one by one: a list made 64 times a block takes four times as long
      h = g;
      g = f;
      f = e;
      e = (d + one) | 0;
      d = c;
      c = b;
      b = a;
      a = (one + two) | 0;
    }
    for (const [rank, word] of [a, b, c, d, e, f, g, h].entries()) state[rank] = state[rank]! + word;
  }
}
