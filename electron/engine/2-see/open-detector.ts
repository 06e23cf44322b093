import { settings } from "../settings.ts";
import type { ProviderName } from "../onnx/session.ts";
import type { DetectedFace, DetectorPack, FivePoints, PixelBox, Pixels } from "../types.ts";
import { addCandidate, makeCandidates, type Candidates } from "./candidates.ts";
import { buildMips, type Mips } from "./mips.ts";
import { openModel } from "./packs.ts";
import { makeProposeRoom, propose } from "./propose.ts";
import { locate, locateAgain, makeCropRoom, refine } from "./refine.ts";

export interface DetectorOptions {
  readonly pack: DetectorPack;
  readonly modelsDir: string;
  readonly provider: ProviderName;
  readonly threads: number;
}
/** MTCNN (Zhang et al. 2016), complete. One call at a time: the memory of its stages is used again. */
export interface Detector {
  /** Faces of a picture whose smallest wanted face is `smallest` pixels wide; highest score first; boxes and points in its pixels. */
  detect(pixels: Pixels, smallest: number): Promise<DetectedFace[]>;
  /** Five points of a face whose box somebody drew, or null where O-Net sees none there. */
  pointsIn(pixels: Pixels, box: PixelBox): Promise<FivePoints | null>;
  close(): Promise<void>;
}

/** Loads the three networks. Throws `model-missing`, `accelerator-failed`. */
export async function openDetector({ pack, modelsDir, provider, threads }: DetectorOptions): Promise<Detector> {
  const open = (name: "pnet" | "rnet" | "onet") => openModel(modelsDir, pack.files[name], pack.sha256[name], { provider, threads });
  const [pnet, rnet, onet] = await Promise.all([open("pnet"), open("rnet"), open("onet")]);
  const proposeRoom = makeProposeRoom();
  const cropRoom = makeCropRoom();

  /** The second pass of O-Net on final boxes: steadier points for 0.2 ms a face. */
  const steady = (mips: Mips, boxes: readonly PixelBox[]): Promise<(FivePoints | null)[]> =>
    locateAgain(onet, mips, candidatesOf(boxes), cropRoom);

  return {
    async detect(pixels, smallest) {
      const mips = buildMips(pixels);
      const proposed = await propose(pnet, mips, smallest, settings.detect.tile, proposeRoom);
      if (proposed.count === 0) return [];
      const refined = await refine(rnet, mips, proposed, cropRoom);
      if (refined.count === 0) return [];
      const found = await locate(onet, mips, refined, cropRoom);
      const boxes = found.map(({ box: [x1, y1, x2, y2] }): PixelBox => [x1, y1, x2 - x1 + 1, y2 - y1 + 1]);
      const again = await steady(mips, boxes);
      return found.map(({ points, score }, i) => ({ box: boxes[i] ?? [0, 0, 1, 1], points: again[i] ?? points, score }));
    },
    async pointsIn(pixels, box) {
      return (await steady(buildMips(pixels), [box]))[0] ?? null;
    },
    async close() {
      await Promise.all([pnet.close(), rnet.close(), onet.close()]);
    },
  };
}

function candidatesOf(boxes: readonly PixelBox[]): Candidates {
  const all = makeCandidates(Math.max(1, boxes.length));
  for (const [x, y, w, h] of boxes) all.data.set([x, y, x + w - 1, y + h - 1, 1, 0, 0, 0, 0], addCandidate(all));
  return all;
}
