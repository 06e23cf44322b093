import Sqlite from "better-sqlite3";

/** Number of the last decision in a catalogue file, 0 where there is none. */
export function lastDecision(file: string): number {
  const db = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    return db.prepare<[], { id: number | null }>("SELECT max(id) AS id FROM decisions").get()?.id ?? 0;
  } finally {
    db.close();
  }
}
