import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openKeep, type Keep } from "../../electron/engine/3-keep/keep.ts";
import type { ProposalToKeep } from "../../electron/engine/3-keep/shapes.ts";
import { openEngine, type Engine } from "../../electron/engine/index.ts";
import type { Calibration } from "../../electron/engine/types.ts";
import { addPhotos, noFacts, seenFace } from "./synthetic-library.ts";

/** Faces with their vectors, as `plantedLibrary` and the labelled folders give them. */
export interface FacesWithVectors {
  readonly dimensions: number;
  readonly vectors: Float32Array;
  readonly norms: Float32Array;
  readonly calibration: Calibration;
}
export interface PlantedEngine {
  readonly engine: Engine;
  readonly libraryDir: string;
  /** Face of each row. */
  readonly faceIds: readonly number[];
  /** Closes it, lets `change` work on the library at rest, opens it again and waits for a grouping. */
  reopen(change: (keep: Keep) => void): Promise<Engine>;
  close(): Promise<void>;
}

/** Rows of one photo, and when it was taken. */
export interface PlantedPhoto {
  readonly rows: readonly number[];
  readonly takenAt?: string;
}

/** Waits until a grouping has been written down. */
export function grouped(engine: Engine): Promise<void> {
  return new Promise((resolve) => {
    // The engine alone keeps no process running.
    const awake = setInterval(() => undefined, 1000);
    const stop = engine.onEvent((name, payload) => {
      if (name !== "changed" || !("what" in payload) || payload.what.length !== 1 || payload.what[0] !== "people") return;
      stop();
      clearInterval(awake);
      resolve();
    });
  });
}

/** What an earlier grouping would have written down. */
function keepGroups(keep: Keep, faceIds: readonly number[], before: Int32Array): void {
  const ids = [...new Set(before)].filter((group) => group !== 0);
  const first = keep.reservePersonIds(ids.length);
  const proposals = faceIds.flatMap((faceId, row): ProposalToKeep[] => {
    const place = ids.indexOf(before[row] ?? 0);
    return place < 0 ? [] : [{ faceId, personId: first + place, similarity: 0.7, far: 1e-6, rule: "linked", band: "sure" }];
  });
  keep.keepGrouping({ proposals, groups: [], questions: [] });
}

/**
 * The real engine on a library that holds these faces as if they had been read: no models are needed. `photos` says which rows stand
 * together; by default each has a photo of its own. `before`: groups of an earlier run, by row, 0 none. It has been grouped.
 * `exactUpTo`: faces above which neighbours come from coarse lists first.
 */
export async function plantedEngine(
  faces: FacesWithVectors,
  photos?: readonly PlantedPhoto[],
  before?: Int32Array,
  options: { readonly exactUpTo?: number } = {},
): Promise<PlantedEngine> {
  const dir = mkdtempSync(join(tmpdir(), "familiar-planted-"));
  const [libraryDir, modelsDir] = [join(dir, "library"), join(dir, "models")];
  const { calibration, dimensions, vectors, norms } = faces;
  mkdirSync(modelsDir);
  const manifest = JSON.parse(readFileSync(new URL("../../models/onnx/manifest.json", import.meta.url), "utf8")) as {
    embedders: { name: string; version: number }[];
  };
  const [pack] = manifest.embedders;
  if (!pack) throw new Error("no embedder in the manifest");
  writeFileSync(join(modelsDir, "manifest.json"), JSON.stringify({ ...manifest, embedders: [{ ...pack, dimensions, calibration }] }));
  const keep = openKeep({ libraryDir });
  const faceIds: number[] = [];
  const wanted = photos ?? Array.from({ length: norms.length }, (_, row): PlantedPhoto => ({ rows: [row] }));
  const kept = keep.batch(() =>
    addPhotos(
      keep,
      "/planted",
      wanted.map(({ rows, takenAt }, i) => ({
        name: `${i}.jpg`,
        hash: `planted ${i}`,
        facts: takenAt === undefined ? noFacts : { ...noFacts, takenAt, takenFrom: "exif" as const },
        faces: rows.map((row, place) => ({
          ...seenFace([0.02 + 0.1 * (place % 9), 0.1 + 0.1 * Math.floor(place / 9), 0.08, 0.08], null),
          embedding: vectors.slice(row * dimensions, (row + 1) * dimensions),
          norm: norms[row] ?? 0,
        })),
      })),
      { embedder: pack.name, embedderVersion: pack.version },
    ),
  );
  // Photos are kept in the order of their files' ids, which is the order they were given in.
  for (const [i, { rows }] of wanted.entries()) rows.forEach((row, place) => (faceIds[row] = kept[i]?.faceIds[place] ?? 0));
  if (before) keepGroups(keep, faceIds, before);
  // As after a crash: the engine groups when it opens.
  keep.openGrouping();
  keep.close();
  let engine = await openEngine({ libraryDir, modelsDir, ...options });
  await grouped(engine);
  return {
    get engine() {
      return engine;
    },
    libraryDir,
    faceIds,
    async reopen(change) {
      await engine.close();
      const at = openKeep({ libraryDir });
      change(at);
      at.openGrouping();
      at.close();
      engine = await openEngine({ libraryDir, modelsDir, ...options });
      await grouped(engine);
      return engine;
    },
    async close() {
      await engine.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
