import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { DecisionKind, DecisionPayload } from "../../../electron/contract/args.ts";
import { openKeep } from "../../../electron/engine/3-keep/keep.ts";
import { decide } from "../../../electron/engine/5-decide/decide.ts";
import { addPhotos, seenFace } from "../../helpers/synthetic-library.ts";

const dir = mkdtempSync(join(tmpdir(), "familiar-why-"));
const keep = openKeep({ libraryDir: join(dir, "library") });
afterAll(() => {
  keep.close();
  rmSync(dir, { recursive: true, force: true });
});
function say<K extends DecisionKind>(kind: K, payload: DecisionPayload<K>): number {
  return keep.apply({ kind, payload, ...decide(keep.facts(), kind, payload) }).decisionId;
}

test("why a face stands where it does is the last decision about it that stands, as data", () => {
  const [kept] = addPhotos(keep, join(dir, "photos"), [
    { name: "a.jpg", hash: "a".repeat(64), faces: [seenFace([0.1, 0.2, 0.2, 0.3], null)] },
  ]);
  const faceId = kept?.faceIds[0] ?? 0;
  expect(keep.reads.why(faceId)).toMatchObject({ rule: "none", decision: null });
  const first = say("move", { faceIds: [faceId], name: "Ana" });
  expect(keep.reads.why(faceId)).toMatchObject({
    rule: "confirmed",
    decision: { decisionId: first, said: { did: "moved", faces: 1, name: "Ana", fresh: true } },
  });
  const second = say("move", { faceIds: [faceId], name: "Cleo" });
  expect(keep.reads.why(faceId).decision?.decisionId).toBe(second);
  keep.undo();
  expect(keep.reads.why(faceId).decision?.decisionId).toBe(first);
  const drawn = say("draw", { photoId: kept?.photoId ?? 1, box: [0.6, 0.6, 0.2, 0.2], name: "Ben" });
  const ben = keep.reads.faces().find((face) => face.source === "drawn")?.id ?? 0;
  expect(keep.reads.why(ben)).toMatchObject({ rule: "drawn", decision: { decisionId: drawn, said: { did: "drew", name: "Ben" } } });
  keep.undo();
  keep.undo();
  expect(keep.reads.why(faceId)).toMatchObject({ rule: "none", decision: null });
  expect(() => keep.reads.why(999)).toThrow(expect.objectContaining({ code: "face-not-found" }));
});
