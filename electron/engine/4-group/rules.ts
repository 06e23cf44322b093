import type { Clusters } from "./clusters.ts";
import { settings } from "../settings.ts";

/** What a person said and what photos say, in row numbers: the bounds that linking keeps. */
export interface LinkRules {
  /** Confirmed person of each row, 0 none. */
  readonly person: Int32Array;
  /** Day each row's photo was taken, NaN unknown. */
  readonly takenAt: Float64Array;
  /** For rows whose photo holds several, the others of it (`companionsOf`). */
  readonly companions: ReadonlyMap<number, readonly number[]>;
  /** Owner (person or group id) each row starts with, 0 none. */
  readonly owner: Int32Array;
  /** Group of the last run that each row still counts to, whether or not it starts there: what was said of a group is said of its faces. */
  readonly former: Int32Array;
  /** Owners that somebody acted on: no two of them ever become one by themselves. */
  readonly acted: ReadonlySet<number>;
  /** Owners with a name: whether two of them are one is no question of the machine's. */
  readonly named: ReadonlySet<number>;
  /** Row that was said not to be this owner. */
  readonly rejected: readonly (readonly [row: number, owner: number])[];
  readonly neverMerge: readonly (readonly [number, number])[];
  /** Owner -> day of birth. */
  readonly birthdays: ReadonlyMap<number, number>;
}

/** `free`: merge; `never`: do not; `evict`: merge after these rows were taken out. */
export type Verdict = { readonly kind: "free" } | { readonly kind: "never" } | { readonly kind: "evict"; readonly rows: readonly number[] };
const free: Verdict = { kind: "free" };
const nothing: readonly number[] = [];
const never: Verdict = { kind: "never" };

/**
 * Answers whether two clusters may become one. Hard: two people that somebody confirmed, never-merge pairs, rejected faces, photos
 * from before a birthday. Soft: two faces in one photo. Where only few unconfirmed rows stand in the way they are evicted, since
 * one wrong face must not keep two halves of a person apart.
 */
export class Guard {
  readonly #clusters: Clusters;
  readonly #rules: LinkRules;
  readonly #person: Int32Array;
  readonly #earliest: Float64Array;
  readonly #birthday: Float64Array;
  /** Each forbidden pair is a number n: one side carries +n, the other -n. */
  readonly #tokens = new Map<number, Set<number>>();
  /** What a row keeps when it is evicted: its rejections, and the never-merge pairs of the group it counts to. */
  readonly #rowTokens = new Map<number, readonly number[]>();
  /** What an owner's rows carry while they are together: the rejections of others. */
  readonly #ownerTokens = new Map<number, number[]>();
  readonly #tokenRow = new Map<number, number>();
  readonly #evicted: Uint8Array;

  constructor(clusters: Clusters, rules: LinkRules) {
    const n = rules.person.length;
    this.#clusters = clusters;
    this.#rules = rules;
    this.#evicted = new Uint8Array(n);
    this.#person = new Int32Array(n);
    this.#earliest = new Float64Array(n);
    this.#birthday = new Float64Array(n);
    const ownTokens = new Map<number, number[]>();
    for (const [number, [row, owner]] of rules.rejected.entries()) {
      push(ownTokens, row, number + 1);
      this.#tokenRow.set(number + 1, row);
      push(this.#ownerTokens, owner, -(number + 1));
    }
    const apart = new Map<number, number[]>();
    for (const [number, [a, b]] of rules.neverMerge.entries()) {
      if (a === b) continue;
      push(apart, a, rules.rejected.length + number + 1);
      push(apart, b, -(rules.rejected.length + number + 1));
    }
    for (let row = 0; row < n; row++) {
      const theirs = apart.get((rules.owner[row] as number) || (rules.former[row] as number));
      const own = ownTokens.get(row);
      if (own || theirs) this.#rowTokens.set(row, own && theirs ? [...own, ...theirs] : (own ?? theirs ?? []));
    }
    const spoken = new Set<number>();
    for (let row = 0; row < n; row++) {
      // An owner's rows start together: one of them carries what all have in common.
      this.#sumUp(row, spoken);
    }
  }

  /** Person of a cluster that somebody acted on, 0 none. */
  personOf(cluster: number): number {
    return this.#person[cluster] as number;
  }

  /** Whether a and b may be one. */
  verdict(a: number, b: number): Verdict {
    const [pa, pb] = [this.#person[a] as number, this.#person[b] as number];
    return pa !== 0 && pb !== 0 && pa !== pb ? never : this.#otherwise(a, b);
  }

  /** Whether a person may be asked: two that somebody acted on are never joined without a word, but may well be one. */
  mayAsk(a: number, b: number): boolean {
    const [pa, pb] = [this.#person[a] as number, this.#person[b] as number];
    const bothNamed = pa !== pb && this.#rules.named.has(pa) && this.#rules.named.has(pb);
    return !bothNamed && this.#otherwise(a, b).kind !== "never";
  }

  #otherwise(a: number, b: number): Verdict {
    const out = new Set<number>();
    if (!this.#tokensAgree(a, b, out) || !this.#datesAgree(a, b, out)) return never;
    const smaller = Math.min(this.#clusters.count[a] as number, this.#clusters.count[b] as number);
    if (out.size && !this.#fewEnough(a, b, out)) return never;
    if (!this.#photosAgree(a, b, smaller, out)) return never;
    if (out.size === 0) return free;
    if (!this.#fewEnough(a, b, out)) return never;
    return { kind: "evict", rows: [...out].sort((x, y) => x - y) };
  }

  /** To be called after `clusters.merge`: what the living cluster carries. */
  merged(into: number, from: number): void {
    this.#person[into] = (this.#person[into] as number) || (this.#person[from] as number);
    this.#person[from] = 0;
    this.#earliest[into] = Math.min(this.#earliest[into] as number, this.#earliest[from] as number);
    this.#birthday[into] = Math.max(this.#birthday[into] as number, this.#birthday[from] as number);
    const carried = this.#tokens.get(from);
    const own = this.#tokens.get(into);
    this.#tokens.delete(from);
    if (!carried) return;
    if (!own) this.#tokens.set(into, carried);
    else for (const token of carried) own.add(token);
  }

  /** Takes a row out of its cluster with everything that is its own. */
  evict(row: number): void {
    const from = this.#clusters.label[row] as number;
    const own = this.#clusters.evict(row);
    if (own === from) return;
    this.#evicted[row] = 1;
    this.#sumUp(own);
    this.#sumUp(from);
  }

  /** What a cluster carries, from its rows. An evicted row speaks for its former owner no more. */
  #sumUp(cluster: number, spoken: Set<number> = new Set()): void {
    const { owner, takenAt, acted, birthdays, person } = this.#rules;
    let tokens: Set<number> | null = null;
    let who = 0;
    let [earliest, birthday] = [Infinity, -Infinity];
    for (const row of this.#clusters.members(cluster)) {
      const day = takenAt[row] as number;
      if (day < earliest) earliest = day;
      for (const token of this.#rowTokens.get(row) ?? nothing) (tokens ??= new Set()).add(token);
      const its = owner[row] as number;
      if (its === 0 || this.#evicted[row] === 1) continue;
      who ||= (person[row] as number) || (acted.has(its) ? its : 0);
      birthday = Math.max(birthday, birthdays.get(its) ?? -Infinity);
      if (spoken.has(its)) continue;
      spoken.add(its);
      for (const token of this.#ownerTokens.get(its) ?? nothing) (tokens ??= new Set()).add(token);
    }
    this.#person[cluster] = who;
    this.#earliest[cluster] = earliest;
    this.#birthday[cluster] = birthday;
    if (tokens) this.#tokens.set(cluster, tokens);
    else this.#tokens.delete(cluster);
  }

  #tokensAgree(a: number, b: number, out: Set<number>): boolean {
    let [few, many] = [this.#tokens.get(a), this.#tokens.get(b)];
    if (!few || !many) return true;
    if (few.size > many.size) [few, many] = [many, few];
    for (const token of few) {
      if (!many.has(-token)) continue;
      const row = this.#tokenRow.get(Math.abs(token));
      if (row === undefined || this.#rules.person[row] !== 0) return false;
      out.add(row);
    }
    return true;
  }

  #datesAgree(a: number, b: number, out: Set<number>): boolean {
    for (const [young, born] of [
      [a, this.#birthday[b] as number],
      [b, this.#birthday[a] as number],
    ] as const) {
      if ((this.#earliest[young] as number) >= born) continue;
      for (const row of this.#clusters.members(young)) {
        if (!((this.#rules.takenAt[row] as number) < born)) continue;
        if (this.#rules.person[row] !== 0) return false;
        out.add(row);
      }
    }
    return true;
  }

  /** Looks at each row of the smaller side and the others of its photo. */
  #photosAgree(a: number, b: number, smaller: number, out: Set<number>): boolean {
    const [few, many] = (this.#clusters.count[a] as number) <= (this.#clusters.count[b] as number) ? [a, b] : [b, a];
    const most = Math.max(1, Math.floor(smaller * settings.group.evictShare));
    let clashes = 0;
    for (const row of this.#clusters.members(few)) {
      for (const other of this.#rules.companions.get(row) ?? []) {
        if (this.#clusters.label[other] !== many || out.has(row) || out.has(other)) continue;
        clashes++;
        if (clashes > most) return false;
        const weaker = this.#weaker(row, few, other, many);
        if (weaker < 0) return false;
        out.add(weaker);
      }
    }
    return true;
  }

  /** Of two faces in one photo the one less like the two clusters together; -1 where neither may go. */
  #weaker(row: number, its: number, other: number, others: number): number {
    const kept = (candidate: number): boolean => this.#rules.person[candidate] !== 0 || this.#evicted[candidate] === 1;
    const [a, b] = [this.#likeness(row, its, others), this.#likeness(other, others, its)];
    const weaker = a < b || (a === b && row > other) ? row : other;
    if (!kept(weaker)) return weaker;
    const stronger = weaker === row ? other : row;
    // A word of the person's decides against the more alike face; an evicted face never displaces another.
    return this.#rules.person[weaker] !== 0 && !kept(stronger) ? stronger : -1;
  }

  #likeness(row: number, its: number, other: number): number {
    const own = this.#clusters.averageOf(row, its);
    const far = this.#clusters.averageOf(row, other);
    const m = (this.#clusters.weight[its] as number) - 1;
    const n = this.#clusters.weight[other] as number;
    return (Math.max(0, m) * Math.max(own, -1) + n * far) / Math.max(1, m + n);
  }

  /** Evicting must leave something on both sides, and take only a small share of each. */
  #fewEnough(a: number, b: number, out: ReadonlySet<number>): boolean {
    const gone = new Map<number, number>();
    for (const row of out) {
      const cluster = this.#clusters.label[row] as number;
      gone.set(cluster, (gone.get(cluster) ?? 0) + 1);
    }
    return [a, b].every((cluster) => {
      const lost = gone.get(cluster) ?? 0;
      const held = this.#clusters.count[cluster] as number;
      return lost === 0 || (lost < held && lost <= Math.max(1, held * settings.group.evictShare));
    });
  }
}

function push<K>(map: Map<K, number[]>, key: K, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** For every row in a photo with several rows, the others. */
export function companionsOf(photo: Int32Array): Map<number, readonly number[]> {
  // Most photos have one face: those are found by sorting alone.
  const order = new Float64Array(photo.length);
  for (let row = 0; row < photo.length; row++) order[row] = (photo[row] as number) * photo.length + row;
  order.sort();
  const out = new Map<number, readonly number[]>();
  for (let from = 0; from < order.length;) {
    const its = Math.floor((order[from] as number) / photo.length);
    let to = from + 1;
    while (to < order.length && Math.floor((order[to] as number) / photo.length) === its) to++;
    if (its !== 0 && to - from > 1) {
      const rows = Array.from(order.subarray(from, to), (key) => key % photo.length);
      for (const row of rows)
        out.set(
          row,
          rows.filter((other) => other !== row),
        );
    }
    from = to;
  }
  return out;
}
