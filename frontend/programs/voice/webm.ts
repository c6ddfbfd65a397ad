// A browser that records does not know how long it will: it leaves no duration in a WebM file, and players then show
// neither its length nor a bar to move in it. Once it is known, it is written where it belongs.

const EBML = 0x1a45dfa3;
const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
const SCALE = 0x2ad7b1;
const DURATION = 0x4489;
// The head of a recording is some hundred bytes.
const HEAD = 4096;
const NANOSECONDS = 1_000_000_000;
const USUAL_SCALE = 1_000_000;

interface Element {
  id: number;
  /** Where its size is written. */
  sizeAt: number;
  begin: number;
  /** Infinity when it was not known yet. */
  size: number;
}

/** The same sound, that says how long it lasts; as it was when it says so already, or is something else than WebM. */
export async function withDuration(sound: Blob, seconds: number): Promise<Blob> {
  const head = new Uint8Array(await sound.slice(0, HEAD).arrayBuffer());
  const info = infoOf(head);
  if (!info || !(seconds > 0)) return sound;
  const end = info.begin + info.size;
  const told = childrenOf(head, info.begin, end);
  if (told.some((one) => one.id === DURATION)) return sound;
  const scale = told.find((one) => one.id === SCALE);
  const unit = scale ? wholeAt(head, scale.begin, scale.size) : USUAL_SCALE;
  const duration = new DataView(new ArrayBuffer(11));
  duration.setUint16(0, DURATION);
  duration.setUint8(2, 0x88);
  duration.setFloat64(3, Math.round((seconds * NANOSECONDS) / unit));
  const size = new DataView(new ArrayBuffer(8));
  size.setBigUint64(0, (1n << 56n) | BigInt(info.size + duration.byteLength));
  const parts = [head.slice(0, info.sizeAt), size, head.slice(info.begin, end), duration, sound.slice(end)];
  return new Blob(parts, { type: sound.type });
}

/** What a file says about itself, in a segment that has no length yet: nothing in it counts from the beginning. */
function infoOf(head: Uint8Array): Element | undefined {
  const opening = elementAt(head, 0);
  if (opening?.id !== EBML) return undefined;
  const segment = elementAt(head, opening.begin + opening.size);
  if (segment?.id !== SEGMENT || segment.size !== Infinity) return undefined;
  const info = elementAt(head, segment.begin);
  return info?.id === INFO && info.begin + info.size <= head.length ? info : undefined;
}

function childrenOf(head: Uint8Array, begin: number, end: number): Element[] {
  const found: Element[] = [];
  for (let place = begin; place < end; ) {
    const child = elementAt(head, place);
    if (!child || child.size === Infinity) break;
    found.push(child);
    place = child.begin + child.size;
  }
  return found;
}

/** The element that begins here. Its name and its size say by their first bits how many bytes they take. */
function elementAt(head: Uint8Array, place: number): Element | undefined {
  const idBytes = widthOf(head[place]);
  const sizeAt = place + idBytes;
  const sizeBytes = widthOf(head[sizeAt]);
  const begin = sizeAt + sizeBytes;
  if (idBytes === 0 || idBytes > 4 || sizeBytes === 0 || begin > head.length) return undefined;
  const room = 2 ** (7 * sizeBytes);
  const written = wholeAt(head, sizeAt, sizeBytes) - room;
  const size = written >= room - 1 ? Infinity : written;
  return { id: wholeAt(head, place, idBytes), sizeAt, begin, size };
}

const widthOf = (first: number | undefined): number => (first ? Math.clz32(first) - 23 : 0);

function wholeAt(head: Uint8Array, place: number, bytes: number): number {
  return head.subarray(place, place + bytes).reduce((sum, one) => sum * 256 + one, 0);
}
