import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { decide } from "../../../electron/engine/5-decide/decide.ts";
import { openKeep, type Keep } from "../../../electron/engine/3-keep/keep.ts";
import type { FoundFile, KeptPhoto } from "../../../electron/engine/3-keep/shapes.ts";
import type { SeenFace } from "../../../electron/engine/types.ts";
import { noFacts, reading, seeded, seenFace, vectorNear } from "../../helpers/synthetic-library.ts";

let dir = "";
let keep: Keep;
let folderId = 0;
const random = seeded(3);
const ana = vectorNear(random, 128);
const ben = vectorNear(random, 128);
const near = (vector: Float32Array): Float32Array =>
  vectorNear(
    random,
    128,
    vector.map((value) => value * 2),
  );

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "familiar-identity-"));
  keep = openKeep({ libraryDir: dir });
  folderId = keep.addFolder("/photos");
});
afterEach(() => {
  keep.close();
  rmSync(dir, { recursive: true, force: true });
});

const file = (name: string, inode: number, bytes = 1000, mtimeMs = 5): FoundFile => ({ path: `/photos/${name}`, bytes, mtimeMs, inode });

/** A scan: `contents` says what each path holds; answers what was read. */
function scan(
  files: readonly FoundFile[],
  contents: Readonly<Record<string, { hash: string; faces: readonly SeenFace[]; height?: number }>>,
): readonly KeptPhoto[] {
  keep.filesSeen(folderId, files);
  for (const one of keep.filesToIdentify()) keep.fileIdentified(one.fileId, contents[one.path.slice(8)]?.hash ?? "");
  return keep.filesToRead(reading).map((one) => {
    const content = contents[one.path.slice(8)];
    if (content === undefined) throw new Error(one.path);
    const { fileId, bytes } = one;
    const { hash, faces, height } = content;
    return keep.keepPhoto({
      fileId,
      hash,
      bytes,
      width: 4000,
      height: height ?? 3000,
      facts: noFacts,
      damaged: false,
      thumbhash: null,
      faces,
      reading,
    });
  });
}
function nameFirst(faceId: number, name: string): number {
  const personId = keep.reservePersonIds(1);
  keep.keepGrouping({
    proposals: [{ faceId, personId, similarity: 0.8, far: 1e-6, rule: "linked", band: "sure" }],
    groups: [],
    questions: [],
  });
  const payload = { personId, name };
  keep.apply({ kind: "name", payload, ...decide(keep.facts(), "name", payload) });
  return personId;
}
const one = (): readonly SeenFace[] => [seenFace([0.1, 0.1, 0.2, 0.2], ana)];
const who = (name: string): readonly (string | null)[] => keep.reads.faces(`/photos/${name}`).map((face) => face.name);

describe("content identity", () => {
  beforeEach(() => {
    const [kept] = scan([file("a.jpg", 1)], { "a.jpg": { hash: "A", faces: one() } });
    nameFirst(kept?.faceIds[0] ?? 0, "Ana");
  });
  test("the second scan reads nothing", () => {
    expect(scan([file("a.jpg", 1)], {})).toEqual([]);
    // A drive that makes inodes up at every mount costs no reading either.
    expect(scan([file("a.jpg", 77)], {})).toEqual([]);
  });
  test("a renamed file keeps its names, and reads nothing", () => {
    expect(scan([file("b.jpg", 1)], { "b.jpg": { hash: "A", faces: [] } })).toEqual([]);
    expect(who("b.jpg")).toEqual(["Ana"]);
    expect(keep.reads.counts().photos).toBe(1);
  });
  test("a copy is the same photo, and its last copy's going takes it from the screens until it is back", () => {
    scan([file("a.jpg", 1), file("copy.jpg", 2)], { "copy.jpg": { hash: "A", faces: [] } });
    expect(keep.reads.counts().photos).toBe(1);
    scan([file("copy.jpg", 2)], {});
    expect(keep.reads.people({ show: "named", sort: "faces", offset: 0, limit: 5 }).items[0]?.faces).toBe(1);
    scan([], {});
    expect(keep.reads.counts().photos).toBe(0);
    // Named people stay when all their photos are away.
    expect(keep.reads.people({ show: "named", sort: "faces", offset: 0, limit: 5 }).items[0]?.faces).toBe(0);
    scan([file("a.jpg", 1)], {});
    expect(who("a.jpg")).toEqual(["Ana"]);
  });
  test("two files that change places keep their people", () => {
    scan([file("a.jpg", 1), file("b.jpg", 2)], { "b.jpg": { hash: "B", faces: [seenFace([0.5, 0.5, 0.2, 0.2], ben)] } });
    expect(scan([file("a.jpg", 2), file("b.jpg", 1)], { "a.jpg": { hash: "B", faces: [] }, "b.jpg": { hash: "A", faces: [] } })).toEqual(
      [],
    );
    expect(who("b.jpg")).toEqual(["Ana"]);
    expect(who("a.jpg")).toEqual([null]);
  });
  test("a drive that is away is offline, browsable, and comes back without reading", () => {
    keep.folderAway(folderId, "gone");
    expect(keep.reads.photos({ offset: 0, limit: 5 }).items[0]?.offline).toBe(true);
    expect(who("a.jpg")).toEqual(["Ana"]);
    expect(scan([file("a.jpg", 9)], {})).toEqual([]);
    expect(keep.reads.photos({ offset: 0, limit: 5 }).items[0]?.offline).toBe(false);
  });
  test("a removed and added folder brings the names back", () => {
    keep.removeFolder(folderId);
    expect(keep.reads.counts().photos).toBe(0);
    folderId = keep.addFolder("/photos");
    expect(scan([file("a.jpg", 1)], { "a.jpg": { hash: "A", faces: [] } })).toEqual([]);
    expect(who("a.jpg")).toEqual(["Ana"]);
  });
  test("undo works while the photo is away", () => {
    scan([], {});
    keep.undo();
    scan([file("a.jpg", 1)], {});
    expect(who("a.jpg")).toEqual([null]);
    keep.redo();
    expect(who("a.jpg")).toEqual(["Ana"]);
  });
  test("an edited photo gets the decisions by likeness, as one decision that can be taken back", () => {
    // Cropped: another shape, the face elsewhere, and a face that was not there.
    const faces = [seenFace([0.6, 0.6, 0.3, 0.3], near(ana)), seenFace([0.1, 0.1, 0.2, 0.2], ben)];
    const [kept] = scan([file("a.jpg", 1, 2000, 9)], { "a.jpg": { hash: "A2", faces, height: 2000 } });
    expect(kept?.carried?.faces).toBe(1);
    expect(who("a.jpg").toSorted()).toEqual(["Ana", null]);
    keep.undo(kept?.carried?.decisionId);
    expect(who("a.jpg")).toEqual([null, null]);
  });
  test("another picture in its place gets nothing", () => {
    const [kept] = scan([file("a.jpg", 1, 2000, 9)], { "a.jpg": { hash: "X", faces: [seenFace([0.1, 0.1, 0.2, 0.2], ben)] } });
    expect(kept?.carried).toBeNull();
    expect(who("a.jpg")).toEqual([null]);
  });
});

describe("read again", () => {
  test("faces keep their ids, drawn and confirmed ones stay, lost ones go and come back", () => {
    const [kept] = scan([file("a.jpg", 1)], { "a.jpg": { hash: "A", faces: [...one(), seenFace([0.6, 0.6, 0.2, 0.2], ben)] } });
    const [first = 0, second = 0] = kept?.faceIds ?? [];
    nameFirst(first, "Ana");
    const payload = { photoId: kept?.photoId ?? 0, box: [0.4, 0.1, 0.1, 0.1] as [number, number, number, number], name: "Cleo" };
    keep.apply({ kind: "draw", payload, ...decide(keep.facts(), "draw", payload) });
    const again = (faces: readonly SeenFace[]): readonly KeptPhoto[] => {
      keep.readAgain(kept?.photoId ?? 0);
      return scan([file("a.jpg", 1)], { "a.jpg": { hash: "A", faces } });
    };
    expect(again([seenFace([0.61, 0.6, 0.2, 0.2], ben)])[0]?.faceIds).toEqual([second]);
    expect(who("a.jpg").toSorted()).toEqual(["Ana", "Cleo", null]);
    again([]);
    expect(who("a.jpg").toSorted()).toEqual(["Ana", "Cleo"]);
    expect(again([seenFace([0.6, 0.6, 0.2, 0.2], ben)])[0]?.newFaces).toBe(0);
    // A detector that now finds the drawn face gives it a vector and leaves its box.
    const drawn = keep.reads.faces("/photos/a.jpg").find((face) => face.source === "drawn")?.id;
    expect(again([seenFace([0.41, 0.1, 0.1, 0.1], ben)])[0]?.faceIds).toEqual([drawn]);
    expect(keep.facesToEmbed("test-pack")).toEqual([]);
  });
  test("a lost derived.db costs a reading and no decision", () => {
    const [kept] = scan([file("a.jpg", 1)], { "a.jpg": { hash: "A", faces: one() } });
    nameFirst(kept?.faceIds[0] ?? 0, "Ana");
    keep.close();
    for (const end of ["", "-wal", "-shm"]) rmSync(join(dir, `derived.db${end}`), { force: true });
    keep = openKeep({ libraryDir: dir });
    expect(keep.derivedIsNew).toBe(true);
    expect(who("a.jpg")).toEqual(["Ana"]);
    expect(scan([file("a.jpg", 1)], { "a.jpg": { hash: "A", faces: one() } })[0]?.faceIds).toEqual(kept?.faceIds);
  });
  test("a vector comes back as it went", () => {
    const [kept] = scan([file("a.jpg", 1)], { "a.jpg": { hash: "A", faces: one() } });
    const faces = keep.facesToGroup("test-pack");
    expect([...faces.faceIds]).toEqual(kept?.faceIds);
    expect(faces.dimensions).toBe(128);
    for (const [i, value] of ana.entries()) expect(faces.vectors[i]).toBeCloseTo(value, 3);
  });
  test("a permanent problem waits for the file to change, a transient one does not", () => {
    keep.filesSeen(folderId, [file("bad.jpg", 4), file("busy.jpg", 5)]);
    const [bad, busy] = keep.filesToIdentify();
    const view = (code: "file-damaged" | "file-busy", kind: "permanent" | "transient") => ({
      code,
      kind,
      sentence: "s",
      act: "",
      detail: "",
    });
    keep.fileFailed(bad?.fileId ?? 0, view("file-damaged", "permanent"));
    keep.fileFailed(busy?.fileId ?? 0, view("file-busy", "transient"));
    expect(keep.filesToIdentify().map((one) => one.path)).toEqual(["/photos/busy.jpg"]);
    expect(keep.reads.failures({ offset: 0, limit: 5 }).total).toBe(2);
    keep.filesSeen(folderId, [file("bad.jpg", 4, 999), file("busy.jpg", 5)]);
    expect(keep.filesToIdentify()).toHaveLength(2);
  });
});
