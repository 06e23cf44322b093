import { resolve } from "node:path";
import { likenessWords } from "../../contract/likeness-words.ts";
import type { DetectedView, LikelyPerson, VerifyView, WhoView } from "../../contract/views.ts";
import type { RankedPerson } from "../4-group/rank-faces.ts";
import { farOf, similarityAt, usableCalibration } from "../4-group/sureness.ts";
import { dot } from "../4-group/vectors.ts";
import { asProblem, Problem } from "../errors.ts";
import { settings } from "../settings.ts";
import type { EmbedderPack, SeenFace } from "../types.ts";
import type { House } from "./house.ts";
import { preferences } from "./preferences.ts";
import type { SeenPhoto } from "./see-task.ts";

/** Boxes, landmarks and scores of photos that need not be in the library; each photo's own problem stands beside it. */
export async function detect(house: House, paths: readonly string[]): Promise<DetectedView[]> {
  return Promise.all(
    paths.map(async (path): Promise<DetectedView> => {
      try {
        const { width, height, faces } = (await look(house, path)).seen;
        return {
          path,
          width,
          height,
          faces: faces.map(({ box, points, score, quality }) => ({ box, landmarks: points, score, quality: quality.overall })),
          problem: null,
        };
      } catch (thrown) {
        return { path, width: 0, height: 0, faces: [], problem: asProblem(thrown, path).view() };
      }
    }),
  );
}

/**
 * Is the largest clear face of both photos the same person? `falseAcceptRate` is the share of different people that look this alike
 * or more; `same` says whether it is at most 1e-3. Throws `no-face`.
 */
export async function verify(house: House, a: string, b: string): Promise<VerifyView> {
  const { name, calibration: measured } = house.embedder();
  const calibration = usableCalibration(measured, name);
  const [one, other] = await Promise.all([mainFace(house, a), mainFace(house, b)]);
  // Another pack came into use meanwhile.
  if (one.pack.name !== name || other.pack.name !== name) return verify(house, a, b);
  const [first, second] = [one.vector, other.vector];
  const similarity = dot(first, 0, second, 0, first.length);
  return {
    similarity,
    same: similarity >= similarityAt(settings.sureness.bands[2], calibration),
    falseAcceptRate: farOf(similarity, calibration),
  };
}

/** Faces of a photo, each with the people of the library it is most like. */
export async function who(house: House, path: string): Promise<WhoView> {
  const { pack, seen } = await look(house, path);
  const { faces } = seen;
  const likely = await likelyPeople(
    house,
    faces.map((face) => face.embedding ?? []),
    pack,
  );
  return {
    path,
    faces: faces.map((face, at) => ({ box: face.box, score: face.score, quality: face.quality.overall, likely: likely[at] ?? [] })),
  };
}

/** The people that each of these is most like: vectors, or faces of the library taken together. Null where there is no vector. */
export async function likelyPeople(
  house: House,
  about: readonly (Float32Array | readonly number[])[],
  pack = house.embedder(),
): Promise<readonly (readonly LikelyPerson[] | null)[]> {
  const ranked = await house.grouper.ask("rank", { about, most: settings.shown.likely }, pack);
  return ranked.map((likely) => likely?.flatMap((one) => likelyView(house, one) ?? []) ?? null);
}

/** A ranked person with the card as it is now, or null where nobody is left of it. */
export function likelyView(house: House, { personId, similarity, far, band }: RankedPerson): LikelyPerson | null {
  const card = house.keep.reads.card(personId);
  if (!card) return null;
  const { id, name, keyFaceId, faces, firstYear, lastYear } = card;
  const likeness = { similarity, sureness: band, words: likenessWords[band], falseAcceptRate: far };
  return { personId: id, name, keyFaceId, faces, firstYear, lastYear, ...likeness };
}

/** With the pack it was looked at with: another may be in use when the answer is there. */
async function look(house: House, path: string): Promise<{ readonly pack: EmbedderPack; readonly seen: SeenPhoto }> {
  const pool = await house.pool();
  const seen = await pool.run({ kind: "see", path: resolve(path), smallFaces: preferences(house.keep).smallFaces, crops: false });
  return { pack: pool.pack, seen };
}

/** The largest face; one that is half as large but better placed never wins over it. */
async function mainFace(house: House, path: string): Promise<{ readonly pack: EmbedderPack; readonly vector: Float32Array }> {
  const { pack, seen } = await look(house, path);
  const { faces } = seen;
  const area = (face: SeenFace): number => face.box[2] * face.box[3];
  const main = faces.filter((face) => face.embedding).toSorted((x, y) => area(y) - area(x))[0];
  if (!main?.embedding) throw new Problem("no-face", path);
  return { pack, vector: main.embedding };
}
