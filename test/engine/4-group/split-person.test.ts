import { describe, expect, it } from "vitest";
import { guardedHdbscan, runHdbscan } from "../../../electron/engine/4-group/guarded-hdbscan.ts";
import { isMixed, splitPerson, type FacesOfOne } from "../../../electron/engine/4-group/split-person.ts";
import { settings } from "../../../electron/engine/settings.ts";
import { labelledVectorsFolder, readLabelledVectors, readPackCalibration, type LabelledFaces } from "../../bench/grouping-library.ts";
import { pickRows } from "../../bench/grouping-planted.ts";
import { adjustedRand } from "../../bench/grouping-scores.ts";
import { dot, normalise } from "../../../electron/engine/4-group/vectors.ts";
import { planted } from "./planted.ts";

function point(...values: number[]): Float32Array {
  return Float32Array.from(values);
}
function rowsByPerson(faces: LabelledFaces, keep: (row: number) => boolean = () => true): number[][] {
  const rows = new Map<number, number[]>();
  for (const [row, who] of faces.person.entries()) if (keep(row)) rows.set(who, [...(rows.get(who) ?? []), row]);
  return [...rows.values()].sort((a, b) => b.length - a.length);
}

describe("guardedHdbscan", () => {
  const calls: number[][][] = [];
  const watched = (points: number[][]): readonly number[] => {
    calls.push(points);
    return runHdbscan(points);
  };
  const never = (): readonly number[] => {
    throw new Error("called out of guard");
  };

  it("never calls the package with NaN, with fewer than four points or with more than two hundred", () => {
    const many = Array.from({ length: settings.group.mixedSample + 1 }, (_, i) => point(Math.cos(i), Math.sin(i)));
    let called = 0;
    const count = (points: number[][]): readonly number[] => (called++, never(), points.map(() => 0));
    for (const points of [[], [point(1, 0)], [point(1, 0), point(0, 1), point(1, 1)], many, [...many.slice(0, 9), point(NaN, 1)]]) {
      expect([...guardedHdbscan(points, count)]).toEqual(points.map(() => 0));
    }
    expect(called).toBe(0);
  });

  it("hands over exact copies once, and they get one label", () => {
    const blob = (x: number): Float32Array[] =>
      Array.from({ length: 6 }, (_, i) => point(x + 0.01 * i, 0.013 * i * i, 0.02 * ((i * 7) % 5)));
    const points = [...blob(0), ...blob(5), ...blob(0), ...blob(5)];
    const labels = guardedHdbscan(points, watched);
    expect(calls.at(-1)?.length).toBe(12);
    for (let i = 0; i < 12; i++) expect(labels[i + 12]).toBe(labels[i]);
    expect(new Set(labels).size).toBeGreaterThan(1);
    expect([
      ...guardedHdbscan(
        Array.from({ length: 9 }, () => point(1, 0)),
        watched,
      ),
    ]).toEqual(Array(9).fill(0));
  });

  it("answers when the package throws", () => {
    const points = Array.from({ length: 8 }, (_, i) => point(Math.cos(i), Math.sin(i)));
    expect([...guardedHdbscan(points, never)]).toEqual(Array(8).fill(0));
  });
});

describe("splitPerson", () => {
  const library = planted(3000);
  const [one = [], two = [], three = []] = rowsByPerson(library, (row) => (library.norms[row] ?? 0) > 60);
  const group = (rows: number[]): FacesOfOne & { person: Int32Array } => {
    const { vectors, person } = pickRows(library, rows);
    return { vectors, person, dimensions: library.dimensions, calibration: library.calibration, alpha: 0.05, libraryFaces: 3000 };
  };

  it("finds two and three people in one group, and the largest first", () => {
    for (const rows of [
      [...one.slice(0, 20), ...two.slice(0, 14)],
      [...one.slice(0, 20), ...two.slice(0, 14), ...three.slice(0, 9)],
    ]) {
      const faces = group(rows);
      const split = splitPerson(faces);
      expect(split.mixed).toBe(true);
      expect(isMixed(faces)).toBe(true);
      expect(split.parts).toBe(new Set(faces.person).size);
      expect(
        adjustedRand(
          split.part.map((part) => part + 1),
          faces.person.map((who) => who + 1),
        ),
      ).toBeGreaterThan(0.9);
      const sizes = Array.from({ length: split.parts }, (_, part) => split.part.filter((at) => at === part).length);
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    }
  });

  it("splits one person in two when a person asks, and says that it sees only one", () => {
    const split = splitPerson(group(one.slice(0, 30)));
    expect(split.mixed).toBe(false);
    expect(split.parts).toBe(2);
    expect(splitPerson(group(one.slice(0, 30)), 4).parts).toBe(4);
    expect(isMixed(group(one.slice(0, 30)))).toBe(false);
  });

  it("has an answer for two faces, for one, and for a face that cannot be used", () => {
    expect(splitPerson(group([one[0] ?? 0, two[0] ?? 0])).parts).toBe(2);
    expect(splitPerson(group([one[0] ?? 0]))).toEqual({ part: Int32Array.of(0), parts: 1, mixed: false });
    const broken = group([...one.slice(0, 10), ...two.slice(0, 10)]);
    broken.vectors.fill(NaN, 0, library.dimensions);
    expect(splitPerson(broken).part.length).toBe(20);
  });

  it("takes under a second for two thousand faces", () => {
    const rows = [
      ...Array.from({ length: 1400 }, (_, i) => one[i % one.length] ?? 0),
      ...Array.from({ length: 600 }, (_, i) => two[i % two.length] ?? 0),
    ];
    const faces = group(rows);
    // Distinct faces: copies would be left out and make it easy.
    for (let i = 0; i < faces.vectors.length; i++) faces.vectors[i] = (faces.vectors[i] ?? 0) + 0.01 * Math.sin(i * 1.7);
    for (let row = 0; row < rows.length; row++) normalise(faces.vectors, row * faces.dimensions, faces.dimensions);
    const began = process.cpuUsage();
    const split = splitPerson(faces);
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1e6).toBeLessThan(1.2);
    expect(
      adjustedRand(
        split.part.map((part) => part + 1),
        faces.person.map((who) => who + 1),
      ),
    ).toBeGreaterThan(0.95);
  });
});

const folder = labelledVectorsFolder();
describe.skipIf(folder === null)("splitPerson on real faces (needs ../shared/vectors)", () => {
  const faces = readLabelledVectors(folder);
  const calibration = readPackCalibration("mobilefacenet");
  const d = faces.dimensions;
  const ask = (rows: number[]): FacesOfOne => ({ ...pickRows(faces, rows), calibration, alpha: 0.05, libraryFaces: faces.person.length });

  it("calls no pure person of eight faces or more mixed", () => {
    const people = rowsByPerson(faces).filter((rows) => rows.length >= 8);
    expect(people.length).toBeGreaterThan(80);
    expect(people.filter((rows) => isMixed(ask(rows), settings.group.mixedGlance)).length).toBe(0);
    expect(people.filter((rows) => isMixed(ask(rows))).length).toBe(0);
  });

  it("tells apart the sixty pairs of people most like each other", () => {
    const people = rowsByPerson(faces).filter((rows) => rows.length >= 6 && rows.length <= 60);
    const centres = people.map((rows) => {
      const sum = new Float32Array(d);
      for (const row of rows) for (let i = 0; i < d; i++) sum[i] = (sum[i] ?? 0) + (faces.vectors[row * d + i] ?? 0);
      normalise(sum, 0, d);
      return sum;
    });
    const pairs = people.flatMap((_, a) =>
      people
        .slice(a + 1)
        .map((__, b) => ({ a, b: a + 1 + b, alike: dot(centres[a] as Float32Array, 0, centres[a + 1 + b] as Float32Array, 0, d) })),
    );
    const closest = pairs.sort((x, y) => y.alike - x.alike).slice(0, 60);
    const scores = closest.map(({ a, b }) => {
      const rows = [...(people[a] ?? []), ...(people[b] ?? [])];
      const { part } = splitPerson(ask(rows));
      return adjustedRand(
        part.map((at) => at + 1),
        pickRows(faces, rows).person.map((who) => who + 1),
      );
    });
    expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeGreaterThan(0.9);
  });
});
