import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decide } from "../../../electron/engine/5-decide/decide.ts";
import { closeStore, openStore } from "../../../electron/engine/3-keep/open-store.ts";
import { openReads } from "../../../electron/engine/3-keep/reads/reads.ts";
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
  ["a search with no person goes through the photos by date", /FROM main\.photos p WHERE p\.visible = 1 AND/u],
];
const large = /^SCAN (?:main\.|derived\.)?(\w+)/u;
const small = new Set(["folders", "albums", "stale", "skipped", "questions", "json_each", "meta", "n", "t", "q", "c", "a", "j"]);

test("every question of a screen is answered from an index", () => {
  const dir = mkdtempSync(join(tmpdir(), "familiar-plans-"));
  try {
    const keep = largeLibrary(dir, { photos: 600, faces: 1800, people: 60 });
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
  reads.counts();
  for (const sort of ["faces", "name", "recent"] as const) {
    for (const show of ["named", "unnamed", "all"] as const) reads.people({ show, sort, ...page });
  }
  reads.findPeople("per", 8);
  reads.person(a);
  for (const sort of ["date", "sureness", "quality"] as const) {
    for (const show of ["everything", "confirmed", "proposed", "to-check"] as const)
      reads.personFaces({ personId: a, show, sort, ...page });
  }
  reads.personPhotos({ personId: a, ...page });
  reads.personFaces({ personId: a, with: b, show: "everything", sort: "date", ...page });
  reads.personPhotos({ personId: a, with: b, ...page });
  reads.growthFaces(a);
  reads.members(a, 10);
  reads.photo(1);
  reads.photoAt("/pictures/1");
  reads.months();
  reads.photos(page);
  for (const query of [
    { all: [a, b] },
    { any: [a, b], none: [b] },
    { only: [a] },
    { all: [a], from: "2010", to: "2012", faces: 3, folder: "/pictures" },
  ]) {
    reads.search({ query, ...page });
  }
  reads.albums();
  reads.faces("/pictures/0/photo 0.jpg");
  reads.why(1);
  reads.questions(10);
  reads.history(page);
  reads.canUndo();
  reads.canRedo();
  reads.failures(page);
  return [...texts];
}
