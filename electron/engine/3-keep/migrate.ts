import type { Database } from "better-sqlite3";
import { Problem } from "../errors.ts";

/** One step of a schema. Never edited once released; a change is a new file with the next number. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** Version that a database file stands at; 0 for an empty one. `schema`: `main` or an attached name. */
export function schemaVersion(db: Database, schema = "main"): number {
  return Number(db.pragma(`${schema}.user_version`, { simple: true }));
}

/**
 * Brings a database to the newest version, each step in its own transaction. `before` is called once when there is something to do
 * to a database that already holds something. Throws `library-newer` for a version from the future; nothing is changed then.
 */
export function migrate(db: Database, migrations: readonly Migration[], before: () => void = () => undefined): void {
  const newest = migrations.at(-1)?.version ?? 0;
  for (const [index, migration] of migrations.entries()) {
    const previous = migrations[index - 1]?.version ?? 0;
    if (migration.version <= previous) throw new Problem("internal", `migration ${migration.version} does not follow ${previous}`);
  }
  const version = schemaVersion(db);
  if (version > newest) throw new Problem("library-newer", `version ${version}, this Familiar knows ${newest}`);
  if (version === newest) return;
  if (version > 0) before();
  for (const migration of migrations) {
    if (migration.version <= version) continue;
    db.transaction(() => {
      db.exec(migration.sql);
      db.pragma(`user_version = ${migration.version}`);
    }).immediate();
  }
  db.pragma("optimize");
}
