import { settings } from "../settings.ts";
import type { Conflict, ConflictJob } from "./conflict-types.ts";
import { mergeBar } from "./merge-bar.ts";
import { moreLikeAnother } from "./more-like-another.ts";
import { addTo, dot } from "./vectors.ts";

/** Everything that does not fit, in a fixed order: by kind, then by how clear it is. Strangers and hidden people are left in peace. */
export function findConflicts(job: ConflictJob): Conflict[] {
  const silent = new Set(job.people.filter(({ state }) => state === "stranger" || state === "hidden").map(({ id }) => id));
  const rowsOf = new Map<number, number[]>();
  for (let row = 0; row < job.personId.length; row++) {
    const person = job.personId[row] as number;
    if (person === 0 || silent.has(person)) continue;
    const rows = rowsOf.get(person);
    if (rows) rows.push(row);
    else rowsOf.set(person, [row]);
  }
  const ofPerson = [...rowsOf].sort((a, b) => a[0] - b[0]).map(([id, rows]) => new Likeness(job, id, rows));
  return [
    ...ofPerson.flatMap((one) => twice(job, one)),
    ...beforeBirth(job, rowsOf),
    ...moreLikeAnother(job, rowsOf),
    ...ofPerson.flatMap((one) => far(job, one)),
    ...alike(job, ofPerson),
  ];
}

/** Sum of a person's vectors: how alike a face is to the rest of them is one dot product. */
class Likeness {
  readonly id: number;
  readonly rows: readonly number[];
  readonly sum: Float32Array;
  readonly count: number;
  readonly #job: ConflictJob;

  constructor(job: ConflictJob, id: number, rows: readonly number[]) {
    this.#job = job;
    this.id = id;
    this.rows = rows;
    this.sum = new Float32Array(job.dimensions);
    const good = rows.filter((row) => job.usable[row] === 1);
    this.count = good.length;
    for (const row of good) addTo(this.sum, 0, job.vectors, row * job.dimensions, job.dimensions);
  }

  /** Mean cosine with the person's other faces, NaN where it has none. */
  of(row: number): number {
    const { vectors, dimensions: d, usable } = this.#job;
    if (usable[row] !== 1 || this.count < 2) return NaN;
    return (dot(vectors, row * d, this.sum, 0, d) - dot(vectors, row * d, vectors, row * d, d)) / (this.count - 1);
  }
}

function twice(job: ConflictJob, one: Likeness): Conflict[] {
  const inPhoto = new Map<number, number[]>();
  for (const row of one.rows) {
    const photo = job.photoIds[row] as number;
    if (photo !== 0) inPhoto.set(photo, [...(inPhoto.get(photo) ?? []), row]);
  }
  return [...inPhoto].flatMap(([photoId, rows]): Conflict[] => {
    const said = rows.filter((row) => job.confirmed[row] === 1).length;
    // Both confirmed is a person's word: a mirror, a collage, a montage of twins.
    if (rows.length < 2 || said === rows.length) return [];
    const order = [...rows].sort(
      (a, b) => (job.confirmed[b] as number) - (job.confirmed[a] as number) || (one.of(b) || 0) - (one.of(a) || 0) || a - b,
    );
    const faces = order.map((row) => job.faceIds[row] as number);
    return [{ kind: "twice-in-photo", personId: one.id, photoId, faces, action: said > 0 ? "reject-others" : "choose" }];
  });
}

function beforeBirth(job: ConflictJob, rowsOf: ReadonlyMap<number, readonly number[]>): Conflict[] {
  return job.people
    .filter(({ birthday }) => !Number.isNaN(birthday))
    .flatMap(({ id, birthday }) =>
      (rowsOf.get(id) ?? [])
        .filter((row) => (job.takenAt[row] as number) < birthday)
        .map((row): Conflict & { kind: "before-birth" } => ({
          kind: "before-birth",
          personId: id,
          face: job.faceIds[row] as number,
          days: birthday - (job.takenAt[row] as number),
          action: job.confirmed[row] === 1 ? "change-birthday" : "reject",
        })),
    )
    .sort((a, b) => b.days - a.days || a.face - b.face);
}

function far(job: ConflictJob, one: Likeness): Conflict[] {
  if (one.count < settings.group.askMinimum) return [];
  const { mu, sId, sF, sE } = job.calibration;
  const n = one.count - 1;
  const bound = mu + settings.group.conflictSigmas * Math.sqrt(sId ** 2 + sF ** 2 * (1 + 1 / n) + sE ** 2 / n);
  return one.rows
    .map((row) => ({ row, similarity: one.of(row) }))
    .filter(({ similarity }) => similarity < bound)
    .sort((a, b) => a.similarity - b.similarity || a.row - b.row)
    .map(({ row, similarity }) => ({
      kind: "far-from-everyone",
      personId: one.id,
      face: job.faceIds[row] as number,
      similarity,
      action: job.confirmed[row] === 1 ? "look" : "reject",
    }));
}

function alike(job: ConflictJob, ofPerson: readonly Likeness[]): Conflict[] {
  const acted = new Set(job.people.filter(({ state }) => state === "named").map(({ id }) => id));
  const settled = new Set(job.neverMerge.map(([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`));
  const bar = mergeBar(
    job.calibration,
    job.alpha,
    job.usable.reduce((sum, good) => sum + good, 0),
  );
  const people = ofPerson.filter((one) => acted.has(one.id) && one.count > 0);
  const found: (Conflict & { kind: "look-like-one" })[] = [];
  for (const [place, one] of people.entries()) {
    for (const other of people.slice(place + 1)) {
      const similarity = dot(one.sum, 0, other.sum, 0, job.dimensions) / (one.count * other.count);
      const z = bar(one.count, other.count, similarity);
      if (z < settings.group.askFloor || settled.has(`${one.id} ${other.id}`)) continue;
      found.push({ kind: "look-like-one", people: [one.id, other.id], similarity, z, action: "merge-or-never" });
    }
  }
  return found.sort((a, b) => b.z - a.z || a.people[0] - b.people[0] || a.people[1] - b.people[1]);
}
