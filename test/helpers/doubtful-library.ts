import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openKeep } from "../../electron/engine/3-keep/keep.ts";
import type { PackManifest } from "../../electron/engine/types.ts";
import { noFacts, seeded, seenFace, vectorNear } from "./synthetic-library.ts";

/**
 * Writes a library in which Familiar has much to ask: `pairs` people, each seen in two ways (say, as a child and grown up) that are somewhat
 * alike. The photos themselves are nowhere. The engine groups them when it is opened next.
 */
export function doubtfulLibrary(libraryDir: string, pairs: number, alike = 0.5): void {
  const manifest = JSON.parse(readFileSync("models/onnx/manifest.json", "utf8")) as PackManifest;
  const [detector, embedder] = [manifest.detectors[0], manifest.embedders.find((pack) => pack.name === "mobilefacenet")];
  if (detector === undefined || embedder === undefined) throw new Error("The models are not made: run npm run models first.");
  const random = seeded(11);
  const keep = openKeep({ libraryDir });
  const reading = {
    detector: detector.name,
    detectorVersion: detector.version,
    embedder: embedder.name,
    embedderVersion: embedder.version,
    smallFaces: false,
  };
  const folderId = keep.addFolder("/pictures");
  const faces = Array.from({ length: pairs }, () => {
    const young = vectorNear(random, embedder.dimensions);
    const other = vectorNear(random, embedder.dimensions);
    const mixed = young.map((value, i) => value * alike + (other[i] ?? 0) * Math.sqrt(1 - alike * alike));
    return [young, mixed].flatMap((centre) => Array.from({ length: 5 }, () => vectorNear(random, embedder.dimensions, centre)));
  }).flat();
  keep.filesSeen(
    folderId,
    faces.map((_, i) => ({ path: join("/pictures", `${i}.jpg`), bytes: 1000 + i, mtimeMs: 1000, inode: i + 1 })),
  );
  const norm = embedder.calibration?.normQuantiles[2] ?? 10;
  keep.batch(() => {
    for (const [i, file] of keep.filesToIdentify([folderId]).entries()) {
      keep.fileIdentified(file.fileId, `hash ${i}`);
      const day = `20${String(i % 20).padStart(2, "0")}-05-04T10:00:00`;
      keep.keepPhoto({
        fileId: file.fileId,
        hash: `hash ${i}`,
        bytes: file.bytes,
        width: 4000,
        height: 3000,
        facts: { ...noFacts, takenAt: day, takenFrom: "exif" },
        damaged: false,
        thumbhash: null,
        faces: [{ ...seenFace([0.3, 0.2, 0.2, 0.3], faces[i] ?? null, 0.8), norm }],
        reading,
      });
    }
  });
  keep.openGrouping();
  keep.close();
}
