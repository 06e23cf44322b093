import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { decide } from "../../../electron/engine/5-decide/decide.ts";
import { Problem } from "../../../electron/engine/errors.ts";
import { backupsOf } from "../../../electron/engine/3-keep/backup.ts";
import { restoreLibrary } from "../../../electron/engine/3-keep/restore.ts";
import { openKeep, type Keep } from "../../../electron/engine/3-keep/keep.ts";
import { addPhotos, seenFace } from "../../helpers/synthetic-library.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "familiar-opening-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    return thrown instanceof Problem ? thrown.code : String(thrown);
  }
  return "";
}
function filled(now?: () => Date): { readonly keep: Keep; readonly personId: number } {
  const keep = openKeep(now === undefined ? { libraryDir: dir } : { libraryDir: dir, now });
  const [photo] = addPhotos(keep, "/photos", [
    { name: "a.jpg", hash: "A", faces: [seenFace([0.1, 0.1, 0.2, 0.2], Float32Array.of(1, 0))] },
  ]);
  const personId = keep.reservePersonIds(1);
  keep.keepGrouping({
    proposals: [{ faceId: photo?.faceIds[0] ?? 0, personId, similarity: 0.9, far: 1e-6, rule: "linked", band: "sure" }],
    groups: [],
    questions: [],
  });
  return { keep, personId };
}
function name(keep: Keep, personId: number, name: string): void {
  const payload = { personId, name };
  keep.apply({ kind: "name", payload, ...decide(keep.facts(), "name", payload) });
}

describe("opening", () => {
  test("a second opening is refused, and the lock goes with the first", () => {
    const keep = openKeep({ libraryDir: dir });
    expect(codeOf(() => openKeep({ libraryDir: dir }))).toBe("library-locked");
    keep.close();
    openKeep({ libraryDir: dir }).close();
  });
  test("a library of a newer Familiar is refused and left as it is", () => {
    openKeep({ libraryDir: dir }).close();
    const db = new Sqlite(join(dir, "catalog.db"));
    db.pragma("user_version = 999");
    db.close();
    const before = readFileSync(join(dir, "catalog.db"));
    expect(codeOf(() => openKeep({ libraryDir: dir }))).toBe("library-newer");
    expect(readFileSync(join(dir, "catalog.db")).equals(before)).toBe(true);
    // The lock was let go of.
    expect(codeOf(() => openKeep({ libraryDir: dir }))).toBe("library-newer");
  });
  test("what is no database is damaged, not emptied", () => {
    writeFileSync(join(dir, "catalog.db"), "x".repeat(20_000));
    expect(codeOf(() => openKeep({ libraryDir: dir }))).toBe("library-damaged");
    expect(readFileSync(join(dir, "catalog.db"), "utf8")).toBe("x".repeat(20_000));
  });
  test("a damaged derived.db is made anew", () => {
    const { keep, personId } = filled();
    name(keep, personId, "Ana");
    keep.close();
    for (const end of ["-wal", "-shm"]) rmSync(join(dir, `derived.db${end}`), { force: true });
    writeFileSync(join(dir, "derived.db"), "nothing of use");
    const again = openKeep({ libraryDir: dir });
    expect(again.derivedIsNew).toBe(true);
    expect(again.reads.card(personId)?.name).toBe("Ana");
    again.close();
  });
  test("a folder that cannot be written to says so", () => {
    writeFileSync(join(dir, "file"), "");
    expect(codeOf(() => openKeep({ libraryDir: join(dir, "file", "library") }))).toBe("library-unwritable");
  });
});

describe("backups", () => {
  test("a copy is whole, says what it holds, and puts back what was", () => {
    const { keep, personId } = filled();
    name(keep, personId, "Ana");
    keep.backup("by hand");
    name(keep, personId, "Somebody else");
    keep.backup("by hand");
    expect(() => restoreLibrary(dir)).toThrow("library-locked");
    keep.close();
    const [, older] = backupsOf(dir);
    expect(older).toMatchObject({ good: true, people: 1, decisions: 1, confirmedFaces: 1, reason: "by-hand" });
    const { kept, aside } = restoreLibrary(dir, older?.file);
    expect([kept?.reason, aside]).toEqual(["before-restore", null]);
    const again = openKeep({ libraryDir: dir });
    expect(again.reads.card(personId)?.name).toBe("Ana");
    expect(again.reads.history({ offset: 0, limit: 9 }).total).toBe(1);
    again.close();
    // And back: putting a copy in place can itself be taken back.
    restoreLibrary(dir, kept?.file);
    const back = openKeep({ libraryDir: dir });
    expect(back.reads.card(personId)?.name).toBe("Somebody else");
    expect(back.reads.history({ offset: 0, limit: 9 }).total).toBe(2);
    back.close();
  });
  test("a damaged catalogue offers the newest good copy, and is set aside", () => {
    const { keep, personId } = filled();
    name(keep, personId, "Ana");
    const good = keep.backup("by hand");
    const bad = keep.backup("by hand again");
    keep.close();
    for (const end of ["-wal", "-shm"]) rmSync(join(dir, `catalog.db${end}`), { force: true });
    for (const file of [join(dir, "catalog.db"), bad.file]) tear(file);
    try {
      openKeep({ libraryDir: dir });
      throw new Error("opened");
    } catch (thrown) {
      expect(thrown).toMatchObject({ code: "library-damaged", detail: good.file });
      expect(thrown instanceof Problem && thrown.sentence).toMatch(/is complete: 1 person, 1 decision\./u);
    }
    restoreLibrary(dir);
    const again = openKeep({ libraryDir: dir });
    expect(again.reads.card(personId)?.name).toBe("Ana");
    again.close();
    expect(readdirSync(dir).some((one) => one.startsWith("catalog set aside"))).toBe(true);
  });
  test("what was read after a copy was made is read again once it is put back", () => {
    const { keep } = filled();
    const copy = keep.backup("by hand");
    addPhotos(keep, "/more", [{ name: "b.jpg", hash: "B", faces: [seenFace([0.1, 0.1, 0.2, 0.2], Float32Array.of(0, 1))] }]);
    keep.close();
    restoreLibrary(dir, copy.file);
    const again = openKeep({ libraryDir: dir });
    expect(again.facesToGroup("test-pack").faceIds).toHaveLength(1);
    const [kept] = addPhotos(again, "/more", [
      { name: "c.jpg", hash: "C", faces: [seenFace([0.1, 0.1, 0.2, 0.2], Float32Array.of(1, 0))] },
    ]);
    expect([...again.facesToGroup("test-pack").faceIds]).toContain(kept?.faceIds[0]);
    again.close();
  });
  test("daily copies come once a day, keep to their number, and a clock set back makes one too", async () => {
    let now = new Date("2026-01-01T10:00:00Z");
    const { keep } = filled(() => now);
    expect(await keep.backupDaily()).not.toBeNull();
    expect(await keep.backupDaily()).toBeNull();
    for (let day = 2; day < 30; day++) {
      now = new Date(`2026-01-${String(day).padStart(2, "0")}T10:00:01Z`);
      expect(await keep.backupDaily()).not.toBeNull();
    }
    now = new Date("2025-06-01T10:00:00Z");
    expect(await keep.backupDaily()).not.toBeNull();
    keep.close();
    expect(backupsOf(dir).length).toBeLessThanOrEqual(12);
  });
});

test("killed at any moment, what was acknowledged stands and the next start goes on", async () => {
  const child = join(import.meta.dirname, "killed-child.ts");
  let lost = 0;
  let acknowledged = 0;
  for (let run = 0; run < 4; run++) {
    const said = await killedAfter(child, 150 + run * 120);
    acknowledged += said;
    const keep = openKeep({ libraryDir: dir });
    if (keep.reads.history({ offset: 0, limit: 1 }).total < said) lost++;
    keep.close();
    const db = new Sqlite(join(dir, "catalog.db"), { readonly: true });
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    db.close();
  }
  expect(acknowledged).toBeGreaterThan(0);
  expect(lost).toBe(0);
});

/** Runs the child until it has been deciding for `ms`, kills it, and answers the last number of decisions it said to be kept. */
function killedAfter(file: string, ms: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, dir], { stdio: ["ignore", "pipe", "inherit"] });
    let out = "";
    let waiting = false;
    child.stdout.on("data", (data: Buffer) => {
      out += data.toString();
      if (waiting) return;
      waiting = true;
      setTimeout(() => child.kill("SIGKILL"), ms);
    });
    child.on("error", reject);
    child.on("exit", () => resolve(Number(out.split("\n").at(-2) ?? 0)));
  });
}

function tear(file: string): void {
  const handle = openSync(file, "r+");
  // Past the header: it opens, and is found out by its own structure.
  writeSync(handle, Buffer.alloc(40_000, 0xab), 0, 40_000, 4096);
  closeSync(handle);
}
