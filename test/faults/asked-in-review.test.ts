import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openEngine, type Engine } from "../../electron/engine/index.ts";
import { openKeep } from "../../electron/engine/3-keep/keep.ts";
import { decide } from "../../electron/engine/5-decide/decide.ts";
import { addPhotos, noFacts, reading, seeded, seenFace, vectorNear } from "../helpers/synthetic-library.ts";

let dir = "";
let engine: Engine | null = null;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "familiar-doubt-"));
});
afterEach(async () => {
  await engine?.close();
  engine = null;
  rmSync(dir, { recursive: true, force: true });
});

/** Vector whose cosine with another is `alike`. */
function alikeBy(alike: number, to: Float32Array, random: () => number): Float32Array {
  const other = vectorNear(random, to.length);
  const along = to.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0);
  const across = other.map((value, i) => value - along * (to[i] ?? 0));
  const length = Math.hypot(...across);
  return to.map((value, i) => alike * value + (Math.sqrt(1 - alike * alike) * (across[i] ?? 0)) / length);
}

test("a face of an edited photo that may be Ana is asked about in Review until somebody answers, also after undo and when derived.db is lost", async () => {
  const random = seeded(5);
  const read = { ...reading, embedder: "mobilefacenet" };
  const ana = vectorNear(random, 192);
  const good = (vector: Float32Array) => ({ ...seenFace([0.3, 0.3, 0.2, 0.2], vector), norm: 71 });
  const keep = openKeep({ libraryDir: dir });
  const [photo] = addPhotos(keep, "/photos", [{ name: "a.jpg", hash: "A", faces: [good(ana)] }], read);
  const payload = { faceIds: [photo?.faceIds[0] ?? 0], name: "Ana" };
  const applied = keep.apply({ kind: "move", payload, ...decide(keep.facts(), "move", payload) });
  // Edited so heavily that the face is only half as alike.
  const folderId = keep.addFolder("/photos");
  keep.filesSeen(folderId, [{ path: "/photos/a.jpg", bytes: 5000, mtimeMs: 9000, inode: 1 }]);
  for (const file of keep.filesToIdentify()) keep.fileIdentified(file.fileId, "A2");
  const [file] = keep.filesToRead(read);
  const kept = keep.keepPhoto({
    fileId: file?.fileId ?? 0,
    hash: "A2",
    bytes: 5000,
    width: 2000,
    height: 3000,
    facts: noFacts,
    damaged: false,
    thumbhash: null,
    faces: [good(alikeBy(0.48, ana, random))],
    reading: read,
  });
  expect(kept.carried).toEqual({ decisionId: 0, faces: 0, doubtful: 1 });
  keep.close();

  const open = async (): Promise<Engine> => (engine = await openEngine({ libraryDir: dir, modelsDir: "models/onnx", workers: 1 }));
  const questions = async (of: Engine) => (await of.request("review.next", {})).questions.filter((one) => one.id.startsWith("edited:"));
  // Anything after which the machine looks again brings the question up: here, a word about the old face that is taken back.
  const nudge = async (of: Engine): Promise<void> => {
    await of.request("decide", { kind: "reject", payload: { personId: applied.personId ?? 0, faceIds: payload.faceIds } });
    await of.request("undo", {});
  };
  let now = await open();
  await nudge(now);
  const [question] = await questions(now);
  expect(question).toMatchObject({ kind: "is-this", b: { id: applied.personId, name: "Ana" }, settles: 1 });
  expect(question?.a.faceIds).toEqual(kept.faceIds);

  await now.request("decide", { kind: "merge", payload: { into: question?.b.id ?? 0, from: [question?.a.id ?? 0] } });
  expect(await questions(now)).toEqual([]);
  expect((await now.request("faces", { path: "/photos/a.jpg" })).map((face) => [face.name, face.state])).toEqual([["Ana", "confirmed"]]);
  await now.request("undo", {});
  expect(await questions(now)).toHaveLength(1);

  await now.close();
  for (const end of ["", "-wal", "-shm"]) rmSync(join(dir, `derived.db${end}`), { force: true });
  now = await open();
  await nudge(now);
  const [last] = await questions(now);
  expect(last).toMatchObject({ kind: "is-this", b: { name: "Ana" } });
  await now.request("decide", { kind: "never-merge", payload: { a: last?.a.id ?? 0, b: last?.b.id ?? 0 } });
  expect(await questions(now)).toEqual([]);
});
