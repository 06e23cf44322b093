/** Decides as fast as it can and says after each decision how many stand; to be killed. */
import { writeSync } from "node:fs";
import { decide } from "../../../electron/engine/5-decide/decide.ts";
import { openKeep } from "../../../electron/engine/3-keep/keep.ts";
import { addPhotos, seenFace } from "../../helpers/synthetic-library.ts";

const keep = openKeep({ libraryDir: process.argv[2] ?? "" });
if (keep.reads.counts().photos === 0) {
  const faces = [0, 1, 2].map((i) => seenFace([0.1 + 0.3 * i, 0.1, 0.2, 0.2], Float32Array.of(1, i)));
  addPhotos(keep, "/photos", [{ name: "a.jpg", hash: "A", faces }]);
}
for (let i = 0; ; i++) {
  const payload = { photoId: 1, box: [0.5, 0.5, 0.1, 0.1] as [number, number, number, number], name: `Person ${i}` };
  keep.apply({ kind: "draw", payload, ...decide(keep.facts(), "draw", payload) });
  writeSync(1, `${keep.reads.history({ offset: 0, limit: 0 }).total}\n`);
}
