import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { SearchQuery } from "../../../electron/contract/views.ts";
import { decide } from "../../../electron/engine/5-decide/decide.ts";
import { closeStore, openStore } from "../../../electron/engine/3-keep/open-store.ts";
import { listFolders } from "../../../electron/engine/3-keep/folders.ts";
import { joinedGroups } from "../../../electron/engine/3-keep/keep-changes.ts";
import { faceSpot, pictureFile } from "../../../electron/engine/3-keep/pictures.ts";
import { openReads, type Reads } from "../../../electron/engine/3-keep/reads/reads.ts";
import type { Store } from "../../../electron/engine/3-keep/store.ts";
import { largeLibrary } from "../../helpers/synthetic-library.ts";

/**
 * Statements that may go through a whole large table, each with its reason. Everything else that a screen asks must be answered from
 * an index, or it grows slow with the library.
 */
const allowed: readonly (readonly [string, RegExp])[] = [
  ["totals are counted once a change and remembered", /count\(\*\) AS n FROM derived\.(cards|questions)|sum\(face_count\)/u],
  ["decisions in their own order, up to the page; their number", /FROM main\.decisions\s+WHERE standing > 0(?! AND)/u],
  ["all people, over cards alone", /ORDER BY c\.state <> 'named'/u],
  ["names as they are typed: over cards alone, read once a change and remembered", /FROM derived\.cards\s+WHERE state IN/u],
  ["faces of the whole library are asked for by the command line alone", /WHERE p\.visible = 1 AND f\.gone = 0/u],
  ["folders and places to suggest are gathered once a change and remembered", /SELECT path(?:, latitude, longitude)? FROM main\.photos/u],
  ["a search with no person goes through the photos by date", /FROM main\.photos p WHERE p\.visible = 1(?: AND|$)/u],
];
const large = /^SCAN (?:main\.|derived\.)?(\w+)/u;
const small = new Set(["folders", "albums", "stale", "skipped", "questions", "joined", "json_each", "meta", "n", "t", "q", "c", "a", "j"]);

/** PHOTOS=100000 asks the same of a library of that size, whose statistics the planner then knows. */
test("every question of a screen is answered from an index", () => {
  const dir = mkdtempSync(join(tmpdir(), "familiar-plans-"));
  try {
    const photos = Number(process.env["PHOTOS"] ?? 600);
    const keep = largeLibrary(dir, { photos, faces: 3 * photos, people: Math.ceil(photos / 10) });
    const [first, second] = keep.reads.people({ show: "unnamed", sort: "faces", offset: 0, limit: 2 }).items;
    for (const [i, card] of [first, second].entries()) {
      const payload = { personId: card?.id ?? 0, name: `Person ${i}` };
      keep.apply({ kind: "name", payload, ...decide(keep.facts(), "name", payload) });
    }
    keep.close();
    const store = openStore({ libraryDir: dir });
    const texts = askEverything(store, first?.id ?? 0, second?.id ?? 0);
    expect(texts.length).toBeGreaterThan(40);
    const slow = texts.flatMap((text) => {
      if (!/^\s*SELECT/u.test(text) || allowed.some(([, pattern]) => pattern.test(text))) return [];
      const plan = store.db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${text.replace(/\?|@\w+/gu, "1")}`).all();
      const scans = plan
        .map((row) => row.detail)
        .filter((detail) => large.test(detail) && !detail.includes("USING COVERING INDEX") && !detail.includes("USING INDEX"));
      const named = scans.filter((detail) => !small.has(large.exec(detail)?.[1] ?? ""));
      return named.length === 0 ? [] : [`${named.join("; ")} in ${text.replace(/\s+/gu, " ")}`];
    });
    closeStore(store);
    expect(slow).toEqual([]);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

/** Asks everything that a screen can ask; a new question that is forgotten here does not compile. */
function askEverything(store: Store, a: number, b: number): readonly string[] {
  const texts = new Set<string>();
  const watched: Store = {
    ...store,
    sql: (text) => {
      texts.add(text);
      return store.sql(text);
    },
    remember: (_key, make) => make(),
  };
  const reads = openReads(watched);
  const page = { offset: 0, limit: 50 };
  const queries: readonly SearchQuery[] = [
    {},
    { all: [a, b] },
    { any: [a, b], none: [b] },
    { only: [a] },
    { all: [a], from: "2010", to: "2012", faces: 3, folder: "/pictures" },
    { from: "2010", folder: "/pictures/3" },
  ];
  const asks: { readonly [K in keyof Reads]: () => unknown } = {
    counts: () => reads.counts(),
    people: () =>
      (["faces", "name", "recent"] as const).map((sort) =>
        (["named", "unnamed", "stranger", "hidden", "all"] as const).map((show) => reads.people({ show, sort, ...page })),
      ),
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
    photoAt: () => reads.photoAt("/pictures/1"),
    months: () => reads.months(),
    photos: () => reads.photos(page),
    search: () => queries.map((query) => reads.search({ query, ...page })),
    found: () => queries.map((query) => reads.found({ query, ...page })),
    suggest: () => reads.suggest("pic", 8),
    albums: () => reads.albums(),
    faces: () => reads.faces("/pictures/0/photo 0.jpg"),
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
