import { asProblem } from "../errors.ts";
import { toPixelBox, toUnitBox } from "../lib/boxes.ts";
import { providerNamed } from "../onnx/session.ts";
import type { DecodedPhoto, DetectorPack, EmbedderPack, FivePoints, PixelBox, Point, SeenFace, UnitBox } from "../types.ts";
import { all, cutFaces, type CutFace, type RegionsOf } from "./cut-faces.ts";
import { buildMips, type Mips } from "./mips.ts";
import { openDetector } from "./open-detector.ts";
import { embedMirrored } from "./embed-mirrored.ts";
import { cutByBox, cutKnown, type KnownBox } from "./known-faces.ts";
import { timeFaces } from "./time-faces.ts";
import { openEmbedder, type Embedded, type Embedder, type EmbedderOptions } from "./open-embedder.ts";
import { faceQuality } from "./quality.ts";
import { findFaces } from "./search.ts";

export type { RegionsOf } from "./cut-faces.ts";

export interface SeerOptions {
  readonly detector: DetectorPack;
  readonly embedder: EmbedderPack;
  readonly modelsDir: string;
  /** ONNX Runtime's name of what runs the embedder; the CPU for a word it does not know. */
  readonly provider: string;
  readonly threads: number;
  /** Faces a call on `provider`. */
  readonly batch?: number;
  /** Called once when the accelerator failed and the processor took over. */
  readonly onFellBack?: (why: string) => void;
  /** Loads the embedder on the accelerator; another one only where a test needs an accelerator that fails. */
  readonly open?: (options: EmbedderOptions) => Promise<Embedder>;
}
export interface Seen {
  readonly faces: readonly SeenFace[];
  /** Milliseconds, without waiting for other photos or for regions. */
  readonly stages: { readonly detect: number; readonly embed: number };
}
/** Finds faces and makes their embeddings. Calls may overlap: while one waits for its regions another is looked at. */
export interface Seer {
  see(photo: DecodedPhoto, options: { readonly smallFaces: boolean; readonly regionsOf?: RegionsOf }): Promise<Seen>;
  /** The one face whose box a person drew: by O-Net's points there, or by the box alone where it sees none. */
  seeDrawn(photo: DecodedPhoto, box: UnitBox, options: { readonly regionsOf?: RegionsOf }): Promise<Seen>;
  /** Embeds faces that are known already, in order: with another pack than they were found with. */
  seeKnown(photo: DecodedPhoto, faces: readonly KnownBox[], options: { readonly regionsOf?: RegionsOf }): Promise<readonly Embedded[]>;
  /** Milliseconds that one of so many faces at once takes: the best of a few rounds. */
  time(faces: number): Promise<number>;
  close(): Promise<void>;
}

/**
 * Loads the models. The detector always runs on the CPU: its many small runs, each of another shape, cost an accelerator more to start than
 * to compute. The embedder runs on `provider`; where that fails, now or later, the CPU takes over once. Throws `model-missing`.
 */
export async function openSeer(options: SeerOptions): Promise<Seer> {
  const { modelsDir, threads, embedder: pack, batch, onFellBack, open = openEmbedder } = options;
  const provider = providerNamed(options.provider);
  const detector = await openDetector({ pack: options.detector, modelsDir, threads });
  let fallen: Promise<Embedder> | undefined;

  /** The CPU's embedder instead of one that failed, the same for all who ask. */
  function fallBack(thrown: unknown): Promise<Embedder> {
    const problem = asProblem(thrown);
    if (provider === "cpu" || problem.code === "model-missing") throw problem;
    if (!fallen) {
      fallen = openEmbedder({ pack, modelsDir, threads });
      onFellBack?.(problem.detail || problem.sentence);
    }
    return fallen;
  }
  const first = await open({ pack, modelsDir, provider, threads, ...(batch === undefined ? {} : { batch }) }).catch(fallBack);

  async function embed(crops: readonly Float32Array[]): Promise<readonly Embedded[]> {
    if (crops.length === 0) return [];
    const run = (embedder: Embedder): Promise<readonly Embedded[]> => embedMirrored(embedder, crops, pack.input);
    return fallen ? run(await fallen) : run(first).catch(async (thrown: unknown) => run(await fallBack(thrown)));
  }

  // The detector's working memory serves one photo at a time.
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  }
  const pointsIn = (mips: Mips, box: PixelBox) => inTurn(() => detector.pointsIn(mips, box));

  async function finish(photo: DecodedPhoto, mips: Mips, cut: readonly CutFace[], detect: number): Promise<Seen> {
    const started = performance.now();
    const embedded = await embed(cut.flatMap(({ crop }) => (crop ? [crop] : [])));
    let next = 0;
    const faces = cut.map((face) => seenFace(pack, photo, mips, face, face.crop ? embedded[next++] : undefined));
    return { faces, stages: { detect, embed: performance.now() - started } };
  }

  return {
    async see(photo, { smallFaces, regionsOf }) {
      const [mips, found, detect] = await inTurn(async () => {
        const started = performance.now();
        const halvings = buildMips(photo.pixels);
        const faces = await findFaces(detector, halvings, { smallFaces, hasOrientation: photo.facts.hasOrientation });
        return [halvings, faces, performance.now() - started] as const;
      });
      return finish(photo, mips, await cutFaces(pack, photo, mips, found, pointsIn, regionsOf), detect);
    },
    async seeDrawn(photo, unit, { regionsOf }) {
      const started = performance.now();
      const mips = buildMips(photo.pixels);
      const box = toPixelBox(unit, mips.width, mips.height);
      const points = await pointsIn(mips, box);
      const face = { box, points: points ?? usualPoints(box), score: 1, turned: 0 as const };
      const cut = points ? await cutFaces(pack, photo, mips, [face], pointsIn, regionsOf) : [{ face, crop: cutByBox(pack, mips, box) }];
      return finish(photo, mips, cut, performance.now() - started);
    },
    async seeKnown(photo, faces, { regionsOf }) {
      const mips = buildMips(photo.pixels);
      const crops = await cutKnown(pack, photo, mips, faces, pointsIn, regionsOf);
      const embedded = await embed(crops.filter((crop) => crop !== null));
      let next = 0;
      return crops.map((crop) => (crop === null ? undefined : embedded[next++]) ?? { embedding: null, norm: 0 });
    },
    time: (faces) => timeFaces(embed, pack.input, faces),
    async close() {
      await last;
      await Promise.all([detector.close(), first.close(), fallen?.then((cpu) => (cpu === first ? undefined : cpu.close()))]);
    },
  };
}

/** The face in fractions of the photo, with what its embedding says of its quality. */
function seenFace(
  pack: EmbedderPack,
  photo: DecodedPhoto,
  { width, height }: Mips,
  { face, crop }: CutFace,
  embedded: Embedded | undefined,
): SeenFace {
  const { embedding, norm } = embedded ?? { embedding: null, norm: 0 };
  const { box, points, score, turned } = face;
  const { calibration, input, scale } = pack;
  const pixels = ((turned % 2 === 0 ? box[2] : box[3]) * photo.width) / width;
  return {
    box: toUnitBox(box, width, height),
    points: all(points, ([x, y]) => [(x + 0.5) / width, (y + 0.5) / height]),
    score,
    embedding,
    norm,
    quality: faceQuality({ norm, pixels, points, crop, input, scale, calibration }),
    turned,
  };
}

/** Where the five points of an upright face lie in its box, on average. */
function usualPoints([x, y, width, height]: PixelBox): FivePoints {
  const at = (right: number, down: number): Point => [x + right * width, y + down * height];
  return [at(0.31, 0.4), at(0.69, 0.4), at(0.5, 0.6), at(0.35, 0.78), at(0.65, 0.78)];
}
