import type { ProviderName } from "../onnx/session.ts";
import { settings } from "../settings.ts";
import type { DetectedFace, DetectorPack, FivePoints, PixelBox, Pixels } from "../types.ts";
import { addCandidate, makeCandidates } from "./candidates.ts";
import { buildMips, type Mips } from "./mips.ts";
import { openModel } from "./packs.ts";
import { makeProposeRoom, propose } from "./propose.ts";
import { locate, locateAgain, makeCropRoom, refine, type Located } from "./refine.ts";

export interface DetectorOptions {
  readonly pack: DetectorPack;
  readonly modelsDir: string;
  readonly provider?: ProviderName;
  readonly threads?: number;
}

export interface DetectOptions {
  /** Width in pixels of the smallest face to look for. */
  readonly smallest: number;
  /** Even side of P-Net's tiles in pixels. */
  readonly tile?: number;
  /** Ask O-Net again for the points; `false` only to compare with published pipelines. */
  readonly again?: boolean;
}

/** MTCNN, loaded. Serves one photo at a time: its working memory is shared between calls. */
export interface Detector {
  /** Faces, surest first; boxes may reach over the picture's edge. */
  detect(picture: Pixels | Mips, options: DetectOptions): Promise<DetectedFace[]>;
  /** O-Net's five points in a box somebody drew, or null where it sees no face there. */
  pointsIn(picture: Pixels | Mips, box: PixelBox): Promise<FivePoints | null>;
  close(): Promise<void>;
}

/**
 * Loads P-, R- and O-Net (Zhang et al., "Joint face detection and alignment using multitask cascaded convolutional networks", 2016).
 * Throws `model-missing`, or `accelerator-failed` for a provider that cannot be had.
 */
export async function openDetector({ pack, modelsDir, provider = "cpu", threads = 1 }: DetectorOptions): Promise<Detector> {
  const options = { provider, threads };
  const open = (name: "pnet" | "rnet" | "onet") => openModel(modelsDir, pack.files[name], pack.sha256[name], options);
  const [pnet, rnet, onet] = await Promise.all([open("pnet"), open("rnet"), open("onet")]);
  const proposeRoom = makeProposeRoom();
  const cropRoom = makeCropRoom();
  return {
    async detect(picture, { smallest, tile = settings.detect.tile, again = true }) {
      const mips = asMips(picture);
      const proposed = await propose(pnet, mips, smallest, tile, proposeRoom);
      const refined = await refine(rnet, mips, proposed, cropRoom);
      const located = await locate(onet, mips, refined, cropRoom);
      if (!again || located.length === 0) return located.map((face) => asFace(face, null));
      const boxes = makeCandidates(located.length);
      for (const { box } of located) boxes.data.set(box, addCandidate(boxes));
      const points = await locateAgain(onet, mips, boxes, cropRoom);
      return located.map((face, index) => asFace(face, points[index] ?? null));
    },
    async pointsIn(picture, [x, y, width, height]) {
      const boxes = makeCandidates(1);
      boxes.data.set([x, y, x + width - 1, y + height - 1], addCandidate(boxes));
      const [points] = await locateAgain(onet, asMips(picture), boxes, cropRoom);
      return points ?? null;
    },
    async close() {
      await Promise.all([pnet.close(), rnet.close(), onet.close()]);
    },
  };
}

function asMips(picture: Pixels | Mips): Mips {
  return "levels" in picture ? picture : buildMips(picture);
}

function asFace({ box: [x1, y1, x2, y2], points, score }: Located, better: FivePoints | null): DetectedFace {
  return { box: [x1, y1, x2 - x1 + 1, y2 - y1 + 1], points: better ?? points, score };
}
