import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { backupsOf } from "../../../electron/engine/3-keep/backup.ts";
import { Keep } from "../../../electron/engine/3-keep/keep.ts";
import { openStore } from "../../../electron/engine/3-keep/open-store.ts";
import { restoreLibrary } from "../../../electron/engine/3-keep/restore.ts";
import type { Store } from "../../../electron/engine/3-keep/store.ts";
import { decide } from "../../../electron/engine/5-decide/decide.ts";
import { settings } from "../../../electron/engine/settings.ts";
import { addPhotos, seenFace } from "../../helpers/synthetic-library.ts";
import { checkLibrary, factsOf } from "./check-library.ts";

let dir = "";
let keep: Keep;
let store: Store;
let faceIds: readonly number[];
let now = new Date("2026-03-01T10:00:00Z");
beforeEach(() => {
  now = new Date("2026-03-01T10:00:00Z");
  dir = mkdtempSync(join(tmpdir(), "familiar-copies-"));
  store = openStore({ libraryDir: dir, now: () => now });
  keep = new Keep(store);
  const photos = Array.from({ length: settings.keep.bulk + 50 }, (_, i) => ({
    name: `${i}.jpg`,
    hash: `hash ${i}`,
    faces: [seenFace([0.1, 0.1, 0.2, 0.2], null)],
  }));
  faceIds = keep.batch(() => addPhotos(keep, "/photos", photos)).flatMap((photo) => photo.faceIds);
});
afterEach(() => {
  keep.close();
  rmSync(dir, { recursive: true, force: true });
});

function give(faces: readonly number[], name: string): void {
  const payload = { faceIds: [...faces], name };
  keep.apply({ kind: "move", payload, ...decide(keep.facts(), "move", payload) });
}
const files = (): readonly string[] => readdirSync(join(dir, "backups"));
/** Facts as they stand in a copy. */
function factsIn(file: string): string {
  const db = new Sqlite(file, { readonly: true });
  try {
    return factsOf({ sql: (text: string) => db.prepare(text) } as unknown as Store);
  } finally {
    db.close();
  }
}

describe("a copy that nobody waits for", () => {
  test("before a large decision holds what stood before it, whatever is decided while it is written", async () => {
    give(faceIds.slice(0, 10), "Ana");
    const before = factsOf(store);
    give(faceIds, "Everybody");
    // Answered, and there is no copy yet.
    expect(files().filter((name) => name.endsWith(".db"))).toEqual([]);
    give(faceIds.slice(0, 3), "Ben");
    keep.undo();
    give(faceIds.slice(5, 9), "Cleo");
    await keep.backupsDone();
    const [copy, ...others] = backupsOf(dir);
    expect([copy?.reason, copy?.good, copy?.decisions, others]).toEqual(["before-move", true, 1, []]);
    expect(factsIn(copy?.file ?? "")).toBe(before);
    expect(files()).toHaveLength(1);
    // Put back, it is what stood then.
    keep.close();
    restoreLibrary(dir, copy?.file);
    checkLibrary(dir);
    store = openStore({ libraryDir: dir });
    keep = new Keep(store);
    expect(factsOf(store)).toBe(before);
  });

  test("is made once for many large decisions in a row, also while the first is still being written", async () => {
    give(faceIds, "Ana");
    give(faceIds, "Ben");
    keep.undo();
    await keep.backupsDone();
    now = new Date(now.getTime() + settings.keep.bulkEvery - 1);
    give(faceIds, "Cleo");
    await keep.backupsDone();
    expect(backupsOf(dir)).toHaveLength(1);
    now = new Date(now.getTime() + 2);
    give(faceIds, "Dora");
    await keep.backupsDone();
    expect(backupsOf(dir).map((copy) => copy.decisions)).toEqual([3, 0]);
  });

  test("of a large catalogue is looked at by a thread, and is whole", async () => {
    keep.setSetting("much", "x".repeat(settings.keep.copyLookedAt));
    const copy = await keep.backupLater("by hand");
    expect(copy.bytes).toBeGreaterThan(settings.keep.copyLookedAt);
    expect(backupsOf(dir)).toMatchObject([{ id: copy.id, good: true }]);
    expect(files()).toHaveLength(1);
  });

  test("is given up when the library is closed, and nothing is left of it after the next", async () => {
    keep.setSetting("much", "x".repeat(settings.keep.copyLookedAt));
    const copy = keep.backupLater("by hand");
    keep.close();
    await expect(copy).rejects.toMatchObject({ code: "cancelled" });
    expect(files()).toEqual([]);
    // As a crash leaves it.
    for (const end of [".part", ".part-journal", ".part-wal"]) writeFileSync(join(dir, "backups", `catalog 2026 daily${end}`), "half");
    store = openStore({ libraryDir: dir, now: () => now });
    keep = new Keep(store);
    await Promise.all([keep.backupLater("by hand"), keep.backupLater("by hand")]);
    expect(files().toSorted()).toEqual([1, 2].map((n) => `catalog 2026-03-01T10-00-00.000Z by-hand ${n}.db`));
  });

  test("that cannot be made keeps nobody from deciding, and is tried again", async () => {
    rmSync(join(dir, "backups"), { recursive: true });
    writeFileSync(join(dir, "backups"), "in the way");
    expect(await keep.backupDaily()).toBeNull();
    rmSync(join(dir, "backups"));
    expect(await keep.backupDaily()).toBeNull();
    give(faceIds, "Ana");
    await keep.backupsDone();
    expect(keep.reads.people({ show: "named", sort: "faces", offset: 0, limit: 9 }).total).toBe(1);
  });
});

describe("copies are in the order they were made, whatever the clock says", () => {
  test("one from a future that never came is the last only until the next, blocks no daily one, and goes when its turn comes", async () => {
    now = new Date("2031-01-01T00:00:00Z");
    const wrong = await keep.backupDaily();
    now = new Date("2026-03-02T10:00:00Z");
    const right = await keep.backupDaily();
    expect(right).not.toBeNull();
    expect(await keep.backupDaily()).toBeNull();
    expect(backupsOf(dir).map((copy) => copy.at.slice(0, 4))).toEqual(["2026", "2031"]);
    // The newest good one, which is what is offered and what restoring takes.
    give(faceIds.slice(0, 3), "Ana");
    keep.close();
    expect(restoreLibrary(dir, undefined, now).restored).toBe(right?.file);
    store = openStore({ libraryDir: dir, now: () => now });
    keep = new Keep(store);
    for (let day = 3; day < 25; day++) {
      now = new Date(`2026-03-${String(day).padStart(2, "0")}T10:00:01Z`);
      expect(await keep.backupDaily(), `day ${day}`).not.toBeNull();
    }
    expect(backupsOf(dir).map((copy) => copy.file)).not.toContain(wrong?.file);
    expect(backupsOf(dir)[0]?.at).toBe("2026-03-24T10:00:01.000Z");
  });

  test("a clock that fell far back loses none of the copies made since", async () => {
    for (const day of ["01", "02", "03", "04", "05", "06", "07", "08"]) {
      now = new Date(`2026-05-${day}T10:00:01Z`);
      await keep.backupDaily();
    }
    now = new Date("1970-01-01T00:00:01Z");
    const first = await keep.backupDaily();
    now = new Date("1970-01-02T00:00:02Z");
    await keep.backupDaily();
    expect(
      backupsOf(dir)
        .map((copy) => copy.at.slice(0, 10))
        .slice(0, 3),
    ).toEqual(["1970-01-02", "1970-01-01", "2026-05-08"]);
    expect(first).not.toBeNull();
  });

  test("names of the first Familiar come after all numbered ones, by their date", async () => {
    const copy = await keep.backupLater("daily");
    const old = (stamp: string): string => join(dir, "backups", `catalog ${stamp} daily.db`);
    for (const stamp of ["2030-01-01T00-00-00.000Z", "2025-01-01T00-00-00.000Z"]) writeFileSync(old(stamp), "an old copy");
    expect(backupsOf(dir).map((one) => one.id)).toEqual([copy.id, "2030-01-01T00-00-00.000Z_daily", "2025-01-01T00-00-00.000Z_daily"]);
  });
});
