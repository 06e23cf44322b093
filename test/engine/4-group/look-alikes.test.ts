import { expect, it } from "vitest";
import { lookAlikes, type OneSide } from "../../../electron/engine/4-group/look-alikes.ts";

/** Faces in a plane, by their angle in degrees. */
function side(angles: Readonly<Record<number, number>>, open: readonly number[], past: readonly number[] = []): OneSide {
  const faceIds = Object.keys(angles).map(Number);
  const vectors = Float32Array.from(
    faceIds.flatMap((id) => [Math.cos(((angles[id] ?? 0) * Math.PI) / 180), Math.sin(((angles[id] ?? 0) * Math.PI) / 180)]),
  );
  return { faceIds, vectors, open: new Set(open), past: new Set(past) };
}
const limits = { most: 9, close: 0.05 };

it("puts the closest call first, and asks about confirmed faces only where they are about as much like the other", () => {
  const a = side({ 1: 0, 2: 2, 3: 40 }, [2]);
  const b = side({ 11: 80, 12: 82, 13: 44 }, [13]);
  const found = lookAlikes(a, b, 2, limits);
  expect(found.map((one) => one.faceId)).toEqual([13, 3, 2]);
  const [first] = found;
  expect(first?.toA).toBeCloseTo(Math.cos((4 * Math.PI) / 180), 5);
  expect(first?.toB).toBeCloseTo(Math.cos((36 * Math.PI) / 180), 5);
});

it("never asks again about what was looked at, leaves the face itself out, and holds with nothing to compare", () => {
  const b = side({ 11: 90 }, []);
  expect(lookAlikes(side({ 1: 45, 2: 0 }, [1], [1]), b, 2, limits)).toEqual([]);
  expect(lookAlikes(side({ 1: 45 }, [1]), b, 2, limits)).toMatchObject([{ faceId: 1, toA: -1 }]);
  expect(lookAlikes(side({}, []), side({}, []), 2, limits)).toEqual([]);
  expect(lookAlikes(side({ 1: 1, 2: 2, 3: 3 }, [1, 2, 3]), b, 2, { ...limits, most: 2 })).toHaveLength(2);
});
