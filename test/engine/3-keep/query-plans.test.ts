import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DecisionKind, DecisionPayload } from "../../../electron/contract/args.ts";
import type { SearchQuery } from "../../../electron/contract/views.ts";
import { decide } from "../../../electron/engine/5-decide/decide.ts";
import { applyDecision } from "../../../electron/engine/3-keep/apply-decision.ts";
import { openFacts } from "../../../electron/engine/3-keep/facts.ts";
import { closeStore, openStore } from "../../../electron/engine/3-keep/open-store.ts";
import { listFolders } from "../../../electron/engine/3-keep/folders.ts";
import { joinedGroups } from "../../../electron/engine/3-keep/keep-changes.ts";
import { faceSpot, pictureFile } from "../../../electron/engine/3-keep/pictures.ts";
import { openReads, type Reads } from "../../../electron/engine/3-keep/reads/reads.ts";
import { setSetting } from "../../../electron/engine/3-keep/settings-table.ts";
import type { Store } from "../../../electron/engine/3-keep/store.ts";
import { redo, undo } from "../../../electron/engine/3-keep/undo.ts";
import { bigLibrary } from "../../helpers/big-library.ts";

/**
 * Statements that go through a whole large table, each with its reason. Everything else that a screen asks must be answered from an
 * index, or it grows slow with the library. One that no statement needs any more is to be taken out.
 */
const allowed: readonly (readonly [string, RegExp])[] = [
  [
    "totals are counted once a change and remembered, over the narrowest index",
    /^SELECT (?:count|coalesce\(sum)\S* .*INDEXED BY photos_by_month/u,
  ],
  ["only files that could not be read stand in their index", /FROM (?:main\.)?files\s+WHERE problem IS NOT NULL/u],
  ["all files are counted once a change and remembered", /count\(\*\) AS n FROM files WHERE state/u],
  ["months with their people are summed up once a change and remembered", /FROM derived\.cards c CROSS JOIN \(/u],
  ["a person or group has one card: five thousand are gone through in a few milliseconds", /^SELECT .*FROM derived\.cards\b/su],
  ["photos without somebody are nearly all photos", /p\.id NOT IN \(/u],
  ["folders and places to suggest are gathered once a change and remembered", /SELECT (?:path|latitude, longitude) FROM main\.photos/u],
  ["pairs that are never to be merged were named one by one", /FROM main\.never_merge n CROSS JOIN/u],
  ["every card counts anew when somebody moves what is to be checked", /INTO derived\.stale SELECT person_id FROM derived\.cards/u],
];
/** Tables that stay small in any library: folders, albums, questions of one run, and what is kept for a while. */
const small = new Set(["folders", "albums", "settings", "meta", "stale", "questions", "joined", "json_each", "sqlite_master"]);

let dir = "";
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "familiar-plans-"));
  bigLibrary(dir);
}, 120_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test("every question of a screen is answered from an index, at a hundred thousand photos", () => {
  const store = openStore({ libraryDir: dir });
  try {
    const texts = [...new Set([...askEverything(store, 3, 6), ...sayEverything(store, 900, 909)])];
    expect(texts.length).toBeGreaterThan(120);
    const used = new Set<string>();
    const slow = (): readonly string[] =>
      texts.flatMap((text) => {
        const scans = scansOf(store, text);
        if (scans.length === 0) return [];
        const reason = allowed.find(([, pattern]) => pattern.test(text));
        if (reason === undefined) return [`${scans.join("; ")} in ${text.replace(/\s+/gu, " ")}`];
        used.add(reason[0]);
        return [];
      });
    expect(store.sql("SELECT 1 FROM main.sqlite_stat1 WHERE idx = 'photos_by_date'").get(), "what closing found out").toBeDefined();
    expect(slow(), "as SQLite knows it after a first closing").toEqual([]);
    for (const schema of ["main", "derived"])
      store.db.exec(`DELETE FROM ${schema}.sqlite_stat1; DELETE FROM ${schema}.sqlite_stat4; ANALYZE ${schema}.sqlite_schema`);
    expect(slow(), "as it is while a first reading goes on").toEqual([]);
    expect(allowed.map(([why]) => why).filter((why) => !used.has(why))).toEqual([]);
  } finally {
    closeStore(store);
  }
}, 120_000);

/** Steps of a statement's plan that go through a large table, or through all of one of its indexes without stopping at a page. */
function scansOf(store: Store, text: string): readonly string[] {
  if (!/^\s*(?:SELECT|WITH|UPDATE|DELETE|INSERT)/u.test(text)) return [];
  const plan = store.db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${text.replace(/\?|@\w+/gu, "1")}`).all();
  const details = plan.map((row) => row.detail);
  // Walking an index in its order up to the end of a page is no scan.
  const paged = /LIMIT \S+(?: OFFSET \S+)?\s*\)?$/u.test(text.trim()) && !details.some((detail) => detail.includes("TEMP B-TREE"));
  return details.filter((detail) => {
    if (detail.includes("AUTOMATIC")) return true;
    const alias = /^SCAN (?:main\.|derived\.)?(\w+)/u.exec(detail)?.[1];
    if (alias === undefined || alias === "CONSTANT" || detail.includes("VIRTUAL TABLE")) return false;
    if (paged && /USING (?:COVERING )?INDEX/u.test(detail)) return false;
    // What a part of the statement found is as large as what it searched, which is looked at on its own.
    if (new RegExp(`\\) (?:AS )?${alias}\\b`, "u").test(text)) return false;
    const table = new RegExp(`(?:FROM|JOIN) (?:(?:main|derived)\\.)?(\\w+) (?:AS )?${alias}\\b`, "u").exec(text)?.[1] ?? alias;
    return !small.has(table);
  });
}

function watch(store: Store): { readonly watched: Store; readonly texts: Set<string> } {
  const texts = new Set<string>();
  const watched: Store = {
    ...store,
    sql: (text) => {
      texts.add(text);
      return store.sql(text);
    },
    remember: (_key, make) => make(),
  };
  return { watched, texts };
}

/** Says something with every verb, takes it back and does it again, in the middle of everything: nothing of it is kept. */
function sayEverything(store: Store, a: number, b: number): readonly string[] {
  const { watched, texts } = watch(store);
  const faces = openFacts(store).proposedFaces(a).slice(0, 3);
  const payloads: { readonly [K in DecisionKind]: DecisionPayload<K> | null } = {
    name: { personId: 904, name: "Somebody" },
    rename: { personId: a, name: "Other" },
    merge: { into: a, from: [b], force: true },
    split: { personId: a, faceIds: faces.slice(0, 1), name: "New" },
    move: { faceIds: faces, personId: b },
    confirm: { faceIds: faces, personId: a },
    reject: { faceIds: faces, personId: a },
    stranger: { personId: a },
    hide: { personId: a },
    restore: { personId: 918 },
    "not-a-face": { faceIds: faces.slice(0, 1) },
    "key-face": { personId: a, faceId: faces[1] ?? 0 },
    draw: { photoId: 1, box: [0.4, 0.6, 0.1, 0.1], personId: a },
    adjust: { faceId: faces[0] ?? 0, box: [0.1, 0.1, 0.2, 0.2] },
    turn: { photoId: 1, quarter: 1 },
    "never-merge": { a, b },
    birthday: { personId: a, date: "1970-01-01" },
    "save-album": { name: "One", query: { all: [a] } },
    "remove-album": { albumId: 1 },
  };
  const all = Object.entries(payloads) as [DecisionKind, DecisionPayload<DecisionKind>][];
  for (const [kind, payload] of all) {
    store.db.exec("BEGIN");
    const applied = applyDecision(watched, { kind, payload, ...decide(openFacts(watched), kind, payload) });
    openReads(watched).people({ show: "named", sort: "faces", offset: 0, limit: 9 });
    openReads(watched).history({ offset: 0, limit: 9 });
    if (applied.decisionId === 0) throw new Error(`${kind} said nothing`);
    undo(watched, applied.decisionId);
    redo(watched);
    store.db.exec("ROLLBACK");
  }
  setSetting(watched, "preferences", { checkAbove: 1e-4 });
  return [...texts];
}

/** Asks everything that a screen can ask; a new question that is forgotten here does not compile. */
function askEverything(store: Store, a: number, b: number): readonly string[] {
  const { watched, texts } = watch(store);
  const reads = openReads(watched);
  const page = { offset: 0, limit: 50 };
  const queries: readonly SearchQuery[] = [
    {},
    { all: [a, b] },
    { any: [a, b], none: [b] },
    { only: [a] },
    { all: [a], from: "2010", to: "2012", faces: 3, folder: "/pictures" },
    { from: "2010", folder: "/pictures/3" },
    { faces: 3 },
    { facesAtLeast: 2 },
    { near: { latitude: 41, longitude: 30, km: 10 } },
    { none: [b] },
  ];
  const asks: { readonly [K in keyof Reads]: () => unknown } = {
    counts: () => reads.counts(),
    people: () =>
      (["faces", "name", "recent"] as const).map((sort) =>
        (["named", "unnamed", "stranger", "hidden", "all"] as const).map((show) => reads.people({ show, sort, ...page })),
      ),
    undoSaid: () => reads.undoSaid(),
    redoSaid: () => reads.redoSaid(),
    card: () => reads.card(a),
    findPeople: () => reads.findPeople("per", 8),
    person: () => reads.person(a),
    personFaces: () =>
      (["date", "sureness", "quality"] as const).map((sort) =>
        (["everything", "confirmed", "proposed", "to-check"] as const).map((show) => [
          reads.personFaces({ personId: a, show, sort, ...page }),
          reads.personFaces({ personId: a, show, sort, with: b, ...page }),
        ]),
      ),
    personPhotos: () => [reads.personPhotos({ personId: a, ...page }), reads.personPhotos({ personId: a, with: b, ...page })],
    growthFaces: () => reads.growthFaces(a),
    members: () => reads.members(a, 10),
    photo: () => reads.photo(1),
    photoAt: () => reads.photoAt("/pictures/1/photo 1.jpg"),
    months: () => reads.months(),
    photos: () => reads.photos(page),
    search: () => queries.map((query) => reads.search({ query, ...page })),
    found: () => queries.map((query) => reads.found({ query, ...page })),
    suggestFolders: () => reads.suggestFolders("pic", 8),
    positions: () => reads.positions().count({ latitude: 41, longitude: 30, km: 10 }),
    albums: () => reads.albums(),
    // Of the whole library: asked by the command line alone.
    faces: () => reads.faces("/pictures/1/photo 1.jpg"),
    facesById: () => reads.facesById([1, 2, 3]),
    why: () => reads.why(1),
    questions: () => [reads.questions(10), reads.questions(10, { personId: a }), reads.questions(10, { unnamed: true })],
    pairs: () => reads.pairs(),
    lookedAt: () => reads.lookedAt(a, b),
    history: () => reads.history(page),
    canUndo: () => reads.canUndo(),
    canRedo: () => reads.canRedo(),
    failures: () => reads.failures(page),
    // Of everything that was said, by design: not asked by a screen but by writing the portable file.
    portable: () => null,
    savedQueries: () => reads.savedQueries(),
    rootPerson: () => reads.rootPerson(a),
    // Asked at the end of a reading, not by a screen.
    imports: () => null,
    importedDocument: () => null,
    photosLate: () => null,
    photoByHash: () => reads.photoByHash("hash 1"),
  };
  for (const ask of Object.values(asks)) ask();
  // What the screens ask past the reads: folders, pictures, what grew together.
  listFolders(watched);
  faceSpot(watched, 1);
  pictureFile(watched, "face", 1, "256");
  joinedGroups(watched, page);
  return [...texts];
}
