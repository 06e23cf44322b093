import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openKeep, type Keep } from "../../../electron/engine/3-keep/keep.ts";
import { addPhotos, seenFace } from "../../helpers/synthetic-library.ts";

let dir = "";
let keep: Keep;
let drive = 0;
const [ana, ben] = [1, 2];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "familiar-offline-"));
  keep = openKeep({ libraryDir: dir });
  const [one, other] = [seenFace([0.1, 0.1, 0.2, 0.2], null), seenFace([0.6, 0.1, 0.2, 0.2], null)];
  // Ana is only on the drive; Ben is on it and at home.
  const away = addPhotos(keep, "/drive", [{ name: "a.jpg", hash: "a", faces: [one, other] }]);
  const home = addPhotos(keep, "/home", [{ name: "b.jpg", hash: "b", faces: [one] }]);
  drive = keep.folders().find((folder) => folder.path === "/drive")?.id ?? 0;
  keep.reservePersonIds(2);
  const faces = [...(away[0]?.faceIds ?? []), ...(home[0]?.faceIds ?? [])];
  const proposals = faces.map((faceId, at) => ({
    faceId,
    personId: at === 0 ? ana : ben,
    similarity: 0.9,
    far: 1e-6,
    rule: "linked" as const,
    band: "sure" as const,
  }));
  keep.keepGrouping({ proposals, groups: [], questions: [] });
});
afterEach(() => {
  keep.close();
  rmSync(dir, { recursive: true, force: true });
});
const offline = (): readonly boolean[] => [ana, ben].map((id) => keep.reads.card(id)?.offline ?? false);

describe("a person", () => {
  test("is offline when every photo is on a drive that is away, and no longer when it is back", () => {
    expect(offline()).toEqual([false, false]);
    keep.folderAway(drive, "gone");
    expect(offline()).toEqual([true, false]);
    expect(keep.reads.person(ana).offline).toBe(true);
    keep.filesSeen(drive, [{ path: "/drive/a.jpg", bytes: 1000, mtimeMs: 1000, inode: 1 }]);
    expect(offline()).toEqual([false, false]);
  });

  test("stays where a copy of the photo is at home, which is shown instead", () => {
    const faces = [seenFace([0.1, 0.1, 0.2, 0.2], null), seenFace([0.6, 0.1, 0.2, 0.2], null)];
    const [copy] = addPhotos(keep, "/cellar", [{ name: "copy of a.jpg", hash: "a", faces }]);
    const shown = (): readonly unknown[] => {
      const photo = keep.reads.photo(copy?.photoId ?? 0);
      return [photo.path, photo.offline, photo.faces];
    };
    expect(shown()).toEqual(["/drive/a.jpg", false, 2]);
    keep.folderAway(drive, "gone");
    expect(offline()).toEqual([false, false]);
    expect(shown()).toEqual(["/cellar/copy of a.jpg", false, 2]);
    // The other goes too: now it is at hand nowhere, and still shown.
    keep.folderAway(keep.folders().find((folder) => folder.path === "/cellar")?.id ?? 0, "gone");
    expect(offline()).toEqual([true, false]);
    expect(shown().slice(1)).toEqual([true, 2]);
  });

  test("whose folder was removed has no photo left, and is not offline", () => {
    keep.folderAway(drive, "gone");
    keep.removeFolder(drive);
    expect(offline()).toEqual([false, false]);
  });
});
