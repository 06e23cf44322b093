import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { GroupInput } from "../../electron/engine/4-group/group-types.ts";
import type { Calibration } from "../../electron/engine/types.ts";
import { settings } from "../../electron/engine/settings.ts";

/** Faces whose people are known. `person` is a number a person. */
export interface LabelledFaces {
  readonly name: string;
  readonly dimensions: number;
  readonly vectors: Float32Array;
  readonly person: Int32Array;
  readonly norms: Float32Array;
  /** Names by person number, where they are known. */
  readonly names: readonly string[];
}

/** Half floats (IEEE 754 binary16) as floats. */
export function fromHalves(halves: Uint16Array): Float32Array {
  const out = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i] ?? 0;
    const exponent = (half >> 10) & 31;
    const part = half & 1023;
    const size = exponent === 0 ? part * 2 ** -24 : exponent === 31 ? (part ? NaN : Infinity) : (1 + part / 1024) * 2 ** (exponent - 15);
    out[i] = half & 0x8000 ? -size : size;
  }
  return out;
}

/** Reads a folder of `meta.json`, `vectors.f16` and `faces.csv` (row, person, photo, norm). No folder: no faces, for tests that are then skipped. */
export function readLabelledVectors(dir: string | null): LabelledFaces {
  if (dir === null)
    return { name: "none", dimensions: 1, vectors: new Float32Array(0), person: new Int32Array(0), norms: new Float32Array(0), names: [] };
  const meta = JSON.parse(readFileSync(join(dir, "meta.json"), "utf8")) as { name: string; rows: number; dimensions: number };
  const bytes = readFileSync(join(dir, "vectors.f16"));
  const vectors = fromHalves(new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)));
  if (vectors.length !== meta.rows * meta.dimensions)
    throw new Error(`${dir}: ${vectors.length} numbers for ${meta.rows} x ${meta.dimensions}`);
  const [head = "", ...lines] = readFileSync(join(dir, "faces.csv"), "utf8").trim().split(/\r?\n/);
  const column = head.split(",");
  const numbers = new Map<string, number>();
  const person = new Int32Array(meta.rows);
  const norms = new Float32Array(meta.rows);
  for (const line of lines) {
    const cells = line.split(",");
    const row = Number(cells[0]);
    const name = cells[column.indexOf("person")] ?? "";
    if (!numbers.has(name)) numbers.set(name, numbers.size);
    person[row] = numbers.get(name) ?? 0;
    norms[row] = Number(cells[column.indexOf("norm")] ?? 0) || 0;
  }
  return { name: meta.name, dimensions: meta.dimensions, vectors, person, norms, names: [...numbers.keys()] };
}

/** The calibration of a pack as the repository holds it. */
export function readPackCalibration(pack: string): Calibration {
  const file = new URL(`../../models/calibration/${pack}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as Calibration;
}

/** The folder of labelled vectors beside the repository, or null where it is not there. */
export function labelledVectorsFolder(): string | null {
  const dir = new URL("../../../shared/vectors/lfw-a", import.meta.url).pathname;
  return existsSync(dir) ? dir : null;
}

/** A library of these faces that nobody has said anything about. Face ids are 1, 2, 3... */
export function untouchedLibrary(faces: LabelledFaces, calibration: Calibration | null, change: Partial<GroupInput> = {}): GroupInput {
  const n = faces.person.length;
  let next = 1_000_000_000;
  return {
    faceIds: Int32Array.from({ length: n }, (_, row) => row + 1),
    vectors: faces.vectors,
    dimensions: faces.dimensions,
    norms: faces.norms,
    sizes: new Float32Array(n).fill(100),
    scores: new Float32Array(n).fill(1),
    photoIds: Int32Array.from({ length: n }, (_, row) => row + 1),
    takenAt: new Float64Array(n).fill(NaN),
    previous: new Int32Array(n),
    confirmed: new Int32Array(n),
    rejected: [],
    neverMerge: [],
    people: [],
    nextId: () => next++,
    calibration,
    alpha: settings.group.alpha,
    ...change,
  };
}
