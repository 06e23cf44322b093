import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { DecisionKind, DecisionPayload } from "../../../electron/contract/args.ts";
import type { PortableDocument } from "../../../electron/contract/portable.ts";
import type { ImportResult } from "../../../electron/contract/views.ts";
import { openKeep } from "../../../electron/engine/3-keep/keep.ts";
import { decide } from "../../../electron/engine/5-decide/decide.ts";
import { openEngine, type Engine } from "../../../electron/engine/index.ts";
import type { UnitBox } from "../../../electron/engine/types.ts";
import { addPhotos, seenFace, seeded, vectorNear } from "../../helpers/synthetic-library.ts";

/** Folder of a test's libraries; gone after it. */
export let dir = "";
const open: Engine[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "familiar-portable-"));
});
afterEach(async () => {
  for (const engine of open.splice(0)) await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

export const hash = (n: number): string => n.toString(16).padStart(64, "0");
export const boxes = [
  [0.1, 0.2, 0.2, 0.3],
  [0.5, 0.2, 0.2, 0.3],
] as const;

/** Photos `from` to `to`, two faces each, ids of photos and faces from 1 in their order; read without any model. */
export function photograph(library: string, from: number, to: number, boxesOf: readonly UnitBox[] = boxes): void {
  const keep = openKeep({ libraryDir: join(dir, library) });
  const random = seeded(3);
  const numbers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  addPhotos(
    keep,
    `/${library}/${from}`,
    numbers.map((n) => ({ name: `${n}.jpg`, hash: hash(n), faces: boxesOf.map((box) => seenFace(box, vectorNear(random, 8))) })),
  );
  keep.close();
}
/** Decisions made straight in a closed library, as the engine would apply them. */
export function say(
  library: string,
  ...words: readonly { [K in DecisionKind]: readonly [K, DecisionPayload<K>] }[DecisionKind][]
): number[] {
  const keep = openKeep({ libraryDir: join(dir, library) });
  const ids = words.map(([kind, payload]) => keep.apply({ kind, payload, ...decide(keep.facts(), kind, payload) }).personId ?? 0);
  keep.close();
  return ids;
}
export async function opened(library: string): Promise<Engine> {
  const engine = await openEngine({ libraryDir: join(dir, library), modelsDir: "models/onnx", workers: 1 });
  open.push(engine);
  return engine;
}
export async function closed(engine: Engine): Promise<void> {
  open.splice(open.indexOf(engine), 1);
  await engine.close();
}
export async function exported(library: string): Promise<PortableDocument> {
  const engine = await opened(library);
  const document = await engine.request("export", {});
  await closed(engine);
  // As it comes out of a file.
  return JSON.parse(JSON.stringify(document)) as PortableDocument;
}
export async function imported(library: string, document: unknown): Promise<ImportResult> {
  const engine = await opened(library);
  try {
    return await engine.request("import", { document });
  } finally {
    await closed(engine);
  }
}
/** Without who wrote it, and when. */
export const outcome = ({ exported: _, ...document }: PortableDocument): unknown => document;

/** One of everything that can be said. */
export function sayEverything(library: string): void {
  photograph(library, 1, 6);
  const [ana = 0, ben = 0, stranger = 0, hidden = 0] = say(
    library,
    ["move", { faceIds: [1, 3, 5], name: "Ana" }],
    ["move", { faceIds: [2], name: "Ben" }],
    ["move", { faceIds: [4], name: "Nobody of note" }],
    ["move", { faceIds: [6], name: "Ana" }],
  );
  say(
    library,
    ["stranger", { personId: stranger }],
    ["hide", { personId: hidden }],
    ["never-merge", { a: ana, b: ben }],
    ["birthday", { personId: ana, date: "1990-03-14" }],
    ["key-face", { personId: ana, faceId: 3 }],
    ["reject", { faceIds: [8], personId: ben }],
    ["not-a-face", { faceIds: [9] }],
    ["draw", { photoId: 6, box: [0.11, 0.21, 0.2, 0.3], name: "Cleo" }],
    ["draw", { photoId: 5, box: [0.75, 0.6, 0.1, 0.15] }],
    ["save-album", { name: "Both", query: { all: [ana, ben], from: "2001" } }],
    ["save-album", { name: "Small", query: { faces: 2 } }],
  );
}
