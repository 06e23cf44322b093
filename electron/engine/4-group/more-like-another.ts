import { settings } from "../settings.ts";
import type { Conflict, ConflictJob } from "./conflict-types.ts";
import { mapped } from "./learned-metric.ts";
import { confusablePairs } from "./metric-trial.ts";
import { dot, gatherRows } from "./vectors.ts";

/**
 * Proposals that are more like the confirmed faces of a look-alike than like their own person's: the guard between the pairs of
 * people most easily taken for each other. Compared through the learned map where there is one; only which of two is larger
 * counts, so its scale does not matter.
 */
export function moreLikeAnother(job: ConflictJob, rowsOf: ReadonlyMap<number, readonly number[]>): Conflict[] {
  const { vectors, dimensions: d, usable, confirmed, personId } = job;
  const named = new Set(job.people.filter(({ state }) => state === "named").map(({ id }) => id));
  const said = [...personId.keys()].filter((row) => confirmed[row] === 1 && usable[row] === 1 && named.has(personId[row] as number));
  const pairs = confusablePairs({
    vectors: gatherRows(vectors, d, said),
    dimensions: d,
    person: Int32Array.from(said, (row) => personId[row] as number),
  });
  const through = (rows: readonly number[]): Float32Array => {
    const own = gatherRows(vectors, d, rows);
    return job.map === null ? own : mapped(own, d, job.map);
  };
  const best = new Map<number, Conflict & { readonly kind: "more-like-another" }>();
  for (const { a, b } of pairs) {
    const [ofA, ofB] = [a, b].map(({ rows }) => through(rows.slice(0, settings.group.likeAnotherBy).map((at) => said[at] as number)));
    if (ofA === undefined || ofB === undefined) continue;
    for (const [own, other, ofOwn, ofOther] of [
      [a, b, ofA, ofB],
      [b, a, ofB, ofA],
    ] as const) {
      const rows = (rowsOf.get(own.id) ?? []).filter((row) => confirmed[row] !== 1 && usable[row] === 1);
      const faces = through(rows);
      for (const [at, row] of rows.entries()) {
        const toOwn = topMean(faces, at, ofOwn, d);
        const toOther = topMean(faces, at, ofOther, d);
        if (toOther <= toOwn || toOther <= (best.get(row)?.toOther ?? -2)) continue;
        const people = { personId: own.id, otherId: other.id };
        best.set(row, {
          kind: "more-like-another",
          ...people,
          face: job.faceIds[row] as number,
          similarity: toOwn,
          toOther,
          action: "move",
        });
      }
    }
  }
  return [...best.values()].sort((x, y) => y.toOther - y.similarity - (x.toOther - x.similarity) || x.face - y.face);
}

/** Mean of the most alike faces, as everywhere a face is held against a person. */
function topMean(faces: Float32Array, at: number, of: Float32Array, d: number): number {
  const cosines = Array.from({ length: of.length / d }, (_, row) => dot(faces, at * d, of, row * d, d));
  const top = cosines.sort((a, b) => b - a).slice(0, settings.group.topFaces);
  return top.reduce((sum, cosine) => sum + cosine, 0) / Math.max(1, top.length);
}
