import type { Database, Statement } from "better-sqlite3";
import { asProblem } from "../errors.ts";

/** An open library as the files of this room see it: `main` is catalog.db, `derived` is derived.db, on one connection. */
export interface Store {
  readonly db: Database;
  readonly libraryDir: string;
  readonly picturesDir: string;
  readonly backupsDir: string;
  /** `derived.db` was made anew at this opening. */
  readonly derivedIsNew: boolean;
  readonly now: () => Date;
  /** A prepared statement, kept for the next call with the same text. */
  sql<Params extends unknown[] = unknown[], Row = unknown>(text: string): Statement<Params, Row>;
  /** Runs `work` in one transaction over both files and counts a change; system errors become problems. */
  write<T>(work: () => T): T;
  /** A value that holds until the next change. */
  remember<T>(key: string, make: () => T): T;
  /** A value that holds until who is in which photo changes: through the many small writes of a reading. Ask `freshCards` first. */
  rememberPeople<T>(key: string, make: () => T): T;
  /** Forgets those values. */
  peopleChanged(): void;
  /** Lets go of the files and the lock. */
  readonly release: () => void;
}

interface StoreParts {
  readonly db: Database;
  readonly libraryDir: string;
  readonly picturesDir: string;
  readonly backupsDir: string;
  readonly derivedIsNew: boolean;
  readonly now: () => Date;
  readonly release: () => void;
}

/**
 * [Note: Two files, one transaction] A write spans both files. In WAL mode each file commits by itself, the catalogue first, so a
 * crash between leaves `derived.db` one change behind. Both keep the number of their last change: when they differ at the next
 * start, what follows from the catalogue (members, cards) is made anew, and a photo without its `seen` row is read again.
 */
export function makeStore(parts: StoreParts): Store {
  const statements = new Map<string, Statement>();
  const remembered = new Map<string, unknown>();
  const ofPeople = new Map<string, unknown>();
  const store: Store = {
    ...parts,
    sql<Params extends unknown[], Row>(text: string): Statement<Params, Row> {
      let statement = statements.get(text);
      if (statement === undefined) {
        statement = parts.db.prepare(text);
        statements.set(text, statement);
      }
      return statement as Statement<unknown[], unknown> as Statement<Params, Row>;
    },
    write(work) {
      if (parts.db.inTransaction) return work();
      try {
        const result = parts.db
          .transaction(() => {
            const done = work();
            store.sql("UPDATE main.meta SET value = value + 1 WHERE key = 'change'").run();
            store.sql("UPDATE derived.meta SET value = (SELECT value FROM main.meta WHERE key = 'change') WHERE key = 'change'").run();
            return done;
          })
          .immediate();
        return result;
      } catch (thrown) {
        // What was summed up in it has been taken back.
        ofPeople.clear();
        throw asProblem(thrown);
      } finally {
        remembered.clear();
      }
    },
    remember: (key, make) => recalled(remembered, key, make),
    rememberPeople: (key, make) => recalled(ofPeople, key, make),
    peopleChanged: () => ofPeople.clear(),
  };
  return store;
}

function recalled<T>(memory: Map<string, unknown>, key: string, make: () => T): T {
  if (!memory.has(key)) memory.set(key, make());
  return memory.get(key) as T;
}

/** Number of the last change of the library. */
export function changeNumber(store: Store): number {
  return store.sql<[], { value: number }>("SELECT value FROM main.meta WHERE key = 'change'").get()?.value ?? 0;
}

/** Takes `count` numbers of a counter that never gives one twice; answers the first. */
export function takeNumbers(store: Store, counter: "next_person_id" | "next_face_id" | "next_album_id", count: number): number {
  const row = store
    .sql<[number, string], { value: number }>("UPDATE main.meta SET value = value + ? WHERE key = ? RETURNING value")
    .get(count, counter);
  return (row?.value ?? 1) - count;
}
