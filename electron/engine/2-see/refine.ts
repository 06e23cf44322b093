import { settings } from "../settings.ts";
import { floats, type Session } from "../onnx/session.ts";
import type { FivePoints, Point } from "../types.ts";
import { copyCandidate, fields, makeCandidates, regress, squareAll, suppress, truncateAll, type Candidates } from "./candidates.ts";
import { levelFor, type Mips } from "./mips.ts";
import { fillAxis, makeAxis, sampleGrid, type Axis } from "./sample.ts";

const refineSide = 24;
const locateSide = 48;

/** Memory that R- and O-Net's stages use again for each photo. */
export interface CropRoom {
  readonly xs: Axis;
  readonly ys: Axis;
  readonly input: Float32Array;
}
export function makeCropRoom(): CropRoom {
  return { xs: makeAxis(locateSide), ys: makeAxis(locateSide), input: new Float32Array(settings.detect.batch * 3 * locateSide ** 2) };
}

/** Second stage: R-Net on each proposal. Squares `boxes` in place; gives regressed boxes. */
export async function refine(net: Session, mips: Mips, boxes: Candidates, room: CropRoom): Promise<Candidates> {
  // R-Net looks at whole pixels, but its answer moves the box as it was; O-Net's moves the box that it looked at.
  squareAll(boxes);
  const passed = makeCandidates();
  await eachCrop(net, mips, boxes, refineSide, room, (index, at, prob, box) => {
    const score = prob[at * 2 + 1] as number;
    if (score > settings.detect.scores.refine) setAnswer(passed, copyCandidate(boxes, index, passed), score, box, at);
  });
  const kept = makeCandidates();
  for (const index of suppress(passed, settings.detect.overlaps.refine, "union")) copyCandidate(passed, index, kept);
  regress(kept);
  return kept;
}

/** What O-Net says of one box: in pixels of the picture, `box` as corners. */
export interface Located {
  readonly box: readonly [number, number, number, number];
  readonly points: FivePoints;
  readonly score: number;
}

/** Third stage: O-Net on each refined box, with five points. Squares `boxes` in place; highest score first. */
export async function locate(net: Session, mips: Mips, boxes: Candidates, room: CropRoom): Promise<Located[]> {
  squareAll(boxes);
  truncateAll(boxes);
  const passed = makeCandidates();
  const points: FivePoints[] = [];
  await eachCrop(net, mips, boxes, locateSide, room, (index, at, prob, box, landmarks) => {
    const score = prob[at * 2 + 1] as number;
    if (!(score > settings.detect.scores.locate) || !landmarks) return;
    points.push(pointsOf(boxes, index, landmarks, at));
    setAnswer(passed, copyCandidate(boxes, index, passed), score, box, at);
  });
  regress(passed);
  const found: Located[] = [];
  for (const index of suppress(passed, settings.detect.overlaps.locate, "smaller")) {
    const five = points[index];
    if (five) found.push({ ...corners(passed, index), points: five });
  }
  return found;
}

/**
 * O-Net once more on boxes that are already right: its points come out steadier, and the embedding with them. One answer a box, in order,
 * null where O-Net does not see a face. Squares `boxes` in place.
 */
export async function locateAgain(net: Session, mips: Mips, boxes: Candidates, room: CropRoom): Promise<(FivePoints | null)[]> {
  squareAll(boxes);
  truncateAll(boxes);
  const found: (FivePoints | null)[] = [];
  await eachCrop(net, mips, boxes, locateSide, room, (index, at, prob, _box, landmarks) => {
    const sees = (prob[at * 2 + 1] as number) > settings.detect.scores.locate;
    found[index] = sees && landmarks ? pointsOf(boxes, index, landmarks, at) : null;
  });
  return found;
}

type Take = (index: number, at: number, prob: Float32Array, box: Float32Array, landmarks: Float32Array | null) => void;

/** Runs square boxes through R- or O-Net, batch by batch; outside of the picture is grey. */
async function eachCrop(net: Session, mips: Mips, boxes: Candidates, side: number, room: CropRoom, take: Take): Promise<void> {
  const size = 3 * side * side;
  for (let start = 0; start < boxes.count; start += settings.detect.batch) {
    const count = Math.min(settings.detect.batch, boxes.count - start);
    for (let i = 0; i < count; i++) sampleCrop(mips, boxes.data, (start + i) * fields, side, room, i * size);
    const feed = { data: room.input.subarray(0, count * size), dims: [count, 3, side, side] };
    const result = await net.run({ [net.inputNames[0] ?? "input"]: feed });
    const prob = floats(result, "prob").data;
    const box = floats(result, "box").data;
    const landmarks = side === locateSide ? floats(result, "landmarks").data : null;
    for (let i = 0; i < count; i++) take(start + i, i, prob, box, landmarks);
  }
}

function sampleCrop(mips: Mips, data: Float64Array, at: number, side: number, room: CropRoom, offset: number): void {
  const left = Math.trunc(data[at] as number);
  const top = Math.trunc(data[at + 1] as number);
  const width = Math.max(1, Math.trunc(data[at + 2] as number) - left + 1);
  const height = Math.max(1, Math.trunc(data[at + 3] as number) - top + 1);
  const depth = levelFor(mips, Math.max(width, height) / side);
  const source = mips.levels[depth];
  if (!source) return;
  const shrink = 2 ** depth;
  const stepX = width / (side * shrink);
  const stepY = height / (side * shrink);
  fillAxis(room.xs, side, left / shrink + stepX / 2 - 0.5, stepX, source.width, 3, true);
  fillAxis(room.ys, side, top / shrink + stepY / 2 - 0.5, stepY, source.height, source.width * 3, true);
  sampleGrid(source, room.xs, 0, side, room.ys, 0, side, room.input, offset);
}

function setAnswer(to: Candidates, slot: number, score: number, box: Float32Array, at: number): void {
  to.data[slot + 4] = score;
  for (let k = 0; k < 4; k++) to.data[slot + 5 + k] = box[at * 4 + k] as number;
}

function corners({ data }: Candidates, index: number): Omit<Located, "points"> {
  const at = index * fields;
  const box = [data[at] as number, data[at + 1] as number, data[at + 2] as number, data[at + 3] as number] as const;
  return { box, score: data[at + 4] as number };
}

/** O-Net's points (five x, then five y, in shares of the box it was given) in the picture. */
function pointsOf({ data }: Candidates, index: number, landmarks: Float32Array, at: number): FivePoints {
  const slot = index * fields;
  const left = data[slot] as number;
  const top = data[slot + 1] as number;
  const width = (data[slot + 2] as number) - left + 1;
  const height = (data[slot + 3] as number) - top + 1;
  const point = (i: number): Point => [
    left + (landmarks[at * 10 + i] as number) * width,
    top + (landmarks[at * 10 + 5 + i] as number) * height,
  ];
  return [point(0), point(1), point(2), point(3), point(4)];
}
