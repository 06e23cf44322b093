import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decode } from "../../electron/engine/1-read/decode.ts";
import { openSeer, type Seer } from "../../electron/engine/2-see/open-seer.ts";
import { detectorOf, embedderOf, readPacks } from "../../electron/engine/2-see/packs.ts";
import { pyramid } from "../../electron/engine/2-see/propose.ts";
import { overlap } from "../../electron/engine/lib/boxes.ts";
import { similarity } from "../../electron/engine/lib/similarity.ts";
import type { FivePoints, SeenFace } from "../../electron/engine/types.ts";

const goldens = "../shared/goldens/faces";
interface GoldenFace {
  readonly box: readonly [number, number, number, number];
  readonly score: number;
  readonly landmarks: FivePoints;
  readonly matrix: readonly (readonly number[])[];
  readonly embedding: readonly number[];
}
interface Golden {
  readonly width: number;
  readonly height: number;
  readonly pyramid: readonly (readonly number[])[];
  readonly faces: readonly GoldenFace[];
}

describe.skipIf(!existsSync(goldens))("the whole pipeline against the goldens (skipped without them)", () => {
  const golden: Record<string, Golden> = existsSync(goldens) ? JSON.parse(readFileSync(`${goldens}/pipeline.json`, "utf8")) : {};
  let seer: Seer;
  const seen = new Map<string, readonly SeenFace[]>();
  beforeAll(async () => {
    const packs = await readPacks("models/onnx");
    const pack = embedderOf(packs, "mobilefacenet");
    seer = await openSeer({ detector: detectorOf(packs), embedder: pack, modelsDir: "models/onnx", provider: "cpu", threads: 1 });
    for (const name of Object.keys(golden))
      seen.set(name, (await seer.see(await decode(`${goldens}/photos/${name}.png`, { longSide: 1280 }), { smallFaces: false })).faces);
  });
  afterAll(() => seer?.close());

  it("lists the same pyramid", () => {
    for (const { width, height, pyramid: levels } of Object.values(golden)) {
      expect(pyramid(width, height, 20).map((level) => [level.height, level.width])).toEqual(levels.map(([, h, w]) => [h, w]));
    }
  });
  it("aligns the golden landmarks alike", () => {
    const template: FivePoints = [
      [38.2946, 51.6963],
      [73.5318, 51.5014],
      [56.0252, 71.7366],
      [41.5493, 92.3655],
      [70.7299, 92.2041],
    ];
    for (const face of Object.values(golden).flatMap((photo) => photo.faces)) {
      const found = similarity(face.landmarks, template);
      const wanted = face.matrix.flat();
      found?.forEach((value, i) => expect(Math.abs(value - (wanted[i] ?? NaN))).toBeLessThan(i % 3 === 2 ? 0.05 : 1e-3));
      expect(found).not.toBeNull();
    }
  });
  it("finds every golden face within the tolerances for another sound resampling", () => {
    const cosines: number[] = [];
    let further = 0;
    for (const [name, { width, height, faces }] of Object.entries(golden)) {
      const found = seen.get(name) ?? [];
      if (name === "no-face") expect(found).toEqual([]);
      further += Math.max(0, found.length - faces.length);
      for (const face of faces) {
        const [x1, y1, x2, y2] = face.box;
        const box = [x1 / width, y1 / height, (x2 - x1 + 1) / width, (y2 - y1 + 1) / height] as const;
        const best = found.toSorted((a, b) => overlap(b.box, box) - overlap(a.box, box))[0];
        expect(best && overlap(best.box, box), `${name}: a face was not found`).toBeGreaterThanOrEqual(0.75);
        expect(Math.abs((best?.score ?? 0) - face.score)).toBeLessThan(0.01);
        cosines.push(face.embedding.reduce((sum, value, i) => sum + value * (best?.embedding?.[i] ?? 0), 0));
      }
    }
    cosines.sort((a, b) => a - b);
    expect(further).toBeLessThanOrEqual(2);
    expect(cosines[0]).toBeGreaterThanOrEqual(0.88);
    expect(cosines[Math.floor(cosines.length * 0.05)]).toBeGreaterThanOrEqual(0.97);
    expect(cosines[Math.floor(cosines.length / 2)]).toBeGreaterThanOrEqual(0.99);
  });
});
