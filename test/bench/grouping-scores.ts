/** How good a grouping is. `label` 0 or less is "in no group": such faces count as groups of one. */
export interface GroupingScores {
  readonly bcubedP: number;
  readonly bcubedR: number;
  readonly bcubedF: number;
  /** Groups of three or more whose second person has two or more faces. */
  readonly hard: number;
  /** Groups with more than one person. */
  readonly mixed: number;
  /** Share of the faces of people with two or more that are in a group. */
  readonly coverage: number;
  /** Merges, wrong faces moved and names that people with three or more faces need. */
  readonly clicks: number;
  /** Faces that are not of their group's main person. */
  readonly wrong: number;
  readonly groups: number;
}

/** BCubed (Amigo et al. 2009) and the counts that a person would feel. */
export function scoreGrouping(label: ArrayLike<number>, person: ArrayLike<number>): GroupingScores {
  const groups = new Map<number | string, Map<number, number>>();
  const people = new Map<number, number>();
  const keyOf = (row: number): number | string => ((label[row] ?? 0) > 0 ? (label[row] ?? 0) : `alone ${row}`);
  for (let row = 0; row < person.length; row++) {
    const who = person[row] ?? 0;
    people.set(who, (people.get(who) ?? 0) + 1);
    const key = keyOf(row);
    const group = groups.get(key) ?? new Map<number, number>();
    groups.set(key, group.set(who, (group.get(who) ?? 0) + 1));
  }
  let precision = 0;
  let recall = 0;
  let covered = 0;
  let coverable = 0;
  let [hard, mixed, wrong, shared] = [0, 0, 0, 0];
  const pieces = new Map<number, number>();
  for (const group of groups.values()) {
    const counts = [...group.entries()].sort((a, b) => b[1] - a[1]);
    const size = counts.reduce((sum, [, count]) => sum + count, 0);
    for (const [who, count] of counts) {
      const all = people.get(who) ?? 1;
      precision += (count * count) / size;
      recall += (count * count) / all;
      if (all < 2) continue;
      coverable += count;
      if (size > 1) covered += count;
    }
    const [main, second] = counts;
    if (size > 1) shared++;
    if (second) {
      mixed++;
      wrong += size - (main?.[1] ?? 0);
      if (size >= 3 && second[1] >= 2) hard++;
    }
    if (main) pieces.set(main[0], (pieces.get(main[0]) ?? 0) + 1);
  }
  const merges = [...pieces].reduce((sum, [who, count]) => sum + ((people.get(who) ?? 0) >= 3 ? count - 1 : 0), 0);
  const names = [...people.values()].filter((count) => count >= 3).length;
  const [bcubedP, bcubedR] = [precision / person.length, recall / person.length];
  const bcubedF = (2 * bcubedP * bcubedR) / (bcubedP + bcubedR);
  return {
    bcubedP,
    bcubedR,
    bcubedF,
    hard,
    mixed,
    coverage: coverable ? covered / coverable : 1,
    clicks: merges + wrong + names,
    wrong,
    groups: shared,
  };
}

/** Adjusted Rand index of two labellings (Hubert & Arabie 1985); faces in no group count as groups of one. */
export function adjustedRand(one: ArrayLike<number>, two: ArrayLike<number>): number {
  const pairs = (count: number): number => (count * (count - 1)) / 2;
  const cells = new Map<string, number>();
  const [ones, twos] = [new Map<string, number>(), new Map<string, number>()];
  const add = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);
  for (let row = 0; row < one.length; row++) {
    const a = (one[row] ?? 0) > 0 ? `${one[row]}` : `alone ${row}`;
    const b = (two[row] ?? 0) > 0 ? `${two[row]}` : `alone ${row}`;
    add(ones, a);
    add(twos, b);
    add(cells, `${a}|${b}`);
  }
  const sum = (map: Map<string, number>): number => [...map.values()].reduce((total, count) => total + pairs(count), 0);
  const [both, first, second] = [sum(cells), sum(ones), sum(twos)];
  const expected = (first * second) / pairs(one.length);
  const most = (first + second) / 2;
  return most === expected ? 1 : (both - expected) / (most - expected);
}
