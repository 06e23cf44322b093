import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const dir = mkdtempSync(join(tmpdir(), "familiar-verb-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** `npm run -s familiar -- ...` as somebody types it in `folder`. */
function familiar(folder: string, ...args: string[]): { readonly status: number | null; readonly stdout: string } {
  const run = spawnSync(process.execPath, [resolve("build/scripts/familiar.mjs"), ...args], {
    encoding: "utf8",
    env: { ...process.env, INIT_CWD: folder, XDG_DATA_HOME: join(dir, "data"), APPDATA: join(dir, "data"), HOME: dir },
  });
  return { status: run.status, stdout: run.stdout };
}

describe("the command line in a clone", () => {
  it("takes paths from where the person stands", () => {
    const photos = join(dir, "photos");
    mkdirSync(photos);
    writeFileSync(join(photos, "empty.jpg"), "");
    const { status, stdout } = familiar(dir, "index", "photos", "--library", "library", "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ photos: 0, failed: [{ path: join(photos, "empty.jpg"), code: "file-empty" }] });
    expect(readdirSync(join(dir, "library"))).toContain("catalog.db");
  });
  it("lists everybody with --all, and takes names after it elsewhere", () => {
    expect(JSON.parse(familiar(dir, "people", "--all", "--library", "library", "--json").stdout)).toEqual([]);
    const search = familiar(dir, "search", "--all", "Ana", "--library", "library", "--json");
    expect([search.status, JSON.parse(search.stdout)]).toMatchObject([1, { problem: { code: "person-not-found", detail: "Ana" } }]);
  });
  it("keeps nothing of what it detects", () => {
    const { status, stdout } = familiar(dir, "detect", "photos/empty.jpg", "--json");
    expect([status, JSON.parse(stdout)]).toMatchObject([0, [{ faces: [], problem: { code: "file-empty" } }]]);
    expect(readdirSync(dir)).not.toContain("data");
  });
  it("says what it can do", () => {
    const { status, stdout } = familiar(dir, "help");
    expect([status, stdout]).toEqual([0, expect.stringContaining("familiar verify <a> <b> | --pairs <csv of a,b,same>")]);
  });
});
