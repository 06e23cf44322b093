import fs, { writeSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import Sqlite from "better-sqlite3";

/** Calls after which, or before which, the process may die: everything by which the library reaches the disk. */
const fileCalls = ["writeFileSync", "renameSync", "copyFileSync", "fsyncSync", "rmSync", "mkdirSync", "linkSync"] as const;

let passed = 0;
let deadly = Number.POSITIVE_INFINITY;

/** How many points were passed so far; two for each call, before it and after it. */
export function pointsPassed(): number {
  return passed;
}

/**
 * Counts every write to a database or a folder, and kills this process (SIGKILL, as a power switch does) at the `at`-th point, having
 * said which it was. Without `at` it only counts.
 */
export function plantCrash(at: number | null): void {
  deadly = at ?? Number.POSITIVE_INFINITY;
  const db = new Sqlite(":memory:");
  patch(Object.getPrototypeOf(db.prepare("SELECT 1")) as Patched, "run", (self) => firstWords((self as { source: string }).source));
  patch(Sqlite.prototype as unknown as Patched, "exec", (_self, text) => firstWords(String(text)));
  db.close();
  for (const name of fileCalls) patch(fs as unknown as Patched, name, (_self, path) => `${name} ${kindOf(path)}`);
  syncBuiltinESMExports();
}

type Patched = Record<string, (...given: unknown[]) => unknown>;

function patch(owner: Patched, name: string, label: (self: unknown, first: unknown) => string): void {
  const real = owner[name];
  if (real === undefined) throw new Error(`there is no ${name}`);
  owner[name] = function (this: unknown, ...given: unknown[]): unknown {
    const what = label(this, given[0]);
    pass(`before ${what}`);
    const result = real.apply(this, given);
    pass(`after ${what}`);
    return result;
  };
}

function pass(what: string): void {
  passed++;
  if (passed !== deadly) return;
  writeSync(1, `hit ${what}\n`);
  process.kill(process.pid, "SIGKILL");
}

/** Statements are told apart by what they do and to what. */
function firstWords(text: string): string {
  const words = text.replace(/--.*$/gmu, "").trim().split(/\s+/u);
  return words.slice(0, /^(CREATE|INSERT|DELETE)$/iu.test(words[0] ?? "") ? 3 : 2).join(" ");
}

function kindOf(path: unknown): string {
  if (typeof path !== "string") return "";
  if (path.endsWith(".webp") || path.endsWith(".webp.part")) return "picture";
  if (/[/\\]backups[/\\]/u.test(path)) return path.endsWith(".part") ? "half a copy" : "copy";
  return /(catalog|derived)\.db/u.exec(path)?.[0] ?? "folder";
}
