import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alignment, boxAlignment, cropFace } from "../../../electron/engine/2-see/align.ts";
import {
  addCandidate,
  copyCandidate,
  fields,
  makeCandidates,
  regress,
  squareAll,
  suppress,
  truncateAll,
} from "../../../electron/engine/2-see/candidates.ts";
import { buildMips, halved, levelFor } from "../../../electron/engine/2-see/mips.ts";
import { detectorOf, embedderOf, openModel, readPacks } from "../../../electron/engine/2-see/packs.ts";
import { makeProposeRoom, propose, pyramid } from "../../../electron/engine/2-see/propose.ts";
import { faceQuality, sharpness, yaw } from "../../../electron/engine/2-see/quality.ts";
import type { Session } from "../../../electron/engine/onnx/session.ts";
import type { FivePoints, Pixels } from "../../../electron/engine/types.ts";

/** A picture whose values follow `at`, the same in all channels. */
function picture(width: number, height: number, at: (x: number, y: number) => number): Pixels {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.fill(at(x, y), (y * width + x) * 3, (y * width + x) * 3 + 3);
  return { data, width, height };
}
/** A repeatable picture of many sizes of blobs, so that P-Net has something to say. */
function blobs(width: number, height: number): Pixels {
  return picture(
    width,
    height,
    (x, y) => 127 + 60 * Math.sin(x / 9) * Math.cos(y / 7) + 50 * Math.sin((x + 2 * y) / 31) + 15 * Math.sin(x * y),
  );
}

describe("halvings", () => {
  it("are means of four pixels, with the edge standing for what is missing", () => {
    expect([...halved(picture(3, 3, (x, y) => x * 10 + y * 40)).data].filter((_, i) => i % 3 === 0)).toEqual([25, 40, 85, 100]);
  });
  it("end before a side comes under P-Net's needs; the one read is never smaller than asked for", () => {
    const mips = buildMips(picture(400, 200, () => 9));
    expect(mips.levels.map(({ width }) => width)).toEqual([400, 200, 100, 50]);
    expect([0.5, 1, 1.99, 2, 3.9, 4, 99].map((ratio) => levelFor(mips, ratio))).toEqual([0, 0, 0, 1, 1, 2, 3]);
  });
});

describe("boxes on their way", () => {
  const add = (...boxes: readonly (readonly number[])[]) => {
    const all = makeCandidates(1);
    for (const box of boxes) {
      const at = addCandidate(all);
      all.data.set(box, at);
    }
    return all;
  };
  it("the surest of overlapping ones stays; inside another counts by the smaller area only where asked", () => {
    const all = add([0, 0, 9, 9, 0.7], [1, 1, 10, 10, 0.9], [50, 50, 59, 59, 0.8], [52, 52, 55, 55, 0.6]);
    expect(suppress(all, 0.5, "union")).toEqual([1, 2, 3]);
    expect(suppress(all, 0.5, "smaller")).toEqual([1, 2]);
  });
  it("regression moves corners by shares of the side, a square keeps its centre", () => {
    const all = add([10, 20, 19, 39, 1, 0.1, 0.1, -0.1, 0.2]);
    regress(all);
    expect([...all.data.slice(0, 4)]).toEqual([11, 22, 18, 43]);
    squareAll(all);
    expect([...all.data.slice(0, 4)]).toEqual([4, 22, 25, 43]);
    all.data.set([-1.7, 2.9, 3.2, 8.5]);
    truncateAll(all);
    expect([...all.data.slice(0, 4)]).toEqual([-1, 2, 3, 8]);
    const copy = makeCandidates(1);
    copyCandidate(all, 0, copy);
    expect([...copy.data.slice(0, fields)]).toEqual([...all.data.slice(0, fields)]);
  });
});

describe("P-Net in tiles", () => {
  let net: Session;
  beforeAll(async () => {
    const pack = detectorOf(await readPacks("models/onnx"));
    net = await openModel("models/onnx", pack.files.pnet, pack.sha256.pnet, { provider: "cpu", threads: 1 });
  });
  afterAll(() => net?.close());

  it("gives bit for bit what whole levels give, whatever the size leaves over", async () => {
    let candidates = 0;
    for (const [width, height] of [
      [331, 257],
      [500, 180],
      [302, 301],
    ] as const) {
      const mips = buildMips(blobs(width, height));
      const whole = await propose(net, mips, 20, 100_000, makeProposeRoom());
      for (const tile of [62, 96]) {
        const tiled = await propose(net, mips, 20, tile, makeProposeRoom());
        const sorted = (from: typeof whole) =>
          Array.from({ length: from.count }, (_, i) => [...from.data.subarray(i * fields, (i + 1) * fields)].join()).sort();
        expect(sorted(tiled)).toEqual(sorted(whole));
      }
      candidates += whole.count;
    }
    expect(candidates).toBeGreaterThan(20);
  });
  it("has no level for pictures smaller than its view", () => {
    expect(pyramid(11, 400, 12)).toEqual([]);
  });
});

describe("crops", () => {
  const points: FivePoints = [
    [38.2946, 51.6963],
    [73.5318, 51.5014],
    [56.0252, 71.7366],
    [41.5493, 92.3655],
    [70.7299, 92.2041],
  ];
  const square = { input: 112, mean: 0, scale: 1 };

  it("a face already in place is cut as it is, in three planes, black outside", async () => {
    const pack = embedderOf(await readPacks("models/onnx"), "mobilefacenet");
    const matrix = alignment(pack, { box: [0, 0, 112, 112], points });
    expect(matrix).not.toBeNull();
    if (!matrix) return;
    const crop = cropFace(buildMips(picture(100, 112, (x, y) => x + y)), matrix, square);
    expect(crop.length).toBe(3 * 112 * 112);
    for (const plane of [0, 1, 2]) expect(crop[plane * 112 * 112 + 30 * 112 + 40]).toBeCloseTo(70, 1);
    expect(crop[30 * 112 + 105]).toBe(0);
  });
  it("fine texture much smaller than a pixel of the crop comes out grey, not as a pattern", () => {
    const matrix = boxAlignment([0, 0, 896, 896], 896, 112, 0);
    const crop = matrix && cropFace(buildMips(picture(896, 896, (x) => (x % 2) * 200)), matrix, square);
    expect(crop && Math.max(...crop.subarray(112 * 20, 112 * 90)) - Math.min(...crop.subarray(112 * 20, 112 * 90))).toBeLessThan(2);
  });
  it("a margin crop of a turned face is turned upright", () => {
    // Bright on the right: the top of a head in a photo that needs three quarter turns clockwise.
    const photo = buildMips(picture(100, 100, (x) => (x >= 50 ? 200 : 0)));
    const matrix = boxAlignment([0, 0, 100, 100], 100, 10, 3);
    const crop = matrix && cropFace(photo, matrix, { ...square, input: 10 });
    expect(crop && [crop[5], crop[95]].map(Math.round as (value: number | undefined) => number)).toEqual([200, 0]);
  });
});

describe("quality", () => {
  const calibration = embedderCalibration();
  const points: FivePoints = [
    [10, 10],
    [30, 10],
    [20, 20],
    [12, 30],
    [28, 30],
  ];
  const of = (norm: number, pixels: number) =>
    faceQuality({ norm, pixels, points, crop: null, input: 112, scale: 128, calibration }).overall;

  it("follows the length of the embedding first, then the size", () => {
    expect(of(0, 500)).toBe(0);
    expect(of(52, 100)).toBeLessThan(of(60, 60));
    expect(of(60, 40)).toBeLessThan(of(60, 120));
    expect(of(80, 400)).toBe(1);
  });
  it("yaw is the nose's place between the eyes, also of a turned face", () => {
    expect(yaw(points)).toBeCloseTo(0, 12);
    expect(
      yaw([
        [10, 10],
        [30, 10],
        [25, 20],
        [12, 30],
        [28, 30],
      ]),
    ).toBeCloseTo(0.5, 12);
    expect(
      yaw([
        [10, 10],
        [10, 30],
        [0, 25],
        [-10, 12],
        [-10, 28],
      ]),
    ).toBeCloseTo(0.5, 12);
  });
  it("sharpness falls with blur", () => {
    const crop = (period: number) => Float32Array.from({ length: 3 * 32 * 32 }, (_, i) => Math.sin((i % 32) / period));
    expect(sharpness(crop(0.7), 32, 128)).toBeGreaterThan(sharpness(crop(4), 32, 128));
  });

  function embedderCalibration() {
    return {
      mu: 0,
      sId: 0.1,
      sF: 0.05,
      sE: 0.05,
      kappa: 1,
      farTable: [],
      poorNorm: 57.3,
      normQuantiles: [51.4, 57.3, 70.4, 78] as const,
      junkDirection: null,
      junkCut: null,
      measuredOn: "test",
    };
  }
});
