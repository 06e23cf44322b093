import type { SuggestView } from "../../../electron/contract/finding-views.ts";
import type { LikelyPerson } from "../../../electron/contract/views.ts";
import { parseDatePhrase } from "./date-phrase.ts";
import { readAge } from "./read-age.ts";
import type { NamedPlace } from "./query.svelte.ts";

/** One thing that the search field offers. */
export type FindEntry =
  | { readonly kind: "person"; readonly key: string; readonly person: LikelyPerson }
  | { readonly kind: "when"; readonly key: string; readonly words: string }
  | { readonly kind: "faces"; readonly key: string; readonly count: number; readonly atLeast: boolean }
  /** `birthday` null: it is not known, so nobody can say when that was. */
  | ({ readonly kind: "aged"; readonly key: string; readonly birthday: string | null; readonly person: LikelyPerson } & Span)
  | { readonly kind: "folder"; readonly key: string; readonly path: string; readonly photos: number }
  | { readonly kind: "place"; readonly key: string; readonly place: NamedPlace; readonly photos: number };

/** Ages in whole years. */
interface Span {
  readonly from: number;
  readonly to: number;
}

const numberWords: Readonly<Record<string, number>> = {
  no: 0,
  keine: 0,
  one: 1,
  ein: 1,
  two: 2,
  zwei: 2,
  three: 3,
  drei: 3,
  four: 4,
  vier: 4,
  five: 5,
  fünf: 5,
  six: 6,
  sechs: 6,
};

/**
 * Reads how many faces are meant: "3 faces", "two people", "nobody", "4+ faces", "at least 2 faces", in English or German. Null where
 * that is not what was written.
 */
export function readFaces(text: string): { readonly count: number; readonly atLeast: boolean } | null {
  const phrase = text.toLowerCase().normalize("NFC").replace(/\s+/gu, " ").trim();
  if (/^(?:nobody|no one|niemand)$/u.test(phrase)) return { count: 0, atLeast: false };
  const found =
    /^(?<least>at least |more than |mindestens |mehr als )?(?<number>\d{1,3}|\p{L}+)(?<plus> ?\+)? ?(?:faces?|people|persons?|gesichter?|personen|leute)(?<more> (?:or more|oder mehr))?$/u.exec(
      phrase,
    )?.groups;
  if (found === undefined) return null;
  const written = found["number"] ?? "";
  const count = /^\d/u.test(written) ? Number(written) : numberWords[written];
  if (count === undefined) return null;
  const beyond = /more|mehr als/u.test(found["least"] ?? "") ? 1 : 0;
  return { count: count + beyond, atLeast: found["least"] !== undefined || found["plus"] !== undefined || found["more"] !== undefined };
}

interface Known {
  readonly people: readonly LikelyPerson[];
  readonly suggested: SuggestView;
  /** Chosen already: not offered again. */
  readonly taken: ReadonlySet<number>;
  /** People whose name stands in a phrase about an age, with their birthday. */
  readonly aged?: readonly { readonly person: LikelyPerson; readonly birthday: string | null }[];
  /** `YYYY-MM-DD` in local time. */
  readonly today: string;
}

/** What fits the written words, the likeliest first: people, then what can be read as a time or a number of faces, then folders and places. */
export function findEntries(text: string, { people, suggested, taken, today, aged = [] }: Known): readonly FindEntry[] {
  const written = text.trim();
  const named = people
    .filter((person) => person.name !== null && !taken.has(person.personId))
    .slice(0, written === "" ? 8 : 6)
    .map((person): FindEntry => ({ kind: "person", key: `p${person.personId}`, person }));
  if (written === "") return named;
  const faces = readFaces(written);
  const read: FindEntry[] = [];
  if (parseDatePhrase(written, today) !== null) read.push({ kind: "when", key: "when", words: written });
  const age = readAge(written);
  if (age !== null) {
    const { from, to } = age;
    return aged.map((one): FindEntry => ({ kind: "aged", key: `a${one.person.personId}`, ...one, from, to }));
  }
  if (faces !== null) read.push({ kind: "faces", key: "faces", ...faces });
  const folders = suggested.folders.map((folder): FindEntry => ({ kind: "folder", key: `f${folder.path}`, ...folder }));
  const places = suggested.places.map(({ photos, ...place }, at): FindEntry => ({ kind: "place", key: `w${at}`, place, photos }));
  return [...named, ...read, ...folders.slice(0, 4), ...places.slice(0, 3)];
}
