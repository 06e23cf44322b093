import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { EmbedderPack, PackManifest } from "../../electron/engine/types.ts";
import { drawGraph } from "../../models/export/draw-graph.ts";
import { writeOnnx } from "../../models/export/write-onnx.ts";
import { mobilefacenet, type EmbedderPlan } from "../../models/packs.ts";
import { seeded } from "./synthetic-library.ts";

const side = 16;
const dimensions = 24;
const scale = side / 112;

/** A network of one layer: the aligned face, 16 pixels wide, without its brightness, thrown onto 24 random directions. */
function network(): Uint8Array {
  const random = seeded(16);
  const inputs = 3 * side * side;
  const weight = new Float32Array(dimensions * inputs);
  for (let row = 0; row < dimensions; row++) {
    const own = Float32Array.from({ length: inputs }, () => random() - 0.5);
    const mean = own.reduce((sum, value) => sum + value, 0) / inputs;
    weight.set(
      own.map((value) => value - mean),
      row * inputs,
    );
  }
  const pencil = drawGraph("tiny", "plain");
  const flat = pencil.flatten("flat", "input");
  pencil.dense(
    "embedding",
    flat,
    { shape: [dimensions, inputs], data: weight },
    { shape: [dimensions], data: new Float32Array(dimensions) },
  );
  return writeOnnx(pencil.finish([{ name: "input", shape: ["n", 3, side, side] }], [{ name: "embedding", shape: ["n", dimensions] }]));
}

/** What there is to know of it. Its calibration says what such a network is worth: only nearly the same picture is the same face. */
const about: Omit<EmbedderPack, "sha256" | "bytes"> = {
  ...mobilefacenet.about,
  name: "tiny",
  title: "Tiny",
  file: "tiny.onnx",
  licence: "CC0-1.0",
  credit: "Made for the tests.",
  input: side,
  dimensions,
  template: {
    kind: "points",
    points: [
      [38.2946 * scale, 51.6963 * scale],
      [73.5318 * scale, 51.5014 * scale],
      [56.0252 * scale, 71.7366 * scale],
      [41.5493 * scale, 92.3655 * scale],
      [70.7299 * scale, 92.2041 * scale],
    ],
  },
  calibration: {
    mu: 0.4,
    sId: 0.1,
    sF: 0.06,
    sE: 0.06,
    kappa: 1,
    farTable: [
      [0.1, 0.7],
      [0.01, 0.85],
      [0.001, 0.92],
      [0.0001, 0.95],
      [0.00001, 0.97],
      [0.000001, 0.98],
    ],
    poorNorm: 0,
    normQuantiles: [0.01, 0.02, 1, 2],
    junkDirection: null,
    junkCut: null,
    measuredOn: "nothing",
  },
};
/** The plan of it: listed by the engine, never fetched. */
export const tiny: EmbedderPlan = {
  about,
  network: "mobilefacenet",
  source: { kind: "fetched", urls: [], bytes: 1, sha256: "0".repeat(64) },
};
/** Both plans, for an engine whose models folder `writeTinyModels` made. */
export const plansWithTiny: readonly EmbedderPlan[] = [mobilefacenet, tiny];

/** A models folder with the built-in networks and the tiny one; `calibrated: false` leaves its calibration out. */
export function writeTinyModels(folder: string, calibrated = true): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync("models/onnx")) if (name.endsWith(".onnx")) symlinkSync(resolve("models/onnx", name), join(folder, name));
  const bytes = network();
  writeFileSync(join(folder, about.file), bytes);
  const manifest = JSON.parse(readFileSync("models/onnx/manifest.json", "utf8")) as PackManifest;
  const pack: EmbedderPack = {
    ...about,
    ...(calibrated ? {} : { calibration: null }),
    sha256: createHash("sha256").update(bytes).digest("hex"),
    bytes: bytes.length,
  };
  const [builtIn] = manifest.embedders;
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ ...manifest, embedders: [builtIn, pack] }));
}
