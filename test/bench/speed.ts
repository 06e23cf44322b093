import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { decode } from "../../electron/engine/1-read/decode.ts";
import { openEngine } from "../../electron/engine/index.ts";
import { settings } from "../../electron/engine/settings.ts";
import { benchDetection, trueBoxes, type DetectionBench } from "./detection.ts";
import { openPeer, wasmFolder, type Peer } from "./peer.ts";
import { print } from "./print.ts";
import { copySample, evenly, makeTwelveMegapixels, makeWarmUp } from "./speed-photos.ts";

/** What reading a set of photos cost. Processor milliseconds are those of all threads, and what to compare on a busy computer. */
export interface Speed {
  readonly photos: number;
  readonly faces: number;
  readonly seconds: number;
  readonly photosASecond: number;
  readonly cpuMsAPhoto: number;
}
/** Familiar's: from the folder to people, crops and database included. */
export interface FamiliarSpeed extends Speed {
  /** Share of the time that was spent in each stage, 0..1. */
  readonly stages: Readonly<Record<string, number>>;
}
export interface SpeedBench {
  readonly cores: number;
  /** Mean number of threads that wanted a core over the last minute, before and after: over `cores` other work was in the way. */
  readonly load: readonly [number, number];
  readonly library: FamiliarSpeed;
  readonly twelveMegapixels: FamiliarSpeed & {
    readonly megabytesAPhoto: number;
    /** Photos an hour on two cores by processor time. */
    readonly photosAnHour: number;
    readonly bar: number;
    readonly aim: number;
  };
  readonly sample: FamiliarSpeed;
  readonly peer: {
    readonly name: string;
    readonly backend: string;
    readonly why: string | null;
    readonly sample: Speed;
    readonly twelveMegapixels: Speed;
  };
  /** Times: how much less processor time Familiar takes for the same photos, and how many more of the true faces it finds. */
  readonly ahead: { readonly sample: number; readonly twelveMegapixels: number; readonly recall: number };
  readonly recall: readonly { readonly name: string; readonly faces: number; readonly familiar: number; readonly peer: number }[];
  readonly precision: { readonly familiar: number; readonly peer: number };
}

/** Processor milliseconds a 12-megapixel JPEG: 15,000 photos an hour on two cores, aiming at 25,000. */
const bar = 480;
const aim = 288;

/** Speed of Familiar and of the peer on the photos in `folder`, and what both find of the boxed faces, in one run. */
export async function benchSpeed(folder: string, modelsDir: string, wasm: string | null = wasmFolder()): Promise<SpeedBench> {
  const place = mkdtempSync(join(tmpdir(), "familiar-bench-"));
  const library = join(folder, "library");
  try {
    const [before = 0] = loadavg();
    const peer = await openPeer(wasm);
    // Without WebAssembly a photo takes the peer some ten seconds.
    const few = peer.why !== null;
    const sample = copySample(library, join(place, "sample"), few ? 4 : 80);
    const large = await makeTwelveMegapixels(folder, join(place, "large"), 24);
    await makeWarmUp(library, join(place, "warm"));
    const read = (photos: string): Promise<FamiliarSpeed> => measureFamiliar(photos, place, modelsDir);
    const ours = { library: await read(library), sample: await read(join(place, "sample")), large: await read(join(place, "large")) };
    const theirs = { sample: await measurePeer(peer, sample), large: await measurePeer(peer, few ? large.slice(0, 3) : large) };
    const boxed = join(folder, "detection");
    const some = new Set(evenly(trueBoxes(boxed), few ? 8 : Infinity).map(({ path }) => path));
    const found = await benchDetection(boxed, modelsDir, undefined, some);
    const foundByPeer = await benchDetection(boxed, modelsDir, async (path) => (await lookAt(peer, path)).boxes, some);
    const [after = 0] = loadavg();
    return {
      cores: availableParallelism(),
      load: [before, after],
      library: ours.library,
      twelveMegapixels: {
        ...ours.large,
        megabytesAPhoto: large.reduce((sum, path) => sum + statSync(path).size / 1e6, 0) / large.length,
        photosAnHour: (2 * 3_600_000) / ours.large.cpuMsAPhoto,
        bar,
        aim,
      },
      sample: ours.sample,
      peer: { name: peer.name, backend: peer.backend, why: peer.why, sample: theirs.sample, twelveMegapixels: theirs.large },
      ahead: {
        sample: theirs.sample.cpuMsAPhoto / ours.sample.cpuMsAPhoto,
        twelveMegapixels: theirs.large.cpuMsAPhoto / ours.large.cpuMsAPhoto,
        recall: scoreOf(found, "all").recall / Math.max(1e-9, scoreOf(foundByPeer, "all").recall),
      },
      recall: found.scores.map(({ name, faces, recall }) => ({ name, faces, familiar: recall, peer: scoreOf(foundByPeer, name).recall })),
      precision: { familiar: scoreOf(found, "all").precision, peer: scoreOf(foundByPeer, "all").precision },
    };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function scoreOf(bench: DetectionBench, name: string): { readonly recall: number; readonly precision: number } {
  return bench.scores.find((score) => score.name === name) ?? { recall: 0, precision: 0 };
}

/** Reads a folder into a new library, with the models loaded before. */
async function measureFamiliar(photos: string, place: string, modelsDir: string): Promise<FamiliarSpeed> {
  const engine = await openEngine({ libraryDir: mkdtempSync(join(place, "catalogue-")), modelsDir });
  try {
    const first = await engine.request("index", { folders: [join(place, "warm")] });
    const cpu = process.cpuUsage();
    const result = await engine.request("index", { folders: [photos] });
    const spent = process.cpuUsage(cpu);
    const all = Object.values(result.stages).reduce((sum, seconds) => sum + seconds, 0);
    return {
      ...speed(result.read, result.faces - first.faces, result.seconds, (spent.user + spent.system) / 1000),
      stages: Object.fromEntries(Object.entries(result.stages).map(([name, seconds]) => [name, seconds / Math.max(1e-9, all)])),
    };
  } finally {
    await engine.close();
  }
}

/** The peer's: decoding, detector, points and recogniser. Nothing is kept. */
async function measurePeer(peer: Peer, paths: readonly string[]): Promise<Speed> {
  for (const path of paths.slice(0, 2)) await lookAt(peer, path);
  let faces = 0;
  const [cpu, started] = [process.cpuUsage(), performance.now()];
  for (const path of paths) faces += (await lookAt(peer, path)).found;
  const spent = process.cpuUsage(cpu);
  return speed(paths.length, faces, (performance.now() - started) / 1000, (spent.user + spent.system) / 1000);
}

/** The peer gets Familiar's own small copy of the photo: a full-size one would only cost it time. Boxes in pixels of the file. */
async function lookAt(
  peer: Peer,
  path: string,
): Promise<{ readonly found: number; readonly boxes: (readonly [number, number, number, number])[] }> {
  const photo = await decode(path, { longSide: settings.detect.longSide });
  const faces = await peer.see(photo.pixels);
  const factor = photo.width / photo.pixels.width;
  return { found: faces.length, boxes: faces.map(({ box: [x, y, w, h] }) => [x * factor, y * factor, w * factor, h * factor] as const) };
}

function speed(photos: number, faces: number, seconds: number, cpuMs: number): Speed {
  return { photos, faces, seconds, photosASecond: photos / seconds, cpuMsAPhoto: cpuMs / Math.max(1, photos) };
}

function speedTable(bench: SpeedBench): string {
  const { peer, twelveMegapixels: large, ahead } = bench;
  const line = (name: string, one: Speed): string =>
    `${name.padEnd(34)} ${String(one.photos).padStart(5)} photos ${String(one.faces).padStart(5)} faces ${one.photosASecond.toFixed(2).padStart(7)} photos/s ${one.cpuMsAPhoto.toFixed(0).padStart(6)} CPU ms a photo`;
  const stages = (one: FamiliarSpeed): string =>
    `  ${Object.entries(one.stages).map(([name, share]) => `${name} ${(100 * share).toFixed(0)} %`).join(", ")}`; // prettier-ignore
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(8);
  return [
    `${bench.cores} cores, load ${bench.load.map((one) => one.toFixed(1)).join(" to ")}`,
    line("Familiar, library", bench.library),
    stages(bench.library),
    line(`Familiar, 12 MP (${large.megabytesAPhoto.toFixed(1)} MB each)`, large),
    stages(large),
    `  ${Math.round(large.photosAnHour)} photos an hour on two cores; bar ${bar} CPU ms, aim ${aim}`,
    line("Familiar, sample of the library", bench.sample),
    line(`${peer.name} (${peer.backend}), sample`, peer.sample),
    line(`${peer.name} (${peer.backend}), 12 MP`, peer.twelveMegapixels),
    ...(peer.why === null ? [] : [`  not on WebAssembly: ${peer.why}`]),
    `Familiar is ${ahead.sample.toFixed(1)} times as fast on the sample, ${ahead.twelveMegapixels.toFixed(1)} times on 12 MP; recall ${ahead.recall.toFixed(2)} times`,
    `${"recall by who drew the boxes".padEnd(36)} faces Familiar     peer`,
    ...bench.recall.map(
      ({ name, faces, familiar, peer: other }) => `${name.padEnd(36)} ${String(faces).padStart(5)} ${percent(familiar)} ${percent(other)}`,
    ),
    `${"precision".padEnd(42)} ${percent(bench.precision.familiar)} ${percent(bench.precision.peer)}`,
  ].join("\n");
}

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    options: { json: { type: "boolean", default: false }, wasm: { type: "string" } },
    allowPositionals: true,
  });
  const folder = positionals[0] ?? join(root, "../shared/photos");
  if (existsSync(join(folder, "labels.csv")))
    print(await benchSpeed(folder, join(root, "models/onnx"), values.wasm), values.json, speedTable);
  else print({ skipped: `no labels.csv in ${folder}` }, values.json, ({ skipped }) => `skipped: ${skipped}`);
}
