import { settings } from "../settings.ts";
import { topMean } from "./evidence.ts";
import type { Linked } from "./group-faces.ts";
import { groupRules, type GroupResult } from "./group-types.ts";
import { keepIds } from "./keep-ids.ts";
import { places, type NeighbourTable } from "./neighbour-table.ts";
import { questionsByGain } from "./questions.ts";
import { isMixed } from "./split-person.ts";
import type { Steps } from "./steps.ts";
import { bands, sureness } from "./sureness.ts";
import { gatherRows } from "./vectors.ts";

/** Ids, evidence, mixed groups and questions of a linked library, in the order of the input. */
export async function resultOf(known: Linked, table: NeighbourTable, steps: Steps): Promise<Omit<GroupResult, "seconds">> {
  const { input, rows, usable, seeds, start, attached, calibration } = known;
  const { clusters, guard } = start;
  const n = rows.faces.length;
  await steps.breathe(0);
  const changed = changedClusters(known);
  const found = await findMixed(known, changed, steps);
  const shared = (cluster: number): boolean => (clusters.count[cluster] as number) > 1 || guard.personOf(cluster) !== 0;
  const cluster = clusters.label.map((label) => (shared(label) ? label : -1));
  const said = clusters.label.map((label, row) => guard.personOf(label) || (rows.confirmed[row] as number));
  const created: number[] = [];
  const mayNotBe = forbiddenIds(known);
  const kept = keepIds({ cluster, previous: start.former, confirmed: said, nextId: input.nextId, mayNotBe });
  created.push(...kept.created);
  const ids = new Map(kept.idOf);
  const lone = loneIds(known, new Set(ids.values()), mayNotBe);
  const asked = questionsByGain({
    ...known,
    clusters,
    guard,
    neighbours: known.neighbours.rows,
    idOf: (label) => ids.get(label) ?? lone.get(label) ?? 0,
    nameLone: (label) => {
      const id = input.nextId();
      created.push(id);
      lone.set(label, id);
      return id;
    },
    silent: new Set(input.people.filter(({ state }) => state === "stranger" || state === "hidden").map(({ id }) => id)),
    skip: known.options.skip ?? new Set(),
    most: known.options.questions ?? settings.group.questions,
    askFloor: known.options.askFloor ?? settings.group.askFloor,
  });
  const about = new Set(asked.questions.flatMap(({ a, b }) => [a, b]));
  for (const [label, id] of lone) if (about.has(id)) ids.set(label, id);
  const out = {
    personId: new Int32Array(n),
    rule: new Uint8Array(n),
    similarity: new Float32Array(n).fill(NaN),
    far: new Float64Array(n).fill(NaN),
    band: new Uint8Array(n).fill(bands.length - 1),
    passed: new Uint8Array(n),
  };
  for (let row = 0; row < n; row++) {
    const to = rows.order[row] as number;
    const label = clusters.label[row] as number;
    const confirmed = rows.confirmed[row] as number;
    out.passed[to] = seeds[row] as number;
    out.personId[to] = confirmed || (ids.get(label) ?? 0);
    out.rule[to] = groupRules.indexOf(
      confirmed ? "confirmed" : out.personId[to] === 0 ? "none" : attached.rows[row] ? "attached" : "linked",
    );
    if (out.personId[to] === 0 || usable[row] !== 1) continue;
    const alike = topMean(row, label, clusters, known.neighbours.rows, seeds, rows.vectors, input.dimensions);
    if (Number.isNaN(alike)) continue;
    const { band, far } = sureness(alike, calibration);
    out.similarity[to] = alike;
    out.far[to] = far;
    out.band[to] = bands.indexOf(band);
    if (row % 8192 === 8191) await steps.breathe(0.6 + (0.4 * row) / n);
  }
  const living = new Set(ids.values());
  return {
    ...out,
    created: created.filter((id) => living.has(id)).sort((a, b) => a - b),
    retired: kept.retired.filter(({ from }) => !living.has(from)),
    mixed: mixedById(known, ids, changed, found),
    ask: attached.ask.map(({ row, cluster: near, similarity }) => ({
      face: rows.faces[row] as number,
      personId: ids.get(clusters.label[firstMember(known, near)] as number) ?? 0,
      similarity,
      far: sureness(similarity, calibration).far,
    })),
    questions: asked.questions,
    questionsLeft: asked.left,
    setAside: n - usable.reduce((sum, good) => sum + good, 0),
    neighbours: table,
  };
}

/** Which ids a cluster may not take over, because of one of its faces. */
function forbiddenIds({ input, rows, start }: Linked): (cluster: number, id: number) => boolean {
  const { label } = start.clusters;
  const placeOf = places(rows.faces);
  const no = new Map<number, Set<number>>();
  const forbid = (row: number, id: number): void => {
    const cluster = label[row] as number;
    no.set(cluster, (no.get(cluster) ?? new Set()).add(id));
  };
  for (const [face, person] of input.rejected) {
    const row = placeOf(face);
    if (row >= 0 && rows.confirmed[row] !== person) forbid(row, person);
  }
  const apart = new Map<number, number[]>();
  for (const [a, b] of input.neverMerge) {
    apart.set(a, [...(apart.get(a) ?? []), b]);
    apart.set(b, [...(apart.get(b) ?? []), a]);
  }
  for (let row = 0; row < rows.faces.length && apart.size > 0; row++) {
    const its = (start.owner[row] as number) || (start.former[row] as number);
    for (const other of apart.get(its) ?? []) if (other !== its) forbid(row, other);
  }
  for (const { id, birthday } of input.people) {
    if (Number.isNaN(birthday)) continue;
    for (let row = 0; row < rows.faces.length; row++)
      if ((rows.takenAt[row] as number) < birthday && rows.confirmed[row] !== id) forbid(row, id);
  }
  return (cluster, id) => no.get(cluster)?.has(id) === true;
}

function firstMember({ start }: Linked, cluster: number): number {
  for (const row of start.clusters.members(cluster)) return row;
  return 0;
}

/** A lone face that had been asked about keeps the id it got for that. */
function loneIds(
  { rows, start }: Linked,
  taken: ReadonlySet<number>,
  mayNotBe: (cluster: number, id: number) => boolean,
): Map<number, number> {
  const lone = new Map<number, number>();
  const given = new Set(taken);
  for (let row = 0; row < rows.faces.length; row++) {
    const label = start.clusters.label[row] as number;
    const then = rows.previous[row] as number;
    if (then === 0 || start.clusters.count[label] !== 1 || given.has(then) || mayNotBe(label, then) || start.guard.personOf(label) !== 0)
      continue;
    lone.set(label, then);
    given.add(then);
  }
  return lone;
}

/** Clusters of this run that have weighty faces which were not there before. */
function changedClusters({ start, seeds }: Linked): Set<number> {
  const changed = new Set<number>();
  for (let row = 0; row < seeds.length; row++)
    if (start.owner[row] === 0 && seeds[row] === 1) changed.add(start.clusters.label[row] as number);
  return changed;
}

function mixedById(
  known: Linked,
  ids: ReadonlyMap<number, number>,
  changed: ReadonlySet<number>,
  found: ReadonlyMap<number, boolean>,
): Map<number, boolean> {
  const mixed = new Map<number, boolean>();
  const before = known.options.mixedBefore;
  for (const [label, id] of ids) {
    const is = found.get(label) ?? (changed.has(label) ? undefined : before?.get(id));
    if (is !== undefined) mixed.set(id, is);
  }
  return mixed;
}

/** Looks through the largest groups that changed in this run, a glance each. */
async function findMixed(
  { input, options, start, seeds, rows, calibration, libraryFaces }: Linked,
  changed: ReadonlySet<number>,
  steps: Steps,
): Promise<Map<number, boolean>> {
  const mixed = new Map<number, boolean>();
  if (options.checkMixed === false) return mixed;
  const { clusters } = start;
  const looked = [...changed]
    .filter((label) => (clusters.weight[label] as number) >= settings.group.mixedMinimum)
    .sort((a, b) => (clusters.weight[b] as number) - (clusters.weight[a] as number) || a - b)
    .slice(0, settings.group.mixedPerRun);
  for (const [place, label] of looked.entries()) {
    const members = [...clusters.members(label)].filter((row) => seeds[row] === 1).sort((a, b) => a - b);
    const vectors = gatherRows(rows.vectors, input.dimensions, members);
    mixed.set(
      label,
      isMixed({ vectors, dimensions: input.dimensions, calibration, alpha: input.alpha, libraryFaces }, settings.group.mixedGlance),
    );
    if (place % 4 === 3) await steps.breathe((0.6 * place) / looked.length);
  }
  return mixed;
}
