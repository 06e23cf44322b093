import { createHash } from "node:crypto";
import type { GroupReader } from "../3-keep/group-reader.ts";
import type { NeighbourTable } from "../4-group/neighbour-table.ts";

/** Neighbours with the raw embedding length of each face: where that differs, the vector is another. */
export interface KnownNeighbours {
  readonly table: NeighbourTable;
  readonly norms: Float32Array;
}
/** Faces by whose ids one piece is made. */
const span = 1024;
/** Numbers at the head of a piece: layout, faces, neighbours of each. */
const head = 3;
const layout = 1;

/** The pieces that a table is kept in: number, and the rows of each. */
function* pieces(faces: Int32Array): Generator<readonly [number: number, from: number, to: number]> {
  for (let from = 0; from < faces.length;) {
    const number = Math.floor((faces[from] as number) / span);
    let to = from;
    while (to < faces.length && Math.floor((faces[to] as number) / span) === number) to++;
    yield [number, from, to];
    from = to;
  }
}

/** Bytes of one piece: per face id, flags (1 exact, 2 seed), length, neighbours, cosines. Four bytes each, little endian. */
function toBlock({ table, norms }: KnownNeighbours, from: number, to: number): Uint8Array {
  const { faces, k } = table;
  const count = to - from;
  const words = new Int32Array(head + count * (3 + 2 * k));
  const floats = new Float32Array(words.buffer);
  words.set([layout, count, k]);
  words.set(faces.subarray(from, to), head);
  for (let i = 0; i < count; i++) words[head + count + i] = (table.exact[from + i] === 1 ? 1 : 0) | (table.seeds[from + i] === 1 ? 2 : 0);
  floats.set(norms.subarray(from, to), head + 2 * count);
  words.set(table.neighbours.subarray(from * k, to * k), head + 3 * count);
  floats.set(table.similarity.subarray(from * k, to * k), head + (3 + k) * count);
  return new Uint8Array(words.buffer);
}

/** What `keepBlocks` wrote, or null where there is nothing or a piece is not whole: then everything is searched again. */
export function fromBlocks(key: string, blocks: ReadonlyMap<number, Uint8Array>): KnownNeighbours | null {
  const parts = [...blocks].sort(([a], [b]) => a - b).map(([, bytes]) => new Int32Array(new Uint8Array(bytes).buffer));
  const k = parts[0]?.[2] ?? 0;
  const whole = parts.every((words) => words[0] === layout && words[2] === k && words.length === head + (words[1] ?? 0) * (3 + 2 * k));
  if (!whole || k === 0) return null;
  const n = parts.reduce((sum, words) => sum + (words[1] ?? 0), 0);
  const table = {
    key,
    k,
    faces: new Int32Array(n),
    neighbours: new Int32Array(n * k),
    similarity: new Float32Array(n * k),
    exact: new Uint8Array(n),
    seeds: new Uint8Array(n),
  };
  const norms = new Float32Array(n);
  let at = 0;
  for (const words of parts) {
    const count = words[1] ?? 0;
    const floats = new Float32Array(words.buffer);
    table.faces.set(words.subarray(head, head + count), at);
    for (let i = 0; i < count; i++) {
      const flags = words[head + count + i] ?? 0;
      table.exact[at + i] = flags & 1;
      table.seeds[at + i] = flags >> 1;
    }
    norms.set(floats.subarray(head + 2 * count, head + 3 * count), at);
    table.neighbours.set(words.subarray(head + 3 * count, head + (3 + k) * count), at * k);
    table.similarity.set(floats.subarray(head + (3 + k) * count, head + (3 + 2 * k) * count), at * k);
    at += count;
  }
  return { table, norms };
}

/** The table without what it knew of faces whose vector is another now. `faces` ascending, with the length of each. */
export function withoutChanged({ table, norms }: KnownNeighbours, faces: Int32Array, now: Float32Array): NeighbourTable {
  const changed = new Set<number>();
  let at = 0;
  for (let row = 0; row < faces.length; row++) {
    const face = faces[row] as number;
    while (at < table.faces.length && (table.faces[at] as number) < face) at++;
    if (table.faces[at] === face && norms[at] !== now[row]) changed.add(face);
  }
  if (changed.size === 0) return table;
  const { k } = table;
  const neighbours = table.neighbours.map((face, place) =>
    changed.has(face) || changed.has(table.faces[Math.floor(place / k)] as number) ? -1 : face,
  );
  return { ...table, neighbours, seeds: table.seeds.map((seed, row) => (changed.has(table.faces[row] as number) ? 0 : seed)) };
}

/**
 * Writes down the pieces that are not as they were; `written` remembers. Lets others at the file between two pieces. `only`: faces,
 * ascending; pieces without any of them are as they were.
 */
export async function keepBlocks(
  reader: GroupReader,
  known: KnownNeighbours,
  written: Map<number, string>,
  only: Int32Array | null = null,
): Promise<void> {
  const touched = only === null ? null : new Set(Array.from(only, (face) => Math.floor(face / span)));
  const living = new Set<number>();
  for (const [number, from, to] of pieces(known.table.faces)) {
    living.add(number);
    if (touched?.has(number) === false) continue;
    const bytes = toBlock(known, from, to);
    const mark = createHash("sha1").update(bytes).digest("base64");
    if (written.get(number) === mark) continue;
    reader.keepBlock(known.table.key, number, bytes);
    written.set(number, mark);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  for (const number of written.keys()) {
    if (living.has(number)) continue;
    reader.keepBlock(known.table.key, number, null);
    written.delete(number);
  }
}
