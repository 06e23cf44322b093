import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { checkLibrary } from "../engine/3-keep/check-library.ts";
import type { Ack } from "./kill.ts";

/** Acknowledged decisions that a library does not know. Throws where SQLite or the journal finds anything wrong. */
export function lostOf(libraryDir: string, acks: readonly Ack[]): readonly Ack[] {
  // As the next start does it: opening repairs what was cut off. Facts are what the journal says, members what follows from them.
  checkLibrary(libraryDir);
  const db = new Sqlite(join(libraryDir, "catalog.db"), { readonly: true });
  try {
    for (const pragma of ["integrity_check", "foreign_key_check"]) {
      const said = db.pragma(pragma) as Record<string, unknown>[];
      const fine = pragma === "integrity_check" ? said.length === 1 && Object.values(said[0] ?? {})[0] === "ok" : said.length === 0;
      if (!fine) throw new Error(`${pragma}: ${JSON.stringify(said.slice(0, 3))}`);
    }
    const kindOf = db.prepare<[number], { kind: string }>("SELECT kind FROM decisions WHERE id = ?");
    return acks.filter((ack) => kindOf.get(ack.id)?.kind !== ack.kind);
  } finally {
    db.close();
  }
}
