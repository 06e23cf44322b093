import type { Retired } from "./group-types.ts";

export interface KeepIdsJob {
  /** Cluster of each row, -1 where it has none worth an id. */
  readonly cluster: Int32Array;
  /** Id of each row in the last run, 0 none. */
  readonly previous: Int32Array;
  /** Confirmed person of each row, 0 none. */
  readonly confirmed: Int32Array;
  readonly nextId: () => number;
  /** A cluster holds a face that somebody said is not this id, or that is older than it: it never gets it. */
  readonly mayNotBe: (cluster: number, id: number) => boolean;
}
export interface KeptIds {
  readonly idOf: ReadonlyMap<number, number>;
  readonly created: readonly number[];
  readonly retired: readonly Retired[];
}

/**
 * Ids for clusters so that people keep theirs: a confirmed person's id always stays with it; else the oldest id that has more than
 * half of its former faces here; else the id with the largest share here that nobody else takes; else a new one.
 */
export function keepIds({ cluster, previous, confirmed, nextId, mayNotBe }: KeepIdsJob): KeptIds {
  const order: number[] = [];
  const person = new Map<number, number>();
  const overlap = new Map<number, Map<number, number>>();
  const former = new Map<number, number>();
  const people = new Set<number>();
  for (let row = 0; row < cluster.length; row++) {
    const here = cluster[row] as number;
    const then = previous[row] as number;
    const said = confirmed[row] as number;
    if (said !== 0) people.add(said);
    if (then !== 0) former.set(then, (former.get(then) ?? 0) + 1);
    if (here < 0) continue;
    let shared = overlap.get(here);
    if (!shared) {
      overlap.set(here, (shared = new Map()));
      order.push(here);
    }
    if (said !== 0) person.set(here, said);
    if (then !== 0) shared.set(then, (shared.get(then) ?? 0) + 1);
  }
  const idOf = new Map(person);
  const taken = new Set(people);
  for (const here of order) {
    if (idOf.has(here)) continue;
    const own = [...(overlap.get(here) ?? [])].filter(
      ([id, faces]) => !taken.has(id) && !mayNotBe(here, id) && faces * 2 > (former.get(id) ?? 0),
    );
    const oldest = own.reduce((least, [id]) => Math.min(least, id), Infinity);
    if (oldest !== Infinity) {
      idOf.set(here, oldest);
      taken.add(oldest);
    }
  }
  const rest = order
    .filter((here) => !idOf.has(here))
    .flatMap((here) => [...(overlap.get(here) ?? [])].map(([id, faces]) => ({ here, id, faces })))
    .filter(({ id, here }) => !taken.has(id) && !mayNotBe(here, id))
    .sort((a, b) => b.faces - a.faces || a.id - b.id || a.here - b.here);
  for (const { here, id } of rest) {
    if (idOf.has(here) || taken.has(id)) continue;
    idOf.set(here, id);
    taken.add(id);
  }
  const created: number[] = [];
  for (const here of order) {
    if (idOf.has(here)) continue;
    const id = nextId();
    idOf.set(here, id);
    created.push(id);
  }
  return { idOf, created, retired: retiredIds(order, overlap, former, idOf, people) };
}

function retiredIds(
  order: readonly number[],
  overlap: ReadonlyMap<number, ReadonlyMap<number, number>>,
  former: ReadonlyMap<number, number>,
  idOf: ReadonlyMap<number, number>,
  people: ReadonlySet<number>,
): Retired[] {
  const living = new Set([...idOf.values(), ...people]);
  const went = new Map<number, { into: number; faces: number }>();
  for (const here of order) {
    for (const [id, faces] of overlap.get(here) ?? []) {
      const into = idOf.get(here) ?? 0;
      const most = went.get(id);
      if (!most || faces > most.faces) went.set(id, { into, faces });
    }
  }
  return [...former.keys()]
    .filter((id) => !living.has(id))
    .sort((a, b) => a - b)
    .map((from) => {
      const { into, faces } = went.get(from) ?? { into: 0, faces: 0 };
      return { from, into, faces, grewTogether: into !== 0 && !people.has(into) && faces * 2 > (former.get(from) ?? 0) };
    });
}
