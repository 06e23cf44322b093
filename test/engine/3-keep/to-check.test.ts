import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openKeep, type Keep } from "../../../electron/engine/3-keep/keep.ts";
import { addPhotos, seenFace } from "../../helpers/synthetic-library.ts";

let dir = "";
let keep: Keep;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "familiar-check-"));
  keep = openKeep({ libraryDir: dir });
});
afterEach(() => {
  keep.close();
  rmSync(dir, { recursive: true, force: true });
});

test("what is to be checked is one thing on the tile, in the list and on each face, wherever somebody puts the bar", () => {
  const faces = [1e-7, 1e-6, 1e-4].map((far, at) => ({ far, name: `${at}.jpg` }));
  const kept = addPhotos(
    keep,
    "/pictures",
    faces.map(({ name }) => ({ name, hash: name, faces: [seenFace([0.1, 0.1, 0.2, 0.2], null)] })),
  );
  const personId = keep.reservePersonIds(1);
  const proposals = kept.flatMap(({ faceIds }, at) =>
    faceIds.map((faceId) => ({
      faceId,
      personId,
      similarity: 0.9,
      far: faces[at]?.far ?? 1,
      rule: "linked" as const,
      band: "sure" as const,
    })),
  );
  keep.keepGrouping({ proposals, groups: [], questions: [] });
  const ask = { personId, sort: "sureness", offset: 0, limit: 9 } as const;
  const told = (): readonly number[] => [
    keep.reads.card(personId)?.toCheck ?? -1,
    keep.reads.personFaces({ ...ask, show: "to-check" }).total,
    keep.reads.personFaces({ ...ask, show: "everything" }).items.filter((face) => face.toCheck).length,
  ];
  expect(told()).toEqual([1, 1, 1]);
  keep.setSetting("preferences", { checkAbove: 5e-7 });
  expect(told()).toEqual([2, 2, 2]);
  keep.setSetting("preferences", { checkAbove: 1e-3 });
  expect(told()).toEqual([0, 0, 0]);
});
