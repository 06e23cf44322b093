import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LabelledVectors } from "./calibrate.ts";

/** Reads a folder of `meta.json`, `vectors.f16` (half floats, row-major) and `faces.csv` (row, person, photo, norm). */
export function readVectorsFolder(dir: string): LabelledVectors {
  const meta = JSON.parse(readFileSync(join(dir, "meta.json"), "utf8")) as { name: string; dimensions: number };
  const bytes = readFileSync(join(dir, "vectors.f16"));
  const halves = new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const lines = readFileSync(join(dir, "faces.csv"), "utf8").trim().split(/\r?\n/);
  const columns = (lines[0] ?? "").split(",");
  const cells = lines.slice(1).map((line) => line.split(","));
  const numbers = new Map<string, number>();
  const numberOf = (name: string): number => numbers.get(name) ?? (numbers.set(name, numbers.size), numbers.size - 1);
  return {
    name: meta.name,
    dimensions: meta.dimensions,
    vectors: Float32Array.from(halves, halfToFloat),
    person: Int32Array.from(cells, (row) => numberOf(row[columns.indexOf("person")] ?? "")),
    norms: Float32Array.from(cells, (row) => Number(row[columns.indexOf("norm")]) || 0),
  };
}

function halfToFloat(half: number): number {
  const exponent = (half >> 10) & 31;
  const part = half & 1023;
  const size = exponent === 0 ? part * 2 ** -24 : exponent === 31 ? NaN : (1 + part / 1024) * 2 ** (exponent - 15);
  return half & 0x8000 ? -size : size;
}
