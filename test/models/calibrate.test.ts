import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { normalQuantile, normalTail } from "../../electron/engine/4-group/normal.ts";
import { farOf, usableCalibration } from "../../electron/engine/4-group/sureness.ts";
import { dot } from "../../electron/engine/4-group/vectors.ts";
import { calibrate } from "../../models/calibrate.ts";
import { readVectorsFolder } from "../../models/read-vectors-folder.ts";
import { readCalibration } from "../../models/read-calibration.ts";
import { degrade, plantedLibrary } from "../bench/grouping-planted.ts";
import { readPackCalibration } from "../bench/grouping-library.ts";

const library = plantedLibrary(1200, 48);

describe("calibrate", () => {
  const made = calibrate(library);

  it("writes what the packs can read and the engine can use", () => {
    expect(readCalibration(JSON.parse(JSON.stringify(made)))).toEqual(made);
    expect(usableCalibration(made)).toBe(made);
  });

  it("counts the pairs of different people: mean, spread and the table", () => {
    const { vectors, dimensions: d, person } = library;
    const cosines: number[] = [];
    for (let a = 0; a < person.length; a++)
      for (let b = 0; b < a; b++) if (person[a] !== person[b]) cosines.push(dot(vectors, a * d, vectors, b * d, d));
    const mean = cosines.reduce((sum, one) => sum + one, 0) / cosines.length;
    expect(made.mu).toBeCloseTo(mean, 3);
    const variance = cosines.reduce((sum, one) => sum + (one - mean) ** 2, 0) / cosines.length;
    expect(made.sId ** 2 + 2 * made.sF ** 2 + made.sE ** 2).toBeCloseTo(variance, 3);
    for (const [far, cosine] of made.farTable.slice(0, 3)) {
      expect(cosines.filter((one) => one >= cosine).length / cosines.length / far).toBeCloseTo(1, 0);
      expect(farOf(cosine, made)).toBeCloseTo(far, 10);
    }
  });

  it("knows the lengths of clean faces and, with degraded ones, the direction they lean to", () => {
    const sorted = [...library.norms].sort((a, b) => a - b);
    expect(made.poorNorm).toBeCloseTo(sorted[60] ?? 0, 1);
    expect([made.junkDirection, made.junkCut]).toEqual([null, null]);
    const { faces, degraded, junk } = degrade(library, 0.3);
    const rows = [...degraded.keys()].filter((row) => degraded[row] === 1);
    const d = library.dimensions;
    const poor = Float32Array.from(rows.flatMap((row) => [...faces.vectors.subarray(row * d, (row + 1) * d)]));
    const withJunk = calibrate(library, poor);
    expect(dot(Float32Array.from(withJunk.junkDirection ?? []), 0, junk, 0, d)).toBeGreaterThan(0.9);
    const clean = [...library.norms.keys()].filter(
      (row) => dot(library.vectors, row * d, Float32Array.from(withJunk.junkDirection ?? []), 0, d) > (withJunk.junkCut ?? 1),
    );
    expect(clean.length / library.norms.length).toBeLessThan(0.031);
  });

  it("reads a folder of half floats and labels", () => {
    const dir = mkdtempSync(join(tmpdir(), "familiar-"));
    writeFileSync(join(dir, "meta.json"), JSON.stringify({ name: "two", dimensions: 2, rows: 2 }));
    writeFileSync(join(dir, "vectors.f16"), Buffer.from(Uint16Array.of(0x3c00, 0, 0xb800, 0x3aed).buffer));
    writeFileSync(join(dir, "faces.csv"), "row,person,photo,norm\r\n0,Ana,a.jpg,70.5\r\n1,Ben,b.jpg,50\r\n");
    const read = readVectorsFolder(dir);
    expect([...read.vectors].map((value) => Number(value.toFixed(3)))).toEqual([1, 0, -0.5, 0.866]);
    expect([[...read.person], [...read.norms], read.name]).toEqual([[0, 1], [70.5, 50], "two"]);
  });
});

describe("the shipped calibration", () => {
  it("can be used", () => {
    const shipped = readPackCalibration("mobilefacenet");
    expect(usableCalibration(readCalibration(shipped))).toEqual(shipped);
  });

  const folder = new URL("../../../shared/vectors/lfw-a", import.meta.url).pathname;
  it.skipIf(!existsSync(folder))("is what the script makes of the labelled vectors (needs ../shared)", () => {
    const { junkDirection: _, junkCut: __, measuredOn: ___, ...numbers } = calibrate(readVectorsFolder(folder));
    expect(readPackCalibration("mobilefacenet")).toMatchObject(numbers);
  });
});

describe("the normal distribution", () => {
  it("has the tails of the tables", () => {
    for (const [z, tail] of [
      [0, 0.5],
      [1.2815516, 0.1],
      [2.3263479, 0.01],
      [3.7190165, 1e-4],
      [4.2648908, 1e-5],
      [-1, 0.8413447],
    ] as const) {
      expect(normalTail(z) / tail).toBeCloseTo(1, 5);
      expect(normalQuantile(tail)).toBeCloseTo(z, 4);
    }
  });
});
