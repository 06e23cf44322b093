import { expect, test } from "vitest";
import type { PortablePhoto } from "../../../electron/contract/portable.ts";
import { findFaces } from "../../../electron/engine/flows/portable-faces.ts";

test("a face that an earlier import drew where it had been moved to is found again, also beside another one that nobody detected here", () => {
  const photo: PortablePhoto = {
    hash: "a".repeat(64),
    file: "a.jpg",
    faces: [
      { box: [0.2, 0.7, 0.3, 0.2], source: "detected", notAFace: true },
      { box: [0.2, 0.71, 0.215, 0.15], source: "detected", was: [0.2, 0.4, 0.3, 0.2], is: "x-1" },
    ],
  };
  let next = 100;
  const first = findFaces(photo, { photoId: 1, faces: [] }, () => next++);
  expect(first).toMatchObject([{ faceId: 100, is: "x-1", draw: { box: [0.2, 0.71, 0.215, 0.15], source: "imported" } }]);
  const again = findFaces(photo, { photoId: 1, faces: [{ id: 100, box: [0.2, 0.71, 0.215, 0.15], drawn: true }] }, () => next++);
  expect(again).toMatchObject([{ faceId: 100, is: "x-1", draw: null }]);
});
