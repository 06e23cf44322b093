import { backupsOf } from "../../electron/engine/3-keep/backup.ts";
import { openKeep } from "../../electron/engine/3-keep/keep.ts";
import type { Migration } from "../../electron/engine/3-keep/migrate.ts";
import { catalogMigrations } from "../../electron/engine/3-keep/migrations/catalog.ts";
import { derivedMigrations } from "../../electron/engine/3-keep/migrations/derived.ts";
import { restoreLibrary } from "../../electron/engine/3-keep/restore.ts";
import { decide } from "../../electron/engine/5-decide/decide.ts";
import { openEngine, type Engine } from "../../electron/engine/index.ts";
import { decideAtRandom } from "./decide-at-random.ts";
import { lastDecision } from "./last-decision.ts";

export interface TaskArgs {
  readonly libraryDir: string;
  readonly modelsDir: string;
  /** Folder with photos. */
  readonly photosDir: string;
  /** How often, where a task goes round. */
  readonly rounds: number;
  readonly random: () => number;
  /** Tells the parent; told means promised. */
  readonly say: (word: "open" | "ack" | "copied" | "restoring" | "restored", what: unknown) => void;
}
export type TaskName = "scan" | "group" | "decide" | "migrate" | "backup" | "late" | "restore";

/** What is interrupted, each through the engine as the app does it, or where it needs a closed library, through its room. */
export const tasks: { readonly [T in TaskName]: (args: TaskArgs) => Promise<void> } = {
  /** Reads a folder in which photos came, went, moved and were edited, to the end. */
  scan: (args) =>
    withEngine(args, async (engine) => {
      await engine.request("index", { folders: [args.photosDir] });
    }),
  /** Groups everything anew, so that thousands of proposals are written, and decides in between. */
  group: (args) =>
    withEngine(args, async (engine) => {
      for (let i = 0; i < args.rounds; i++) {
        await engine.request("settings.set", { daring: 0.01 + 0.28 * args.random() });
        await decideAtRandom(engine, args, { draw: false });
      }
    }),
  /** Decides, takes back and does again, as quickly as it can. */
  decide: (args) =>
    withEngine(args, async (engine) => {
      for (let i = 0; i < args.rounds; i++) await decideAtRandom(engine, args, { draw: true });
    }),
  /** Opens a library that is some versions behind. */
  migrate(args) {
    addVersions();
    openKeep({ libraryDir: args.libraryDir }).close();
    return Promise.resolve();
  },
  /** Decides and copies the catalogue in turn. */
  backup(args) {
    const keep = openKeep({ libraryDir: args.libraryDir });
    for (let i = 0; i < args.rounds; i++) {
      args.say("ack", drawOne(keep, args.random));
      args.say("copied", keep.backup(i % 2 === 0 ? "by hand" : "before-merge").file);
    }
    keep.close();
    return Promise.resolve();
  },
  /** Decides while a copy of what stood before is written: nobody waits for it. */
  async late(args) {
    const keep = openKeep({ libraryDir: args.libraryDir });
    for (let i = 0; i < args.rounds; i++) {
      const copy = keep.backupLater("before-import");
      for (let n = 0; n < 2; n++) args.say("ack", drawOne(keep, args.random));
      args.say("copied", (await copy).file);
    }
    keep.close();
  },
  /** Decides, closes, and puts a random copy back. */
  restore(args) {
    for (let i = 0; i < args.rounds; i++) {
      const keep = openKeep({ libraryDir: args.libraryDir });
      for (let n = 0; n < 3; n++) args.say("ack", drawOne(keep, args.random));
      args.say("copied", keep.backup("by hand").file);
      args.say("ack", drawOne(keep, args.random));
      keep.close();
      const copies = backupsOf(args.libraryDir).filter((copy) => copy.good);
      const chosen = copies[Math.floor(args.random() * copies.length)];
      if (chosen === undefined) throw new Error("there is no copy to put back");
      const last = String(lastDecision(chosen.file));
      args.say("restoring", last);
      restoreLibrary(args.libraryDir, chosen.file);
      args.say("restored", last);
    }
    return Promise.resolve();
  },
};

async function withEngine(args: TaskArgs, work: (engine: Engine) => Promise<void>): Promise<void> {
  const engine = await openEngine({ libraryDir: args.libraryDir, modelsDir: args.modelsDir, workers: 1 });
  args.say("open", "");
  await work(engine);
  await engine.close();
}

/** Any decision that needs no engine. Answers what the parent looks for. */
function drawOne(keep: ReturnType<typeof openKeep>, random: () => number): { readonly id: number; readonly kind: string } {
  const payload = { photoId: 1, box: [random() * 0.8, random() * 0.8, 0.1, 0.1] as [number, number, number, number], name: "Drawn" };
  return { id: keep.apply({ kind: "draw", payload, ...decide(keep.facts(), "draw", payload) }).decisionId, kind: "draw" };
}

/** Versions that a later Familiar may have: tables made, filled, indexed and changed, as real steps do it. */
export function addVersions(): void {
  const add = (list: readonly Migration[], steps: readonly string[]): void => {
    const next = (list.at(-1)?.version ?? 0) + 1;
    // A list of released steps is final for everybody but this test.
    (list as Migration[]).push(...steps.map((sql, i) => ({ version: next + i, sql })));
  };
  add(catalogMigrations, [
    "CREATE TABLE ratings (photo_id INTEGER PRIMARY KEY, stars INTEGER NOT NULL) STRICT; INSERT INTO ratings SELECT id, id % 5 FROM photos; CREATE INDEX ratings_by_stars ON ratings (stars);",
    "ALTER TABLE people ADD COLUMN note TEXT; UPDATE faces SET quality = quality * 0.5;",
    "CREATE TABLE faces_new (id INTEGER PRIMARY KEY, photo_id INTEGER NOT NULL) STRICT; INSERT INTO faces_new SELECT id, photo_id FROM faces; DROP TABLE ratings;",
  ]);
  add(derivedMigrations, ["CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT; INSERT INTO more SELECT face_id FROM members;"]);
}
