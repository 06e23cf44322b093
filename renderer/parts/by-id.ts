interface HasId {
  readonly id: number;
}
/** Ids of some items, for asking whether one is among them. */
export function idsOf(items: readonly HasId[]): ReadonlySet<number> {
  return new Set(items.map((item) => item.id));
}
/** Items by their id. */
export function byId<T extends HasId>(items: readonly T[]): ReadonlyMap<number, T> {
  return new Map(items.map((item) => [item.id, item]));
}
/** Items gathered under a key. */
export function gathered<T>(items: readonly T[], key: (item: T) => number): ReadonlyMap<number, readonly T[]> {
  return Map.groupBy(items, key);
}
