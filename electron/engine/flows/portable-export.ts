import { randomUUID } from "node:crypto";
import {
  portableFormat,
  portableVersion,
  type PortableAlbum,
  type PortableDocument,
  type PortableFace,
  type PortablePhoto,
} from "../../contract/portable.ts";
import type { SearchQuery } from "../../contract/views.ts";
import type { Keep } from "../3-keep/keep.ts";
import type { UnitBox } from "../types.ts";
import { version } from "../version.ts";

/** Decimals of a box: a hundredth of a pixel in a photo of ten thousand. */
const precision = 1e6;

/** Everything people said, as the portable document. The same decisions give the same document, whichever library they stand in. */
export function exportDecisions(keep: Keep, now = new Date()): PortableDocument {
  const rows = keep.reads.portable();
  const refOf = refsOf(keep);
  const asked = new Set<number>();
  const ref = (personId: number): string => {
    asked.add(personId);
    return refOf(personId);
  };
  const refs = (ids: readonly number[]): string[] => ids.map(ref).sort();
  const photos = new Map<string, PortablePhoto>();
  const turned = new Map(rows.turned.map((row) => [row.hash, row.quarter]));
  const photoOf = ({ hash, path }: { readonly hash: string; readonly path: string }): PortablePhoto => {
    const turn = turned.get(hash) ?? 0;
    const photo = photos.get(hash) ?? { hash, file: path.split(/[\\/]/u).at(-1) ?? "", ...(turn === 0 ? {} : { turn }), faces: [] };
    photos.set(hash, photo);
    return photo;
  };
  for (const row of rows.turned) photoOf(row);
  for (const row of rows.faces) {
    const photo = photoOf(row);
    photo.faces.push({
      box: rounded(row.box),
      source: row.source,
      ...(row.was === null ? {} : { was: rounded(row.was) }),
      ...(row.is === null ? {} : { is: ref(row.is) }),
      ...(row.isNot.length === 0 ? {} : { isNot: refs(row.isNot) }),
      ...(row.notAFace ? { notAFace: true as const } : {}),
      ...(row.key ? { key: true as const } : {}),
    });
  }
  for (const { faces } of photos.values()) faces.sort(byPlace);
  const apart = rows.neverMerge.map(([a, b]): [string, string] => {
    const [first = "", second = ""] = refs([a, b]);
    return [first, second];
  });
  const albums = rows.albums.map(({ name, query }) => ({ name, query: queryOf(keep, JSON.parse(query) as SearchQuery, ref) }));
  const people = rows.people
    .filter(({ id, name, state, birthday }) => name !== null || state !== "unnamed" || birthday !== null || asked.has(id))
    .map(({ id, name, state, birthday }) => ({ id: refOf(id), name, state, ...(birthday === null ? {} : { birthday }) }));
  return {
    format: portableFormat,
    version: portableVersion,
    exported: now.toISOString(),
    from: `Familiar ${version}`,
    people: people.sort((a, b) => byText(a.name ?? "\uffff", b.name ?? "\uffff") || byText(a.id, b.id)),
    apart: apart.sort((a, b) => byText(a.join(" "), b.join(" "))),
    photos: [...photos.values()].sort((a, b) => byText(a.hash, b.hash)),
    albums: albums.sort((a, b) => byText(a.name, b.name) || byText(JSON.stringify(a.query), JSON.stringify(b.query))),
  };
}

function rounded(box: UnitBox): [number, number, number, number] {
  const [x = 0, y = 0, w = 0, h = 0] = box.map((value) => Math.round(value * precision) / precision);
  return [x, y, w, h];
}

/** What names a library in the ids of the people it made; drawn by lot when first needed. */
export function libraryId(keep: Keep): string {
  const known = keep.getSetting<string | null>("libraryId", null);
  if (known !== null) return known;
  const id = randomUUID();
  keep.setSetting("libraryId", id);
  return id;
}

/**
 * Whoever came with a file keeps that file's id, so that it says the same of them wherever it goes on to. Where that is an id that this
 * library gave and gave again, after it was put back from its past, whoever has it now is told apart: no two people have one id.
 */
function refsOf(keep: Keep): (personId: number) => string {
  const own = libraryId(keep);
  const holders = cameWith(keep);
  const came = new Map<number, string>();
  for (const [ref, personId] of holders) if (!came.has(personId)) came.set(personId, ref);
  return (personId) => {
    let id = came.get(personId) ?? `${own}-${personId}`;
    while (holders.has(id) && holders.get(id) !== personId) id += "-here";
    return id;
  };
}

/** Who came with a file that stands, by their id in it; where several say so, as the last one says. */
export function cameWith(keep: Keep): ReadonlyMap<string, number> {
  const came = new Map<string, number>();
  for (const { people } of keep.reads.imports()) for (const [ref, personId] of people) if (personId !== null) came.set(ref, personId);
  return came;
}

function queryOf(keep: Keep, query: SearchQuery, ref: (personId: number) => string): PortableAlbum["query"] {
  return withPeople(query, (personId) => ref(keep.reads.rootPerson(personId)));
}

/** A search with its people told otherwise. */
export function withPeople<T>(
  query: SearchQuery,
  told: (personId: number) => T,
): Omit<SearchQuery, PeopleList | "aged"> & { [L in PeopleList]?: T[] } & { aged?: { person: T; from: number; to: number }[] } {
  const { all, any, none, only, aged, ...rest } = query;
  const lists = Object.entries({ all, any, none, only }).flatMap(([list, ids]) =>
    ids === undefined ? [] : [[list, ids.map(told)] as const],
  );
  const ages = aged?.map((one) => ({ ...one, person: told(one.person) }));
  return { ...Object.fromEntries(lists), ...rest, ...(ages === undefined ? {} : { aged: ages }) };
}
type PeopleList = "all" | "any" | "none" | "only";

/** By where they are in the file as it lies on the disk: how a photo was turned here changes nothing. */
function byPlace(a: PortableFace, b: PortableFace): number {
  const apart = a.box.findIndex((value, i) => value !== b.box[i]);
  return apart === -1 ? byText(a.source, b.source) : (a.box[apart] ?? 0) - (b.box[apart] ?? 0);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
