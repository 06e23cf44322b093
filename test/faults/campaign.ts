import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { backupsOf } from "../../electron/engine/3-keep/backup.ts";
import { openKeep } from "../../electron/engine/3-keep/keep.ts";
import { openEngine } from "../../electron/engine/index.ts";
import { addPhotos, seeded, seenFace, vectorNear } from "../helpers/synthetic-library.ts";
import { bundleChild } from "./bundle-child.ts";
import { lostOf } from "./check-after.ts";
import { runChild, type Ack, type Outcome } from "./kill.ts";
import { lastDecision } from "./last-decision.ts";
import { liveOn, makePhotos } from "./photos-on-disk.ts";
import type { TaskName } from "./tasks.ts";

/** What a campaign did and found. */
export interface Toll {
  readonly kills: Record<TaskName, number>;
  /** Children that finished before they could be killed. */
  finished: number;
  /** Acknowledged decisions; and those of them that were gone afterwards. */
  decisions: number;
  lost: number;
  /** Of which kinds they were. */
  readonly kinds: Map<string, number>;
  /** Where children died, with how often. */
  readonly points: Map<string, number>;
  /** Restarts that went on to the end by themselves. */
  resumed: number;
}
export const taskNames: readonly TaskName[] = ["scan", "group", "decide", "migrate", "backup", "late", "restore"];

const modelsDir = fileURLToPath(new URL("../../models/onnx", import.meta.url));
/** Rounds of each task; killed long before, mostly. */
const rounds: Readonly<Record<TaskName, number>> = { scan: 1, group: 4, decide: 30, migrate: 1, backup: 8, late: 8, restore: 3 };
/** Milliseconds within which a child is killed from outside, after its engine is open where it has one. */
const within: Readonly<Record<TaskName, number>> = {
  scan: 500,
  group: 1500,
  decide: 1500,
  migrate: 60,
  backup: 150,
  late: 150,
  restore: 200,
};
/** Points that a task passes on the way, until one that finished says better. */
const points: Readonly<Record<TaskName, number>> = {
  scan: 400,
  group: 6000,
  decide: 3000,
  migrate: 60,
  backup: 400,
  late: 400,
  restore: 300,
};

/** A library that lives through all of it, one crowded enough to be grouped in pieces, and the photos on disk. */
interface Field {
  readonly dir: string;
  readonly photosDir: string;
  readonly child: string;
  readonly random: () => number;
  readonly toll: Toll;
  /** Acknowledged by each library so far: none may ever go. */
  readonly promised: Record<"life" | "crowd", Ack[]>;
  /** Points that each task passes when nothing stops it. */
  readonly length: Partial<Record<TaskName, number>>;
  /** Kills of a task after which the library is seen to go on to the end. */
  readonly resumeEvery: number;
}

/** Kills `kills` children at random points of all tasks in turn, and looks at the library after each. Throws where anything is wrong but a lost decision. */
export async function campaign(
  kills: number,
  seed: number,
  options: { readonly resumeEvery?: number; readonly onKill?: (toll: Toll) => void } = {},
): Promise<Toll> {
  const { child, remove } = await bundleChild();
  const dir = mkdtempSync(join(tmpdir(), "familiar-faults-"));
  const toll: Toll = {
    kills: { scan: 0, group: 0, decide: 0, migrate: 0, backup: 0, late: 0, restore: 0 },
    finished: 0,
    decisions: 0,
    lost: 0,
    kinds: new Map(),
    points: new Map(),
    resumed: 0,
  };
  const field: Field = {
    dir,
    photosDir: join(dir, "photos"),
    child,
    random: seeded(seed),
    toll,
    promised: { life: [], crowd: [] },
    length: {},
    resumeEvery: options.resumeEvery ?? 5,
  };
  try {
    await prepare(field);
    const done = (): number => Object.values(toll.kills).reduce((sum, n) => sum + n, 0);
    for (let turn = 0; done() < kills; turn++) {
      const task = taskNames[turn % taskNames.length] ?? "decide";
      await strike(field, task);
      options.onKill?.(toll);
    }
    // A task that happened to finish first each time is struck until it was hit.
    for (const task of taskNames) for (let more = 0; more < 30 && toll.kills[task] === 0; more++) await strike(field, task);
    for (const name of ["life", "crowd"] as const) await goOn(field, name);
    return toll;
  } finally {
    remove();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function prepare(field: Field): Promise<void> {
  const { dir, photosDir, random } = field;
  await makePhotos(photosDir, 12, random);
  mkdirSync(join(dir, "empty"));
  const engine = await openEngine({ libraryDir: join(dir, "life"), modelsDir, workers: 1 });
  await engine.request("index", { folders: [photosDir] });
  for (const tile of (await engine.request("photos.list", {})).items)
    await engine.request("decide", {
      kind: "draw",
      payload: { photoId: tile.id, box: [0.2, 0.2, 0.5, 0.5], name: `Person ${tile.id % 5}` },
    });
  await engine.close();
  const keep = openKeep({ libraryDir: join(dir, "crowd") });
  const people = Array.from({ length: 60 }, () => vectorNear(random, 192));
  const photos = Array.from({ length: 500 }, (_, i) => ({
    name: `${i}.jpg`,
    hash: `crowd ${i}`,
    // Long enough vectors: short ones are of poor faces, which are not grouped.
    faces: [0, 1, 2].map((j) => ({
      ...seenFace([0.05 + 0.3 * j, 0.2, 0.2, 0.3], vectorNear(random, 192, people[(i * 7 + j * 13) % 60]), random()),
      norm: 71,
    })),
  }));
  keep.batch(() => addPhotos(keep, "/crowd", photos, { embedder: "mobilefacenet" }));
  keep.close();
}

/** One child of one task, at its own random moment; then the library is looked at. */
async function strike(field: Field, task: TaskName): Promise<void> {
  const { dir, random, toll } = field;
  const home = task === "group" ? "crowd" : "life";
  // What ends in another state by design is done to a copy.
  const apart = task === "migrate" || task === "restore";
  const libraryDir = apart ? join(dir, "copy") : join(dir, home);
  if (apart) cpSync(join(dir, home), libraryDir, { recursive: true });
  if (task === "scan") await liveOn(field.photosDir, random);
  const before = apart ? lastDecision(join(libraryDir, "catalog.db")) : 0;
  const outcome = await once(field, task, libraryDir);
  toll.decisions += outcome.acks.length;
  for (const { kind } of outcome.acks) toll.kinds.set(kind, (toll.kinds.get(kind) ?? 0) + 1);
  if (!apart) field.promised[home].push(...outcome.acks);
  if (task === "restore") toll.lost += lostByRestore(libraryDir, before, outcome);
  else if (task === "migrate") toll.lost += await lostByMigration(field, libraryDir, before);
  else toll.lost += lostOf(libraryDir, field.promised[home]).length;
  if (task === "backup" || task === "late") checkCopies(libraryDir, outcome);
  if (apart) rmSync(libraryDir, { recursive: true, force: true });
  else if (toll.kills[task] % field.resumeEvery === field.resumeEvery - 1) await goOn(field, home);
}

async function once(field: Field, task: TaskName, libraryDir: string): Promise<Outcome> {
  const { child, random, toll, photosDir } = field;
  const seed = Math.floor(random() * 2 ** 31);
  // Half die at one of their own writes, half at any moment.
  const byPoint = random() < 0.5;
  const dieAt = byPoint ? 1 + Math.floor(random() * (field.length[task] ?? points[task])) : null;
  const word = task === "scan" || task === "group" || task === "decide" ? (random() < 0.8 ? "open" : "ready") : "ready";
  const moment = byPoint ? null : ({ word, ms: random() * within[task] } as const);
  const args = { task, libraryDir, modelsDir, photosDir, rounds: rounds[task], seed, dieAt };
  const outcome = await runChild(child, args, moment);
  if (outcome.finished) {
    toll.finished++;
    field.length[task] = Math.max(outcome.points, 20);
  } else {
    toll.kills[task]++;
    const where = `${task}: ${outcome.point ?? "any moment"}`;
    toll.points.set(where, (toll.points.get(where) ?? 0) + 1);
  }
  return outcome;
}

/** The next start goes on by itself: everything is read and grouped, nothing is half done, and the lock was let go of. */
async function goOn(field: Field, name: "life" | "crowd"): Promise<void> {
  const engine = await openEngine({ libraryDir: join(field.dir, name), modelsDir, workers: 1 });
  try {
    const folders = [name === "life" ? field.photosDir : join(field.dir, "empty")];
    await engine.request("index", { folders });
    const told = await engine.request("index", { folders });
    if (told.read !== 0 || told.failed.length > 0) throw new Error(`the next start left work undone: ${JSON.stringify(told)}`);
    const { items } = await engine.request("people.list", { show: "all", limit: 1000 });
    if (items.length === 0) throw new Error(`the next start shows nobody in ${name}`);
    field.toll.resumed++;
  } finally {
    await engine.close();
  }
}

/** A half migrated library is finished by the next start, which has a copy from before, and every decision. */
async function lostByMigration(field: Field, libraryDir: string, before: number): Promise<number> {
  const args = { task: "migrate", libraryDir, modelsDir, photosDir: "", rounds: 1, seed: 1, dieAt: null } as const;
  const { finished } = await runChild(field.child, args, null);
  if (!finished) throw new Error("the migration was not finished by the next start");
  const copies = backupsOf(libraryDir).filter((copy) => copy.reason === "before-update" && copy.good);
  if (copies.length === 0) throw new Error("there is no good copy from before the migration");
  field.toll.resumed++;
  return before - lastDecision(join(libraryDir, "catalog.db"));
}

/** After a cut-off restore either what was, or the copy, stands: never a mixture, never nothing. */
function lostByRestore(libraryDir: string, before: number, outcome: Outcome): number {
  let stands = before;
  let allowed = [before, before + 1];
  for (const [word, what] of outcome.said) {
    if (word === "ack") stands = (JSON.parse(what) as Ack).id;
    if (word === "restored") stands = Number(what);
    if (word === "restoring") allowed = [stands, Number(what)];
    // The decision after the last acknowledged one may have been kept before it could be said.
    else if (word === "ack" || word === "restored") allowed = [stands, stands + 1];
  }
  if (!existsSync(join(libraryDir, "catalog.db")) && backupsOf(libraryDir).length === 0) throw new Error("the catalogue is gone");
  lostOf(libraryDir, []);
  const last = lastDecision(join(libraryDir, "catalog.db"));
  return allowed.includes(last) ? 0 : Math.max(1, Math.min(...allowed) - last);
}

/** Every copy that is listed is whole, and what was promised and not rotated out is listed. */
function checkCopies(libraryDir: string, outcome: Outcome): void {
  const copies = backupsOf(libraryDir);
  const bad = copies.filter((copy) => !copy.good);
  if (bad.length > 0) throw new Error(`a copy is not whole: ${bad[0]?.file ?? ""}`);
  const newest = outcome.said.filter(([word]) => word === "copied").at(-1)?.[1];
  if (newest !== undefined && !copies.some((copy) => copy.file === newest)) throw new Error(`a copy that was promised is gone: ${newest}`);
  const halves = readdirSync(join(libraryDir, "backups")).filter((name) => name.includes(".part"));
  // Each copy that is made clears away what was left of earlier ones; the last may have been cut off. One is several files: SQLite's own logs beside it.
  const cut = new Set(halves.map((name) => name.replace(/\.part.*$/u, "")));
  if (cut.size > 2) throw new Error(`half-written copies pile up: ${halves.join(", ")}`);
}
