import { settings } from "../settings.ts";
import { floats, type Session } from "../onnx/session.ts";
import { addCandidate, copyCandidate, makeCandidates, regress, suppress, type Candidates } from "./candidates.ts";
import { levelFor, type Mips } from "./mips.ts";
import { fillAxis, makeAxis, sampleGrid, type Axis } from "./sample.ts";

/** Pixels that P-Net sees at once, and pixels from one of its cells to the next. */
const field = 12;
const cell = 2;
/** Pixels two neighbouring tiles share so that the cells of one follow those of the other without gap or repeat. */
const shared = field - cell;

/** One size of the photo that P-Net looks at. */
export interface PyramidLevel {
  readonly scale: number;
  readonly width: number;
  readonly height: number;
}

/** Sizes of a `width` x `height` picture at which a face of `smallest` pixels, then ever larger ones, fill P-Net's view. */
export function pyramid(width: number, height: number, smallest: number): PyramidLevel[] {
  const levels: PyramidLevel[] = [];
  let scale = field / smallest;
  while (Math.min(width, height) * scale >= field) {
    levels.push({ scale, width: Math.ceil(width * scale), height: Math.ceil(height * scale) });
    scale *= settings.detect.pyramidFactor;
  }
  return levels;
}

/** Memory that P-Net's stage uses again for each photo. */
export interface ProposeRoom {
  xs: Axis;
  ys: Axis;
  input: Float32Array;
}
export function makeProposeRoom(): ProposeRoom {
  return { xs: makeAxis(1024), ys: makeAxis(1024), input: new Float32Array(3 * settings.detect.tile ** 2) };
}

/**
 * First stage (Zhang et al. 2016): P-Net over the pyramid, in tiles that fit a core's cache and give bit for bit what the whole level
 * gives. `tile` is the tile's even side in pixels. Boxes are in pixels of the picture, regressed, not yet square.
 */
export async function propose(net: Session, mips: Mips, smallest: number, tile: number, room: ProposeRoom): Promise<Candidates> {
  const all = makeCandidates(256);
  for (const level of pyramid(mips.width, mips.height, smallest)) {
    const found = await proposeLevel(net, mips, level, tile, room);
    for (const index of suppress(found, settings.detect.overlaps.level, "union")) copyCandidate(found, index, all);
  }
  const kept = makeCandidates(Math.max(1, all.count));
  for (const index of suppress(all, settings.detect.overlaps.levels, "union")) copyCandidate(all, index, kept);
  regress(kept);
  return kept;
}

async function proposeLevel(net: Session, mips: Mips, level: PyramidLevel, tile: number, room: ProposeRoom): Promise<Candidates> {
  const { width, height } = level;
  const found = makeCandidates();
  const ratioX = mips.width / width;
  const ratioY = mips.height / height;
  const depth = levelFor(mips, Math.min(ratioX, ratioY));
  const source = mips.levels[depth];
  if (!source) return found;
  const shrink = 2 ** depth;
  if (room.xs.low.length < width) room.xs = makeAxis(width);
  if (room.ys.low.length < height) room.ys = makeAxis(height);
  const { xs, ys } = room;
  fillAxis(xs, width, ratioX / (2 * shrink) - 0.5, ratioX / shrink, source.width, 3, false);
  fillAxis(ys, height, ratioY / (2 * shrink) - 0.5, ratioY / shrink, source.height, source.width * 3, false);
  const step = tile - shared;
  for (let top = 0; top < height - shared; top += step) {
    const tileHeight = Math.min(tile, height - top);
    for (let left = 0; left < width - shared; left += step) {
      const tileWidth = Math.min(tile, width - left);
      const size = 3 * tileWidth * tileHeight;
      if (room.input.length < size) room.input = new Float32Array(size);
      const input = room.input.subarray(0, size);
      sampleGrid(source, xs, left, tileWidth, ys, top, tileHeight, input, 0);
      const result = await net.run({ [net.inputNames[0] ?? "input"]: { data: input, dims: [1, 3, tileHeight, tileWidth] } });
      collect(floats(result, "prob"), floats(result, "box").data, left, top, ratioX, ratioY, found);
    }
  }
  return found;
}

/** Cells that may be faces, as boxes of the picture. `left` and `top` are the tile's place in the level. */
function collect(
  { data: prob, dims }: { readonly data: Float32Array; readonly dims: readonly number[] },
  box: Float32Array,
  left: number,
  top: number,
  ratioX: number,
  ratioY: number,
  found: Candidates,
): void {
  const rows = dims[2] ?? 0;
  const columns = dims[3] ?? 0;
  const plane = rows * columns;
  const least = settings.detect.scores.propose;
  for (let i = 0; i < plane; i++) {
    const score = prob[plane + i] as number;
    if (score <= least) continue;
    const row = (i / columns) | 0;
    const x = left + (i - row * columns) * cell;
    const y = top + row * cell;
    const at = addCandidate(found);
    const { data } = found;
    data[at] = x * ratioX;
    data[at + 1] = y * ratioY;
    data[at + 2] = (x + field - 1) * ratioX;
    data[at + 3] = (y + field - 1) * ratioY;
    data[at + 4] = score;
    for (let k = 0; k < 4; k++) data[at + 5 + k] = box[plane * k + i] as number;
  }
}
