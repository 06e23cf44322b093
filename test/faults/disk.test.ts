import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Keep, openKeep } from "../../electron/engine/3-keep/keep.ts";
import { openStore } from "../../electron/engine/3-keep/open-store.ts";
import { decide } from "../../electron/engine/5-decide/decide.ts";
import { Problem } from "../../electron/engine/errors.ts";
import { checkLibrary } from "../engine/3-keep/check-library.ts";
import { addPhotos, seeded, seenFace } from "../helpers/synthetic-library.ts";
import { lastDecision } from "./last-decision.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "familiar-disk-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const library = (): string => join(dir, "library");
function draw(keep: Keep, name: string): number {
  const payload = { photoId: 1, box: [0.1, 0.1, 0.2, 0.2] as [number, number, number, number], name };
  return keep.apply({ kind: "draw", payload, ...decide(keep.facts(), "draw", payload) }).decisionId;
}
function filled(options: { now?: () => Date } = {}): { keep: Keep; store: ReturnType<typeof openStore> } {
  const store = openStore({ libraryDir: library(), ...options });
  const keep = new Keep(store);
  addPhotos(keep, "/photos", [{ name: "a.jpg", hash: "A", faces: [seenFace([0.5, 0.5, 0.2, 0.2], Float32Array.of(1, 0))] }]);
  return { keep, store };
}
function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    return thrown instanceof Problem ? thrown.code : String(thrown);
  }
  return "";
}

describe("disk full", () => {
  test("a decision that finds no room is refused as a whole, and goes through when there is room", () => {
    const { keep, store } = filled();
    draw(keep, "Ana");
    const before = keep.reads.history({ offset: 0, limit: 9 }).total;
    store.db.pragma(`main.max_page_count = ${String(store.db.pragma("main.page_count", { simple: true }))}`);
    let refused = 0;
    let made = 0;
    for (let i = 0; i < 400 && refused === 0; i++) {
      // Large words fill the last page sooner.
      const code = codeOf(() => draw(keep, `Somebody ${"x".repeat(300)} ${i}`));
      if (code === "") made++;
      else {
        expect(code).toBe("disk-full");
        refused++;
      }
    }
    expect(refused).toBe(1);
    expect(keep.reads.history({ offset: 0, limit: 9 }).total).toBe(before + made);
    store.db.pragma("main.max_page_count = 1073741823");
    draw(keep, "Ben");
    keep.close();
    checkLibrary(library());
  });
});

describe("a folder that may not be written to", () => {
  test.skipIf(process.platform === "win32")("is said kindly, and nothing in it is touched (skipped on Windows)", () => {
    filled().keep.close();
    const before = readdirSync(library()).map((name) => [name, statSync(join(library(), name)).mtimeMs]);
    for (const path of [dir, library()]) chmodSync(path, 0o755);
    chmodSync(library(), 0o555);
    // The superuser may write anywhere, so somebody else tries.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const said = spawnSync(process.execPath, [join(import.meta.dirname, "open-as.ts"), library()], {
      ...nobody,
      env: {},
      encoding: "utf8",
    });
    expect(said.stdout.trim(), said.stderr).toBe("library-unwritable");
    chmodSync(library(), 0o755);
    expect(readdirSync(library()).map((name) => [name, statSync(join(library(), name)).mtimeMs])).toEqual(before);
    openKeep({ libraryDir: library() }).close();
  });
});

describe("somebody else holds the database", () => {
  test("a decision says so and changes nothing; it goes through afterwards", () => {
    const { keep, store } = filled();
    store.db.pragma("busy_timeout = 50");
    const other = new Sqlite(join(library(), "catalog.db"));
    other.exec("BEGIN IMMEDIATE");
    expect(codeOf(() => draw(keep, "Ana"))).toBe("library-locked");
    expect(keep.reads.history({ offset: 0, limit: 9 }).total).toBe(0);
    other.exec("COMMIT");
    other.close();
    expect(draw(keep, "Ana")).toBeGreaterThan(0);
    keep.close();
    checkLibrary(library());
  });
});

describe("a clock that goes backwards", () => {
  test("changes nothing: decisions keep their order, the last one is taken back first, files from the future are read", async () => {
    let now = new Date("2031-01-01T00:00:00Z");
    const { keep } = filled({ now: () => now });
    draw(keep, "First");
    now = new Date("2024-06-01T00:00:00Z");
    draw(keep, "Second");
    now = new Date("1970-01-01T00:00:01Z");
    draw(keep, "Third");
    const names = (): string[] => keep.reads.history({ offset: 0, limit: 9 }).items.map((entry) => entry.sentence);
    expect(names()).toEqual(["Drew a face of Third.", "Drew a face of Second.", "Drew a face of First."]);
    expect(keep.undo().sentence).toContain("Third");
    expect(keep.undo().sentence).toContain("Second");
    expect(keep.redo().sentence).toContain("Second");
    const [folder] = keep.folders();
    keep.filesSeen(folder?.id ?? 0, [{ path: "/photos/a.jpg", bytes: 1000, mtimeMs: Date.parse("2090-01-01"), inode: 1 }]);
    expect(keep.filesToIdentify()).toHaveLength(1);
    expect(await keep.backupDaily()).not.toBeNull();
    keep.close();
    checkLibrary(library());
  });
});

describe("the power goes", () => {
  /** A library as it lies on the disk in the middle of deciding: nothing was closed. */
  function cutOff(): number {
    const { keep } = filled();
    let last = 0;
    for (let i = 0; i < 25; i++) last = draw(keep, `Person ${i}`);
    cpSync(library(), join(dir, "cut"), { recursive: true, filter: (path) => !path.endsWith("-shm") });
    keep.close();
    return last;
  }
  const places = Array.from({ length: 24 }, (_, i) => i);

  test("with any part of the logs lost, what stands is whole, and is all that was decided up to some moment", () => {
    const random = seeded(9);
    const last = cutOff();
    const kept = new Set<number>();
    for (const place of places) {
      const at = join(dir, `try ${place}`);
      cpSync(join(dir, "cut"), at, { recursive: true });
      const log = join(at, place % 3 === 2 ? "derived.db-wal" : "catalog.db-wal");
      const size = statSync(log).size;
      if (place % 2 === 0) truncateSync(log, Math.floor(random() * size));
      else {
        // A page that was half written.
        const bytes = readFileSync(log);
        const from = Math.floor(random() * size);
        bytes.fill(0xab, from, Math.min(size, from + 512));
        writeFileSync(log, bytes);
      }
      checkLibrary(at);
      const stands = lastDecision(join(at, "catalog.db"));
      const db = new Sqlite(join(at, "catalog.db"), { readonly: true });
      expect(db.prepare("SELECT count(*) FROM decisions").pluck().get()).toBe(stands);
      expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
      db.close();
      // The log of what can be made anew holds no decision.
      if (log.endsWith("derived.db-wal")) expect(stands).toBe(last);
      kept.add(stands);
      const keep = openKeep({ libraryDir: at });
      if (keep.reads.counts().photos > 0) expect(draw(keep, "Afterwards")).toBe(stands + 1);
      keep.close();
    }
    expect(kept.size).toBeGreaterThan(4);
  });
  test("with the whole of derived.db half written, it is made anew and no decision is lost", () => {
    const last = cutOff();
    mkdirSync(join(dir, "x"));
    const file = join(dir, "cut", "derived.db");
    const bytes = readFileSync(file);
    bytes.fill(0xab, 0, 4096);
    writeFileSync(file, bytes);
    checkLibrary(join(dir, "cut"));
    expect(lastDecision(join(dir, "cut", "catalog.db"))).toBe(last);
  });
});
