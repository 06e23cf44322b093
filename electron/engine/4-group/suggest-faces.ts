import { settings } from "../settings.ts";
import type { Calibration, Sureness } from "../types.ts";
import { nearestOthers, type Searcher } from "./neighbours.ts";
import { chooseExemplars, type RankedFace, type Ranker } from "./rank-faces.ts";
import { bands, impostorSpread } from "./sureness.ts";
import { dot } from "./vectors.ts";

/** A face that may be the person, with the chance that it is; `band` is that chance's. */
export interface SuggestedFace extends RankedFace {
  readonly chance: number;
}
export interface SuggestJob {
  /** Rows of the person, and of those the ones that speak for it: what somebody confirmed, or all. */
  readonly members: readonly number[];
  readonly spoken: readonly number[];
  readonly faceIds: Int32Array;
  readonly vectors: Float32Array;
  readonly dimensions: number;
  /** Person or group of each row, 0 none. */
  readonly owner: Int32Array;
  /** 1: good enough to speak for somebody (`passGate`), and usable. */
  readonly seeds: Uint8Array;
  /** 1: a unit vector (`usableRows`). */
  readonly usable: Uint8Array;
  readonly calibration: Calibration;
  /** 1: left out. */
  readonly skip: Uint8Array;
  /** Of these faces those that may be suggested; asked for in small numbers, likely ones first. */
  readonly open: (faces: readonly number[]) => ReadonlySet<number>;
}

/**
 * Faces that may be the person, most certain first. How alike a face is says little by itself: of ten thousand strangers one is as alike
 * as one in ten thousand. What tells is how far the person is ahead of whoever else is nearest. A face that is more like another one of
 * its own group is somebody else's. Poor faces never speak for the person: they are alike in being poor.
 */
export async function suggestFaces(ranker: Ranker, searcher: Searcher, job: SuggestJob): Promise<SuggestedFace[]> {
  const { faceIds, vectors, dimensions, calibration, seeds, usable, skip } = job;
  const good = job.spoken.filter((row) => seeds[row] === 1);
  const exemplars = chooseExemplars(vectors, dimensions, good.length > 0 ? good : job.spoken);
  const ranked = await ranker.rankFor({ exemplars, faceIds, vectors, dimensions, calibration, skip, loosest: settings.group.ask });
  const counts = seeds.slice();
  for (const row of job.members) counts[row] = 0;
  const spread = impostorSpread(calibration);
  const found: SuggestedFace[] = [];
  let left: number = settings.group.suggest.most;
  const tries = { among: faceIds.length, exemplars: exemplars.length / dimensions };
  for (const some of likeliestOpen(job, notNearerToTheirOwn(job, ranked), tries)) {
    const rows = Int32Array.from(some, ({ row }) => row);
    const next = await nearestOthers(searcher, vectors, dimensions, rows, { counts, usable });
    const likely = some
      .map(({ row, face, similarity, far }, at) => {
        const chance = chanceOf(far, (similarity - (next[at] as number)) / spread, seeds[row] === 1, tries);
        return { face, similarity, far, chance, band: bandOfChance(chance) };
      })
      .filter(({ chance }) => chance >= settings.group.suggest.least);
    found.push(...likely);
    left -= some.length;
    // The likeliest come first: where none of them will do, none of the rest will.
    if (likely.length === 0 || left <= 0) break;
  }
  return found.sort((a, b) => b.chance - a.chance || a.face - b.face);
}

/** How often strangers may happen to be alike: faces looked through, and exemplars of the person. */
export interface Tries {
  readonly among: number;
  readonly exemplars: number;
}

/** Chance that a face is the person, 0..1. `ahead`: of anybody else's nearest face, in standard deviations of different people. */
export function chanceOf(far: number, ahead: number, isGood: boolean, { among, exemplars }: Tries): number {
  const by = settings.group.chance;
  const alike = by.constant + by.ahead * ahead - by.rarity * Math.log10(far) + (isGood ? 0 : by.poor);
  const tried = by.among * Math.log10(Math.max(by.fewestAmong, among)) + by.exemplars * Math.log10(Math.max(by.fewestExemplars, exemplars));
  return 1 / (1 + Math.exp(tried - alike));
}

/** Band of a chance, by `settings.group.suggest.bands`. */
export function bandOfChance(chance: number): Sureness {
  const place = settings.group.suggest.bands.findIndex((least) => chance >= least);
  return bands[place < 0 ? bands.length - 1 : place] ?? "guess";
}

type RankedRow = RankedFace & { readonly row: number };

/** Those that are not more like another good face of the group they stand in. */
function notNearerToTheirOwn({ faceIds, vectors, dimensions: d, owner, seeds }: SuggestJob, ranked: readonly RankedFace[]): RankedRow[] {
  const similarityOf = new Map(ranked.map((one) => [one.face, one]));
  const found: RankedRow[] = [];
  const groups = new Map<number, number[]>();
  for (let row = 0; row < faceIds.length && found.length < ranked.length; row++) {
    const one = similarityOf.get(faceIds[row] as number);
    if (one === undefined) continue;
    found.push({ ...one, row });
    if (owner[row] !== 0) groups.set(owner[row] as number, []);
  }
  for (let row = 0; row < owner.length; row++) if (seeds[row] === 1) groups.get(owner[row] as number)?.push(row);
  return found.filter(({ row, similarity }) => {
    const others = (groups.get(owner[row] as number) ?? []).slice(0, settings.group.scanned);
    return !others.some((other) => other !== row && dot(vectors, row * d, vectors, other * d, d) >= similarity);
  });
}

/** Those that may be suggested, the likeliest first as far as can be said before anybody else is looked at, some at a time. */
function* likeliestOpen({ seeds, open }: SuggestJob, near: readonly RankedRow[], tries: Tries): Generator<readonly RankedRow[]> {
  const { examined } = settings.group.suggest;
  const sorted = near
    .map((one) => ({ one, chance: chanceOf(one.far, 0, seeds[one.row] === 1, tries) }))
    .sort((a, b) => b.chance - a.chance || a.one.face - b.one.face)
    .map(({ one }) => one);
  for (let at = 0; at < sorted.length; at += examined) {
    const some = sorted.slice(at, at + examined);
    const may = open(some.map(({ face }) => face));
    const left = some.filter(({ face }) => may.has(face));
    if (left.length > 0) yield left;
  }
}
