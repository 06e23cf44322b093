import Sqlite from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { migrate, schemaVersion, type Migration } from "../../electron/engine/3-keep/migrate.ts";
import { catalogMigrations } from "../../electron/engine/3-keep/migrations/catalog.ts";
import { derivedMigrations } from "../../electron/engine/3-keep/migrations/derived.ts";

describe("catalogue, version 1", () => {
  test("decisions and changes are final", () => {
    const db = new Sqlite(":memory:");
    migrate(db, catalogMigrations.slice(0, 1));
    db.exec("INSERT INTO decisions (kind, payload, at, sentence, faces, face_ids) VALUES ('name', '{}', 'now', 'Named A.', 1, '[]')");
    db.exec("INSERT INTO changes VALUES (1, 0, 'confirmed', '[1]', NULL, '{}')");
    for (const text of [
      "DELETE FROM decisions",
      "UPDATE decisions SET sentence = 'x'",
      "DELETE FROM changes",
      "UPDATE changes SET after = NULL",
    ]) {
      expect(() => db.exec(text), text).toThrow(/kept for ever|final/u);
    }
    db.exec("UPDATE decisions SET undone_by = 1");
  });
  test("types, pairs and references are held to", () => {
    const db = new Sqlite(":memory:");
    db.pragma("foreign_keys = ON");
    migrate(db, catalogMigrations.slice(0, 1));
    expect(() => db.exec("INSERT INTO people VALUES (1, 'A', 'nonsense', NULL, NULL, NULL)")).toThrow("CHECK");
    expect(() => db.exec("INSERT INTO confirmed VALUES (1, 5)")).toThrow("FOREIGN KEY");
    expect(() => db.exec("INSERT INTO not_faces VALUES ('one')")).toThrow("datatype");
    db.exec("INSERT INTO people VALUES (1, 'A', 'named', NULL, NULL, NULL), (2, 'B', 'named', NULL, NULL, NULL)");
    expect(() => db.exec("INSERT INTO never_merge VALUES (2, 1)")).toThrow("CHECK");
  });
});

describe("migrating", () => {
  const steps: readonly Migration[] = [
    { version: 1, sql: "CREATE TABLE a (x INTEGER) STRICT" },
    { version: 2, sql: "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1)" },
  ];
  test("a step that breaks leaves the version and the tables of the step before, after a copy was asked for", () => {
    const db = new Sqlite(":memory:");
    migrate(db, steps.slice(0, 1));
    let copies = 0;
    expect(() => migrate(db, steps, () => void copies++)).toThrow("nowhere");
    expect([copies, schemaVersion(db)]).toEqual([1, 1]);
    expect(db.prepare("SELECT name FROM sqlite_schema").pluck().all()).toEqual(["a"]);
  });
  test("a future version is refused, and steps out of order are a mistake of ours", () => {
    const db = new Sqlite(":memory:");
    db.pragma("user_version = 3");
    expect(() => migrate(db, steps)).toThrow("library-newer");
    expect(() => migrate(new Sqlite(":memory:"), steps.toReversed())).toThrow("does not follow");
  });
  test("a second run does nothing", () => {
    for (const all of [catalogMigrations, derivedMigrations]) {
      const db = new Sqlite(":memory:");
      migrate(db, all);
      const before = db.prepare("SELECT count(*) FROM sqlite_schema").pluck().get();
      migrate(db, all, () => expect.unreachable("nothing to copy"));
      expect(db.prepare("SELECT count(*) FROM sqlite_schema").pluck().get()).toBe(before);
      expect(schemaVersion(db)).toBe(all.at(-1)?.version);
    }
  });
});
