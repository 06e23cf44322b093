import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { settings } from "../settings.ts";
import type { PersonState } from "../types.ts";
import { datesFor } from "./dates-for.ts";
import { fromHalf } from "./half-floats.ts";
import { constraints } from "./keep-grouping.ts";
import type { Constraints } from "./shapes.ts";
import { changeNumber, makeStore, type Store } from "./store.ts";

/** Faces as grouping needs them, without their vectors; one entry a face, by face id. */
export interface FaceFacts {
  readonly faceIds: Int32Array;
  readonly photoIds: Int32Array;
  /** Raw embedding lengths: a face whose length is as it was has the vector that it had. */
  readonly norms: Float32Array;
  /** Face widths in pixels of the full photo. */
  readonly pixels: Float32Array;
  readonly scores: Float32Array;
  /** Days since 1970, NaN not known. */
  readonly takenAt: Float64Array;
}
/** What the last grouping wrote down of a face: person, similarity, false-accept rate, rule, number of the band. */
export type KeptProposal = readonly [personId: number, similarity: number, far: number, rule: string, band: number];
/** The same of a group: whether it is mixed, and who it may be as JSON. */
export type KeptGroup = readonly [mixed: number, likely: string | null];
/** Everything people said and the last grouping proposed, as one consistent picture. */
export interface GroupFacts {
  readonly constraints: Constraints;
  /** Person to day of birth. */
  readonly birthdays: ReadonlyMap<number, number>;
  readonly proposals: ReadonlyMap<number, KeptProposal>;
  readonly groups: ReadonlyMap<number, KeptGroup>;
}
/** Who stands where now, by face id. */
export interface Members {
  readonly faceIds: Int32Array;
  readonly personIds: Int32Array;
  /** 1: somebody said so. */
  readonly confirmed: Uint8Array;
  /** False-accept rate of a proposal. */
  readonly far: Float64Array;
}

/** A second look at an open library, for another thread. Reads while the first connection writes; writes only neighbours. */
export interface GroupReader {
  /** Grows with every change of the library. */
  change(): number;
  faces(pack: string): FaceFacts;
  /** Length of most of the pack's vectors, 0 where there are none. */
  dimensions(pack: string): number;
  /** Writes the vectors of `faceIds` (ascending) into `into`, the i-th at `rows[i] * dimensions`; one of another length is left out. */
  vectors(pack: string, faceIds: Int32Array, dimensions: number, into: Float32Array, rows: Int32Array): void;
  facts(): GroupFacts;
  members(): Members;
  /** The same in pieces, for a thread that must answer others between two; as of the moment when each is read. */
  memberPieces(): Generator<Members>;
  /** Faces of one person now, and which of them somebody confirmed; read by itself, so that a name just given counts. */
  membersOf(personId: number): { readonly all: readonly number[]; readonly confirmed: readonly number[] };
  /** Of these faces those that nobody has said are somebody, or are not this person, and that the machine gives to no other named person. */
  openFor(personId: number, faceIds: readonly number[]): ReadonlySet<number>;
  /** Conflicts and questions that somebody left as they are. */
  skipped(): ReadonlySet<string>;
  people(): readonly { readonly id: number; readonly name: string | null; readonly state: PersonState; readonly birthday: number }[];
  neverMerge(): readonly (readonly [number, number])[];
  /** Kept neighbours in pieces, by number. */
  blocks(pack: string): ReadonlyMap<number, Uint8Array>;
  /** Writes one piece, or drops it. */
  keepBlock(pack: string, block: number, data: Uint8Array | null): void;
  close(): void;
}

/** Opens the second look. The library must be open already: that holds the lock and has brought both files up to date. */
export function openGroupReader(libraryDir: string): GroupReader {
  const file = join(libraryDir, "derived.db");
  const db = new Sqlite(join(libraryDir, "catalog.db"), { readonly: true, timeout: settings.keep.busy });
  db.prepare("ATTACH ? AS derived").run(file);
  const own = new Sqlite(file, { timeout: settings.keep.busy });
  own.pragma("synchronous = NORMAL");
  const folders = { libraryDir, picturesDir: "", backupsDir: "" };
  const store = makeStore({ db, ...folders, derivedIsNew: false, now: () => new Date(), release: () => db.close() });
  const keep = own.prepare("INSERT OR REPLACE INTO neighbour_blocks VALUES (?, ?, ?)");
  const drop = own.prepare("DELETE FROM neighbour_blocks WHERE pack = ? AND block = ?");
  return {
    change: () => changeNumber(store),
    faces: (pack) => faceFacts(store, pack),
    dimensions: (pack) =>
      (store
        .sql<[string], { bytes: number }>(
          "SELECT length(vector) AS bytes FROM derived.embeddings WHERE pack = ? GROUP BY bytes ORDER BY count(*) DESC LIMIT 1",
        )
        .get(pack)?.bytes ?? 0) / 2,
    vectors: (pack, faceIds, dimensions, into, rows) => readVectors(store, pack, faceIds, dimensions, into, rows),
    facts: () => db.transaction(() => groupFacts(store))(),
    members: () => membersFrom(members(store)),
    *memberPieces() {
      for (let after = -1; ;) {
        const rows = members(store, after, piece);
        if (rows.length > 0) yield membersFrom(rows);
        if (rows.length < piece) return;
        after = rows.at(-1)?.[0] ?? after;
      }
    },
    membersOf: (personId) => membersOf(store, personId),
    openFor: (personId, faceIds) => openFor(store, personId, faceIds),
    skipped: () =>
      new Set(
        store
          .sql<[], { id: string }>("SELECT id FROM main.skipped")
          .all()
          .map((row) => row.id),
      ),
    people: () => people(store),
    neverMerge: () =>
      store
        .sql<[], { a: number; b: number }>("SELECT a, b FROM main.never_merge")
        .all()
        .map(({ a, b }) => [a, b] as const),
    blocks: (pack) =>
      new Map(
        store
          .sql<[string], { block: number; data: Uint8Array }>("SELECT block, data FROM derived.neighbour_blocks WHERE pack = ?")
          .all(pack)
          .map((row) => [row.block, row.data]),
      ),
    keepBlock(pack, block, data) {
      if (data === null) drop.run(pack, block);
      else keep.run(pack, block, data);
    },
    close() {
      own.close();
      store.release();
    },
  };
}

/** Order of the columns below. */
type FaceRow = [faceId: number, photoId: number, norm: number, pixels: number, score: number];

function faceFacts(store: Store, pack: string): FaceFacts {
  const versions = store
    .sql<[string], { least: number | null; most: number | null }>(
      "SELECT min(embedder_version) AS least, max(embedder_version) AS most FROM derived.seen WHERE embedder = ?",
    )
    .get(pack);
  // While photos are being read anew with a newer model, its vectors are compared with each other alone; the rest stand as they stood.
  const mixed = versions !== undefined && versions.least !== versions.most;
  const current = mixed
    ? `AND NOT EXISTS (SELECT 1 FROM derived.seen s WHERE s.photo_id = f.photo_id AND s.embedder = e.pack AND s.embedder_version < ${Number(versions.most)})`
    : "";
  // The vectors' own order, whatever the planner thinks: the result is by face id without sorting.
  const rows = store
    .sql<[string], FaceRow>(
      `SELECT e.face_id, f.photo_id, e.norm, f.pixels, f.score FROM derived.embeddings e
       CROSS JOIN main.faces f ON f.id = e.face_id CROSS JOIN main.photos p ON p.id = f.photo_id
       WHERE e.pack = ? AND f.gone = 0 AND p.visible = 1 AND NOT EXISTS (SELECT 1 FROM main.not_faces n WHERE n.face_id = f.id)
       ${current} ORDER BY e.face_id`,
    )
    .raw()
    .all(pack);
  const photoIds = Int32Array.from(rows, (row) => row[1]);
  return {
    faceIds: Int32Array.from(rows, (row) => row[0]),
    photoIds,
    norms: Float32Array.from(rows, (row) => row[2]),
    pixels: Float32Array.from(rows, (row) => row[3]),
    scores: Float32Array.from(rows, (row) => row[4]),
    takenAt: datesFor(store, { photoIds }).takenAt,
  };
}

/** Few are fetched one by one; many by one pass over all. */
function readVectors(store: Store, pack: string, faceIds: Int32Array, d: number, into: Float32Array, rows: Int32Array): void {
  const first = faceIds[0];
  const last = faceIds.at(-1);
  if (first === undefined || last === undefined) return;
  const put = (vector: Uint8Array, at: number): void => {
    if (vector.byteLength === 2 * d) fromHalf(vector, into, (rows[at] as number) * d);
  };
  if (faceIds.length * 8 < last - first) {
    const one = store.sql<[string, number], { vector: Uint8Array }>("SELECT vector FROM derived.embeddings WHERE pack = ? AND face_id = ?");
    faceIds.forEach((faceId, at) => {
      const row = one.get(pack, faceId);
      if (row) put(row.vector, at);
    });
    return;
  }
  const all = store.sql<[string, number, number], { face_id: number; vector: Uint8Array }>(
    "SELECT face_id, vector FROM derived.embeddings WHERE pack = ? AND face_id BETWEEN ? AND ? ORDER BY face_id",
  );
  let at = 0;
  for (const row of all.iterate(pack, first, last)) {
    while (at < faceIds.length && (faceIds[at] as number) < row.face_id) at++;
    if (faceIds[at] === row.face_id) put(row.vector, at);
  }
}

function groupFacts(store: Store): GroupFacts {
  type ProposalRow = [faceId: number, ...KeptProposal];
  const proposals = store
    .sql<[], ProposalRow>("SELECT face_id, person_id, similarity, far, rule, band FROM derived.proposals ORDER BY face_id")
    .raw()
    .all()
    .map(([faceId, ...rest]) => [faceId, rest] as const);
  const groups = store
    .sql<[], [number, number, string | null]>("SELECT person_id, mixed, likely FROM derived.groups ORDER BY person_id")
    .raw()
    .all()
    .map(([personId, ...rest]) => [personId, rest] as const);
  return {
    constraints: constraints(store),
    birthdays: datesFor(store, { photoIds: new Int32Array(0) }).birthdays,
    proposals: new Map(proposals),
    groups: new Map(groups),
  };
}

function people(store: Store): ReturnType<GroupReader["people"]> {
  const { birthdays } = datesFor(store, { photoIds: new Int32Array(0) });
  return store
    .sql<[], { id: number; name: string | null; state: PersonState }>(
      "SELECT id, name, state FROM main.people WHERE merged_into IS NULL ORDER BY id",
    )
    .all()
    .map((one) => ({ ...one, birthday: birthdays.get(one.id) ?? NaN }));
}

/** Rows of one piece of members: some ten milliseconds. */
const piece = 8192;
type MemberRow = [faceId: number, personId: number, confirmed: number, far: number];

function members(store: Store, after = -1, limit = -1): readonly MemberRow[] {
  return store
    .sql<[number, number], MemberRow>(
      "SELECT face_id, person_id, confirmed, far FROM derived.members WHERE face_id > ? ORDER BY face_id LIMIT ?",
    )
    .raw()
    .all(after, limit);
}

function membersFrom(rows: readonly MemberRow[]): Members {
  return {
    faceIds: Int32Array.from(rows, (row) => row[0]),
    personIds: Int32Array.from(rows, (row) => row[1]),
    confirmed: Uint8Array.from(rows, (row) => row[2]),
    far: Float64Array.from(rows, (row) => row[3]),
  };
}

function membersOf(store: Store, personId: number): ReturnType<GroupReader["membersOf"]> {
  const rows = store
    .sql<[number], { face_id: number; confirmed: number }>("SELECT face_id, confirmed FROM derived.members WHERE person_id = ?")
    .all(personId);
  return { all: rows.map((row) => row.face_id), confirmed: rows.filter((row) => row.confirmed === 1).map((row) => row.face_id) };
}

function openFor(store: Store, personId: number, faceIds: readonly number[]): ReadonlySet<number> {
  const rows = store
    .sql<[string, number], { id: number }>(
      `SELECT j.value AS id FROM json_each(?) j LEFT JOIN derived.members m ON m.face_id = j.value
       LEFT JOIN main.people o ON o.id = m.person_id
       WHERE (m.face_id IS NULL OR (m.confirmed = 0 AND (o.id IS NULL OR o.state = 'unnamed')))
         AND NOT EXISTS (SELECT 1 FROM main.rejected r WHERE r.face_id = j.value AND r.person_id = ?)
         AND NOT EXISTS (SELECT 1 FROM main.not_faces n WHERE n.face_id = j.value)`,
    )
    .all(JSON.stringify(faceIds), personId);
  return new Set(rows.map((row) => row.id));
}
