import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alignment, cropFace } from "../../electron/engine/2-see/align.ts";
import { addCandidate, fields, makeCandidates, type Candidates } from "../../electron/engine/2-see/candidates.ts";
import { buildMips } from "../../electron/engine/2-see/mips.ts";
import { openDetector, type Detector } from "../../electron/engine/2-see/open-detector.ts";
import { openEmbedder, type Embedder } from "../../electron/engine/2-see/open-embedder.ts";
import { detectorOf, embedderOf, openModel, readPacks } from "../../electron/engine/2-see/packs.ts";
import { makeProposeRoom, propose, pyramid } from "../../electron/engine/2-see/propose.ts";
import { locate, makeCropRoom, refine } from "../../electron/engine/2-see/refine.ts";
import { overlap } from "../../electron/engine/lib/boxes.ts";
import { dot } from "../../electron/engine/lib/vectors.ts";
import type { Matrix } from "../../electron/engine/lib/similarity.ts";
import type { Session } from "../../electron/engine/onnx/session.ts";
import type { DetectedFace, EmbedderPack, FivePoints, Pixels } from "../../electron/engine/types.ts";
import { pixelsOf } from "../helpers/photo.ts";

const goldens = "../shared/goldens/faces";
type Corners = readonly [number, number, number, number];
interface GoldenFace {
  readonly box: Corners;
  readonly score: number;
  readonly landmarks: FivePoints;
  readonly matrix: readonly (readonly number[])[];
  readonly crop: string;
  readonly norm: number;
  readonly embedding: readonly number[];
}
interface Golden {
  readonly width: number;
  readonly height: number;
  readonly pyramid: readonly (readonly [number, number, number])[];
  readonly P: readonly (readonly number[])[];
  readonly R: readonly (readonly number[])[];
  readonly faces: readonly GoldenFace[];
}
const modelsDir = "models/onnx";
/** The goldens were made with faces from 20 pixels on. */
const smallest = 20;

describe.skipIf(!existsSync(goldens))(
  "each stage given the golden input of that stage (skipped without the goldens beside the repository)",
  () => {
    const golden = existsSync(goldens) ? (JSON.parse(readFileSync(`${goldens}/pipeline.json`, "utf8")) as Record<string, Golden>) : {};
    const names = Object.keys(golden);
    const photos = new Map<string, Pixels>();
    let pack: EmbedderPack;
    let detector: Detector;
    let embedder: Embedder;
    let nets: { readonly pnet: Session; readonly rnet: Session; readonly onet: Session };

    const photo = (name: string): Pixels => photos.get(name) ?? { data: new Uint8Array(0), width: 0, height: 0 };
    const each = async (check: (name: string, wanted: Golden) => Promise<void> | void) => {
      for (const name of names) {
        const wanted = golden[name];
        if (wanted) await check(name, wanted);
      }
    };

    beforeAll(async () => {
      const packs = await readPacks(modelsDir);
      pack = embedderOf(packs, "mobilefacenet");
      const { files, sha256 } = detectorOf(packs);
      const open = (name: "pnet" | "rnet" | "onet") => openModel(modelsDir, files[name], sha256[name], { provider: "cpu", threads: 1 });
      nets = { pnet: await open("pnet"), rnet: await open("rnet"), onet: await open("onet") };
      detector = await openDetector({ pack: detectorOf(packs), modelsDir });
      embedder = await openEmbedder({ pack, modelsDir });
      for (const name of names) photos.set(name, await pixelsOf(`${goldens}/photos/${name}.png`));
    });
    afterAll(() => Promise.all([detector?.close(), embedder?.close(), nets?.pnet.close(), nets?.rnet.close(), nets?.onet.close()]));

    it("there are goldens: twelve photos, thirty-five faces", () => {
      expect(names).toHaveLength(12);
      expect(names.reduce((sum, name) => sum + (golden[name]?.faces.length ?? 0), 0)).toBe(35);
    });

    it("the pyramid is equal", () =>
      each((name, { width, height, pyramid: levels }) => {
        const found = pyramid(width, height, smallest);
        expect(
          found.map((level) => [level.height, level.width]),
          name,
        ).toEqual(levels.map(([, h, w]) => [h, w]));
        found.forEach(({ scale }, index) => expect(scale).toBeCloseTo(levels[index]?.[0] ?? 0, 5));
      }));

    it("P-Net proposes what the goldens refine", () =>
      each(async (name, wanted) => {
        const found = await propose(nets.pnet, buildMips(photo(name)), smallest, 170, makeProposeRoom());
        // Another resampling moves single proposals; faces must all be proposed.
        for (const { box } of wanted.faces) expect(bestOverlap(found, box), name).toBeGreaterThan(0.5);
        expect(found.count).toBeGreaterThan(wanted.P.length * 0.6);
        expect(found.count).toBeLessThan(wanted.P.length * 1.6 + 10);
      }));

    it("R-Net, given the golden proposals, keeps the golden boxes at the golden places", async () => {
      const overlaps: number[] = [];
      await each(async (name, wanted) => {
        const found = await refine(nets.rnet, buildMips(photo(name)), candidates(wanted.P), makeCropRoom());
        for (const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, score = 0] of wanted.R)
          if (score > 0.9) overlaps.push(bestOverlap(found, [x1, y1, x2, y2]));
      });
      expect(overlaps.length).toBeGreaterThan(100);
      overlaps.sort((a, b) => a - b);
      expect(overlaps[Math.floor(overlaps.length / 2)]).toBeGreaterThan(0.95);
      expect(overlaps[Math.floor(overlaps.length * 0.05)]).toBeGreaterThan(0.7);
    });

    it("O-Net, given the golden boxes of R-Net, finds the golden faces and points", async () => {
      await each(async (name, wanted) => {
        const found = await locate(nets.onet, buildMips(photo(name)), candidates(wanted.R), makeCropRoom());
        for (const face of wanted.faces) {
          const [best] = found.toSorted((a, b) => cornersOverlap(b.box, face.box) - cornersOverlap(a.box, face.box));
          expect(best && cornersOverlap(best.box, face.box), name).toBeGreaterThan(0.75);
          expect(Math.abs((best?.score ?? 0) - face.score)).toBeLessThan(0.01);
          expect(pointError(best?.points, face), name).toBeLessThan(0.09);
        }
      });
    });

    it("landmarks give the golden matrix, photo and matrix the golden crop", () =>
      each(async (name, { faces }) => {
        // The goldens read the photo itself at every scale; halvings, from which much larger faces are read, are tested below.
        const mips = { ...buildMips(photo(name)), levels: [photo(name)] };
        for (const { landmarks, matrix, crop, box } of faces) {
          const wanted = matrix.flat();
          const found = alignment(pack, { box, points: landmarks });
          expect(found).not.toBeNull();
          found?.forEach((value, index) =>
            expect(Math.abs(value - (wanted[index] ?? Number.NaN))).toBeLessThan(index % 3 === 2 ? 0.05 : 1e-3),
          );
          const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = wanted;
          const goldenMatrix: Matrix = [a, b, c, d, e, f];
          const made = cropFace(mips, goldenMatrix, { input: pack.input, mean: 0, scale: 1 });
          const image = await pixelsOf(`${goldens}/crops/${crop}`);
          const plane = pack.input ** 2;
          let difference = 0;
          for (let i = 0; i < plane * 3; i++)
            difference += Math.abs((made[(i % 3) * plane + Math.floor(i / 3)] ?? 0) - (image.data[i] ?? 0));
          expect(difference / (plane * 3), `${name} ${crop}`).toBeLessThanOrEqual(1);
        }
      }));

    it("a crop from the halvings has the golden embedding too", () =>
      each(async (name, { faces }) => {
        const mips = buildMips(photo(name));
        for (const { landmarks, embedding, box } of faces) {
          const matrix = alignment(pack, { box, points: landmarks });
          const [made] = matrix ? await embedder.embed([cropFace(mips, matrix, pack)]) : [];
          expect(made?.embedding && dot(made.embedding, Float32Array.from(embedding)), name).toBeGreaterThan(0.98);
        }
      }));

    it("a golden crop gives the golden embedding, and its length", () =>
      each(async (name, { faces }) => {
        const plane = pack.input ** 2;
        for (const { crop, embedding, norm } of faces) {
          const { data } = await pixelsOf(`${goldens}/crops/${crop}`);
          const input = Float32Array.from(
            { length: plane * 3 },
            (_, i) => ((data[(i % plane) * 3 + Math.floor(i / plane)] ?? 0) - pack.mean) / pack.scale,
          );
          const [made] = await embedder.embed([input]);
          expect(made?.embedding && dot(made.embedding, Float32Array.from(embedding)), `${name} ${crop}`).toBeGreaterThanOrEqual(0.9999);
          expect(Math.abs((made?.norm ?? 0) / norm - 1)).toBeLessThan(0.005);
        }
      }));

    it("the whole detector stays within what other sound resamplings measured", async () => {
      const errors: number[] = [];
      let further = 0;
      await each(async (name, { faces }) => {
        const found = await detector.detect(photo(name), { smallest, again: false });
        if (name === "no-face") expect(found).toEqual([]);
        further += Math.max(0, found.length - faces.length);
        for (const face of faces) {
          const [best] = found.toSorted((a, b) => faceOverlap(b, face.box) - faceOverlap(a, face.box));
          expect(best && faceOverlap(best, face.box), name).toBeGreaterThanOrEqual(0.75);
          expect(Math.abs((best?.score ?? 0) - face.score)).toBeLessThan(0.01);
          errors.push(pointError(best?.points, face));
        }
      });
      expect(further).toBeLessThanOrEqual(2);
      errors.sort((a, b) => a - b);
      expect(errors.at(-1)).toBeLessThan(0.09);
      expect(errors[Math.floor(errors.length * 0.95)]).toBeLessThan(0.04);
    });
  },
);

function candidates(boxes: readonly (readonly number[])[]): Candidates {
  const all = makeCandidates(Math.max(1, boxes.length));
  for (const box of boxes) all.data.set(box.slice(0, 5), addCandidate(all));
  return all;
}
function asBox([x1, y1, x2, y2]: Corners): Corners {
  return [x1, y1, x2 - x1 + 1, y2 - y1 + 1];
}
function cornersOverlap(a: Corners, b: Corners): number {
  return overlap(asBox(a), asBox(b));
}
function faceOverlap(face: DetectedFace, box: Corners): number {
  return overlap(face.box, asBox(box));
}
function bestOverlap({ count, data }: Candidates, box: Corners): number {
  let best = 0;
  for (let at = 0; at < count * fields; at += fields) {
    best = Math.max(best, cornersOverlap([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0, data[at + 3] ?? 0], box));
  }
  return best;
}
/** Greatest distance of a point from its golden one, as a share of the box's longer side. */
function pointError(points: FivePoints | undefined, { landmarks, box }: GoldenFace): number {
  if (!points) return Number.POSITIVE_INFINITY;
  const side = Math.max(box[2] - box[0], box[3] - box[1]);
  return Math.max(...points.map(([x, y], index) => Math.hypot(x - (landmarks[index]?.[0] ?? 0), y - (landmarks[index]?.[1] ?? 0)) / side));
}
