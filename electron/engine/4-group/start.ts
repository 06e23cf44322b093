import { settings } from "../settings.ts";
import type { Canonical } from "./canonical.ts";
import { Clusters } from "./clusters.ts";
import type { GroupInput, GroupOptions } from "./group-types.ts";
import { places } from "./neighbour-table.ts";
import { companionsOf, Guard, type LinkRules } from "./rules.ts";
import { similarityAt } from "./sureness.ts";
import { dot } from "./vectors.ts";
import type { Calibration } from "../types.ts";

export interface Start {
  readonly clusters: Clusters;
  readonly guard: Guard;
  /** Person or group that each row starts in, 0 none. */
  readonly owner: Int32Array;
  /** Group of the last run where nothing that was said since took the row out of it, 0 none. Confirmed rows have none. */
  readonly former: Int32Array;
}

/** Puts every row into the cluster it starts in: what people confirmed for certain, what the last run proposed where that still may be. */
export function startClusters(
  input: GroupInput,
  rows: Canonical,
  usable: Uint8Array,
  seeds: Uint8Array,
  options: GroupOptions,
  calibration: Calibration,
): Start {
  const n = rows.faces.length;
  const placeOf = places(rows.faces);
  const rejected = input.rejected
    .map(([face, owner]) => [placeOf(face), owner] as const)
    .filter(([row, owner]) => row >= 0 && rows.confirmed[row] !== owner);
  const birthdays = new Map(input.people.filter(({ birthday }) => !Number.isNaN(birthday)).map(({ id, birthday }) => [id, birthday]));
  const acted = new Set(input.people.filter(({ state }) => state !== "unnamed").map(({ id }) => id));
  for (const person of rows.confirmed) if (person !== 0) acted.add(person);
  // Whoever somebody spoke about lives on under its id: a word about an id that is gone would be lost.
  for (const id of [...input.neverMerge.flat(), ...rejected.map(([, person]) => person)]) acted.add(id);
  const former = new Int32Array(n);
  for (let row = 0; row < n; row++) {
    const then = rows.previous[row] as number;
    const born = birthdays.size === 0 ? undefined : birthdays.get(then);
    if (rows.confirmed[row] === 0 && !(born !== undefined && (rows.takenAt[row] as number) < born)) former[row] = then;
  }
  freeRejected(rejected, former, rows, input.dimensions, calibration);
  const companions = companionsOf(options.samePhoto === false ? new Int32Array(0) : rows.photos);
  freeCompanions(former, rows.confirmed, companions);
  const owner = new Int32Array(n);
  for (let row = 0; row < n; row++) {
    const then = former[row] as number;
    const stays = usable[row] === 1 && seeds[row] === 1 && (options.mode !== "anew" || acted.has(then));
    owner[row] = (rows.confirmed[row] as number) || (stays ? then : 0);
  }
  const clusters = new Clusters(rows.vectors, input.dimensions, seeds);
  const rules: LinkRules = {
    person: rows.confirmed,
    takenAt: rows.takenAt,
    companions,
    owner,
    former,
    acted,
    named: new Set(input.people.filter(({ state }) => state === "named").map(({ id }) => id)),
    rejected,
    neverMerge: input.neverMerge,
    birthdays,
  };
  const guard = new Guard(clusters, rules);
  const first = new Map<number, number>();
  for (let row = 0; row < n; row++) {
    const its = owner[row] as number;
    if (its === 0) continue;
    const home = first.get(its);
    if (home === undefined) {
      first.set(its, row);
      continue;
    }
    clusters.add(row, home);
    guard.merged(home, row);
  }
  return { clusters, guard, owner, former };
}

/** Rejected rows leave, and so do proposals that are more like a rejected face than like what the person confirmed. */
function freeRejected(
  rejected: readonly (readonly [number, number])[],
  former: Int32Array,
  rows: Canonical,
  d: number,
  calibration: Calibration,
): void {
  const no = new Map<number, number[]>();
  for (const [row, person] of rejected) {
    if (former[row] === person) former[row] = 0;
    no.set(person, [...(no.get(person) ?? []), row]);
  }
  if (no.size === 0) return;
  const yes = new Map<number, number[]>();
  for (let row = 0; row < former.length; row++) {
    const person = rows.confirmed[row] as number;
    if (person !== 0 && no.has(person)) yes.set(person, [...(yes.get(person) ?? []), row]);
  }
  const alike = similarityAt(settings.group.alike, calibration);
  const cosine = (a: number, b: number): number => dot(rows.vectors, a * d, rows.vectors, b * d, d);
  for (let row = 0; row < former.length; row++) {
    const person = former[row] as number;
    if (person === 0 || !no.has(person)) continue;
    const toRejected = Math.max(...(no.get(person) ?? []).slice(-64).map((other) => cosine(row, other)));
    if (toRejected < alike) continue;
    const top = (yes.get(person) ?? []).slice(0, 256).map((other) => cosine(row, other));
    top.sort((a, b) => b - a);
    const best = top.slice(0, settings.group.topFaces);
    if (best.length > 0 && toRejected > best.reduce((sum, value) => sum + value, 0) / best.length) former[row] = 0;
  }
}

/** A proposal leaves where another face of its photo was confirmed as the same person. */
function freeCompanions(former: Int32Array, confirmed: Int32Array, companions: ReadonlyMap<number, readonly number[]>): void {
  for (const [row, others] of companions) {
    const its = former[row] as number;
    if (its !== 0 && others.some((other) => confirmed[other] === its)) former[row] = 0;
  }
}
