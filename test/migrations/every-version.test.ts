import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { backupsOf } from "../../electron/engine/3-keep/backup.ts";
import { openKeep } from "../../electron/engine/3-keep/keep.ts";
import { migrate } from "../../electron/engine/3-keep/migrate.ts";
import { catalogMigrations } from "../../electron/engine/3-keep/migrations/catalog.ts";
import { derivedMigrations } from "../../electron/engine/3-keep/migrations/derived.ts";
import { Problem } from "../../electron/engine/errors.ts";
import { checkLibrary } from "../engine/3-keep/check-library.ts";
import { reading } from "../helpers/synthetic-library.ts";
import { oldCatalog, oldDerived } from "./old-catalog.ts";

let dir = "";
const catalog = (): string => join(dir, "catalog.db");
const derived = (): string => join(dir, "derived.db");
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "familiar-migrations-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function look<T>(file: string, ask: (db: Sqlite.Database) => T): T {
  const db = new Sqlite(file, { readonly: true });
  try {
    return ask(db);
  } finally {
    db.close();
  }
}
const versionOf = (file: string): number => look(file, (db) => Number(db.pragma("user_version", { simple: true })));
const newest = catalogMigrations.at(-1)?.version ?? 0;
const newestDerived = derivedMigrations.at(-1)?.version ?? 0;
/** Everything the old library holds, by table. */
function everything(file: string): Record<string, unknown[]> {
  const tables = ["folders", "photos", "files", "faces", "people", "confirmed", "decisions", "changes", "settings"];
  return Object.fromEntries(tables.map((table) => [table, look(file, (db) => db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all())]));
}

describe("a catalogue of every version", () => {
  test.each(catalogMigrations.slice(0, -1).map((step) => step.version))(
    "version %i is brought up, after a copy, and holds all it held",
    (version) => {
      oldCatalog(catalog(), version);
      const before = everything(catalog());
      const keep = openKeep({ libraryDir: dir });
      expect(keep.reads.people({ show: "named", sort: "name", offset: 0, limit: 9 }).items.map((one) => [one.name, one.faces])).toEqual([
        ["Ana", 2],
        ["Ben", 1],
      ]);
      keep.undo();
      keep.redo();
      keep.close();
      expect(versionOf(catalog())).toBe(newest);
      for (const [table, rows] of Object.entries(before)) {
        // Undo and redo came on top of the decisions.
        expect(everything(catalog())[table]?.slice(0, rows.length), table).toMatchObject(rows);
      }
      const [copy] = backupsOf(dir).filter((one) => one.reason === "before-update");
      expect(copy?.good).toBe(true);
      expect(versionOf(copy?.file ?? "")).toBe(version);
      expect(everything(copy?.file ?? "")).toEqual(before);
      checkLibrary(dir);
    },
  );
  test("the newest is opened as it is, without a copy", () => {
    oldCatalog(catalog(), newest);
    openKeep({ libraryDir: dir }).close();
    expect(backupsOf(dir)).toEqual([]);
    checkLibrary(dir);
  });
  test("one from the future is refused, and neither file is touched", () => {
    oldCatalog(catalog(), newest);
    oldDerived(derived(), newestDerived);
    const db = new Sqlite(catalog());
    db.pragma(`user_version = ${newest + 1}`);
    db.close();
    const before = [catalog(), derived()].map((file) => readFileSync(file));
    let code = "";
    try {
      openKeep({ libraryDir: dir });
    } catch (thrown) {
      code = thrown instanceof Problem ? thrown.code : String(thrown);
    }
    expect(code).toBe("library-newer");
    expect([catalog(), derived()].map((file) => readFileSync(file))).toEqual(before);
  });
  test("numbers follow one another without a gap", () => {
    for (const all of [catalogMigrations, derivedMigrations]) expect(all.map((step) => step.version)).toEqual(all.map((_, i) => i + 1));
  });
  test("a step that breaks leaves what was, and the copy", () => {
    oldCatalog(catalog(), 1);
    const before = everything(catalog());
    const db = new Sqlite(catalog());
    expect(() =>
      migrate(db, [...catalogMigrations, { version: newest + 1, sql: "UPDATE people SET name = 'lost'; SELECT nothing" }]),
    ).toThrow("nothing");
    db.close();
    expect(versionOf(catalog())).toBe(newest);
    expect(everything(catalog())).toMatchObject(before);
  });
});

describe("a derived.db of every version", () => {
  test.each(derivedMigrations.slice(0, -1).map((step) => step.version))("version %i is brought up and nothing is read again", (version) => {
    oldCatalog(catalog(), newest);
    oldDerived(derived(), version);
    const keep = openKeep({ libraryDir: dir });
    expect(keep.derivedIsNew).toBe(false);
    expect(keep.filesToRead({ ...reading, embedder: "mobilefacenet" })).toEqual([]);
    expect([...keep.facesToGroup("mobilefacenet").faceIds]).toEqual([1, 2, 3]);
    keep.close();
    expect(versionOf(derived())).toBe(newestDerived);
    checkLibrary(dir);
  });
  test("one from the future is made anew: nothing in it is a decision", () => {
    oldCatalog(catalog(), newest);
    oldDerived(derived(), newestDerived);
    const db = new Sqlite(derived());
    db.pragma("user_version = 99");
    db.close();
    const keep = openKeep({ libraryDir: dir });
    expect(keep.derivedIsNew).toBe(true);
    expect(keep.filesToRead({ ...reading, embedder: "mobilefacenet" })).toHaveLength(2);
    expect(keep.reads.people({ show: "named", sort: "name", offset: 0, limit: 9 }).items.map((one) => one.name)).toEqual(["Ana", "Ben"]);
    keep.close();
  });
});

describe("what each step made", () => {
  test("catalogue 2: questions about edited photos are kept beside the decisions", () => {
    oldCatalog(catalog(), 1);
    openKeep({ libraryDir: dir }).close();
    expect(look(catalog(), (db) => db.prepare("SELECT * FROM doubts").all())).toEqual([]);
  });
  test("derived 2: neighbours in large pieces, the old ones gone; a grouping that is under way is known", () => {
    oldCatalog(catalog(), newest);
    oldDerived(derived(), 1);
    const keep = openKeep({ libraryDir: dir });
    expect(keep.groupingIsOpen).toBe(false);
    keep.close();
    const tables = look(derived(), (db) => db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all());
    expect(tables).toContain("neighbour_blocks");
    expect(tables).not.toContain("neighbours");
  });
});
