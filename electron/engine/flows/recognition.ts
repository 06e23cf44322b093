import { resolve } from "node:path";
import type { DetectedView, LikelyPerson, VerifyView, WhoView } from "../../contract/views.ts";
import { farOf, sureness, similarityAt, usableCalibration } from "../4-group/sureness.ts";
import { dot } from "../4-group/vectors.ts";
import { asProblem, Problem } from "../errors.ts";
import { settings } from "../settings.ts";
import type { SeenFace } from "../types.ts";
import type { House } from "./house.ts";
import { preferences } from "./preferences.ts";
import type { SeenPhoto } from "./see-task.ts";
import { likenessWords } from "./words.ts";

/** People offered for one face. */
const mostLikely = 5;

/** Boxes, landmarks and scores of photos that need not be in the library; each photo's own problem stands beside it. */
export async function detect(house: House, paths: readonly string[]): Promise<DetectedView[]> {
  return Promise.all(
    paths.map(async (path): Promise<DetectedView> => {
      try {
        const { width, height, faces } = await look(house, path);
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
  const calibration = usableCalibration(house.embedder().calibration, house.packName());
  const [first, second] = await Promise.all([mainFace(house, a), mainFace(house, b)]);
  const similarity = dot(first, 0, second, 0, first.length);
  return {
    similarity,
    same: similarity >= similarityAt(settings.sureness.bands[2], calibration),
    falseAcceptRate: farOf(similarity, calibration),
  };
}

/** Faces of a photo, each with the people of the library it is most like. */
export async function who(house: House, path: string): Promise<WhoView> {
  const { faces } = await look(house, path);
  const rank = ranker(house);
  return {
    path,
    faces: faces.map((face) => ({
      box: face.box,
      score: face.score,
      quality: face.quality.overall,
      likely: face.embedding ? rank(face.embedding) : [],
    })),
  };
}

/** Ranks the library's people and groups by the mean of each one's closest three faces. */
export function ranker(house: House): (face: Float32Array) => LikelyPerson[] {
  const { keep } = house;
  const calibration = usableCalibration(house.embedder().calibration, house.packName());
  const all = keep.facesToGroup(house.packName());
  const { confirmed, proposed, people } = keep.constraints();
  const aside = new Set(people.filter((one) => one.state === "stranger" || one.state === "hidden").map((one) => one.id));
  const owner = Array.from(all.faceIds, (id) => confirmed.get(id) ?? proposed.get(id) ?? 0);
  return (face) => {
    const best = new Map<number, number[]>();
    owner.forEach((personId, row) => {
      if (personId === 0 || aside.has(personId)) return;
      const similarity = dot(face, 0, all.vectors, row * all.dimensions, all.dimensions);
      const top = best.get(personId) ?? [];
      best.set(personId, [...top, similarity].toSorted((x, y) => y - x).slice(0, settings.group.topFaces));
    });
    return [...best]
      .map(([personId, top]) => ({ personId, similarity: top.reduce((sum, one) => sum + one, 0) / top.length }))
      .toSorted((x, y) => y.similarity - x.similarity)
      .slice(0, mostLikely)
      .flatMap(({ personId, similarity }): LikelyPerson[] => {
        const card = keep.reads.card(personId);
        const { band, far } = sureness(similarity, calibration);
        return card
          ? [
              {
                personId,
                name: card.name,
                keyFaceId: card.keyFaceId,
                faces: card.faces,
                similarity,
                sureness: band,
                words: likenessWords(far),
                falseAcceptRate: far,
              },
            ]
          : [];
      });
  };
}

async function look(house: House, path: string): Promise<SeenPhoto> {
  const pool = await house.pool();
  return pool.run({ kind: "see", path: resolve(path), smallFaces: preferences(house.keep).smallFaces, crops: false });
}

/** The largest face; one that is half as large but better placed never wins over it. */
async function mainFace(house: House, path: string): Promise<Float32Array> {
  const { faces } = await look(house, path);
  const area = (face: SeenFace): number => face.box[2] * face.box[3];
  const main = faces.filter((face) => face.embedding).toSorted((x, y) => area(y) - area(x))[0];
  if (!main?.embedding) throw new Problem("no-face", path);
  return main.embedding;
}
