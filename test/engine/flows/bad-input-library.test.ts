import { spawnSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { problems, problemView, type ProblemCode } from "../../../electron/contract/problems.ts";
import { Keep, openKeep } from "../../../electron/engine/3-keep/keep.ts";
import { closeStore, openStore } from "../../../electron/engine/3-keep/open-store.ts";
import { decide } from "../../../electron/engine/5-decide/decide.ts";
import { openEngine, type Engine } from "../../../electron/engine/index.ts";
import { addPhotos, seenFace } from "../../helpers/synthetic-library.ts";

let dir = "";
let library = "";
const open: Engine[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "familiar-library-"));
  library = join(dir, "library");
});
afterEach(async () => {
  for (const engine of open.splice(0)) await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

async function opened(): Promise<Engine> {
  const engine = await openEngine({ libraryDir: library, modelsDir: "models/onnx", workers: 1 });
  open.push(engine);
  return engine;
}
async function closed(engine: Engine): Promise<void> {
  open.splice(open.indexOf(engine), 1);
  await engine.close();
}
/** A closed library with enough in it that its files have many pages, in which Ana was named. */
function lived(): void {
  const keep = openKeep({ libraryDir: library });
  const photos = Array.from({ length: 400 }, (_, i) => ({
    name: `${i}.jpg`,
    hash: `h${i}`,
    faces: [seenFace([0.2, 0.2, 0.3, 0.4], new Float32Array(16).fill(0.25))],
  }));
  keep.batch(() => addPhotos(keep, "/pictures", photos));
  const payload = { faceIds: [1, 2, 3], name: "Ana" };
  keep.apply({ kind: "move", payload, ...decide(keep.facts(), "move", payload) });
  keep.close();
}
const names = async (engine: Engine): Promise<unknown> =>
  (await engine.request("people.list", { show: "named" })).items.map((person) => [person.name, person.confirmed]);
/** What a second program is told, in the shape of `--json`. */
function familiar(...args: string[]): { readonly status: number | null; readonly answer: unknown } {
  const run = spawnSync(process.execPath, ["electron/headless/cli.ts", "--json", "--library", library, ...args], { encoding: "utf8" });
  return { status: run.status, answer: JSON.parse(run.stdout) as unknown };
}
const refusal = (code: ProblemCode, detail: unknown, sentence: unknown = problems[code].sentence): unknown => ({
  status: 1,
  answer: { problem: { ...problemView(code), detail, sentence } },
});
/** Writes nonsense over a part of a file. */
function scribble(file: string, from: number, bytes: number): void {
  const handle = openSync(file, "r+");
  writeSync(handle, Buffer.alloc(bytes, 0xa5), 0, bytes, from);
  closeSync(handle);
}
const text = expect.any(String) as unknown;

describe("a library that another copy of Familiar has open", () => {
  it("is refused kindly, by the command line too, and opens when the other is closed", async () => {
    lived();
    const first = await opened();
    await expect(opened()).rejects.toMatchObject({ code: "library-locked", sentence: problems["library-locked"].sentence });
    expect(familiar("people")).toEqual(refusal("library-locked", text));
    expect(await names(first)).toEqual([["Ana", 3]]);
    await closed(first);
    expect(await names(await opened())).toEqual([["Ana", 3]]);
  });

  it("a program that holds the catalogue lets no decision be half made: it is refused, and can be made after", async () => {
    lived();
    const engine = await opened();
    const other = new Sqlite(join(library, "catalog.db"));
    other.exec("BEGIN IMMEDIATE");
    const [ana] = (await engine.request("people.list", { show: "named" })).items;
    const rename = (): Promise<unknown> => engine.request("decide", { kind: "rename", payload: { personId: ana?.id ?? 0, name: "Anna" } });
    await expect(rename()).rejects.toMatchObject({ code: "library-locked" });
    expect([await names(engine), (await engine.request("history", {})).total]).toEqual([[["Ana", 3]], 1]);
    other.exec("ROLLBACK");
    other.close();
    await rename();
    expect(await names(engine)).toEqual([["Anna", 3]]);
  });
});

describe("a library of a newer Familiar", () => {
  it("is refused and left as it is, to the last byte", async () => {
    lived();
    const file = join(library, "catalog.db");
    const db = new Sqlite(file);
    db.pragma("user_version = 999");
    db.pragma("journal_mode = DELETE");
    db.close();
    const before = readFileSync(file);
    await expect(opened()).rejects.toMatchObject({ code: "library-newer", sentence: problems["library-newer"].sentence });
    expect(familiar("people")).toEqual(refusal("library-newer", text));
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("whose other file alone is newer opens: that is made anew", async () => {
    lived();
    const db = new Sqlite(join(library, "derived.db"));
    db.pragma("user_version = 999");
    db.close();
    expect(await names(await opened())).toEqual([["Ana", 3]]);
  });
});

describe("a damaged catalogue", () => {
  it.each([
    ["its beginning is overwritten", (file: string) => scribble(file, 0, 4096)],
    ["it is cut off", (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2))],
    ["it is another file altogether", (file: string) => writeFileSync(file, "Dear diary\n".repeat(1000))],
    ["it has pages of something else", (file: string) => scribble(file, 8 * 4096, statSync(file).size - 16 * 4096)],
  ])("offers the newest good copy, and stays as it is, where %s", async (_, damage) => {
    lived();
    const keep = openKeep({ libraryDir: library });
    keep.backup("daily");
    keep.close();
    const file = join(library, "catalog.db");
    damage(file);
    const before = readFileSync(file);
    const told = await opened()
      .then(
        async (engine) => engine.request("people.list", { show: "all" }).then(() => engine.request("photos.list", {})),
        (thrown: unknown) => Promise.reject(thrown as Error),
      )
      .then(
        () => null,
        (thrown: unknown) => thrown as { code: string; sentence: string },
      );
    expect([told?.code, told?.sentence]).toEqual([
      "library-damaged",
      expect.stringMatching(/^Familiar could not open its catalogue\. The copy of .* is complete: 1 person, 1 decision\.$/u),
    ]);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(familiar("people")).toEqual(refusal("library-damaged", text, told?.sentence));
  });

  it("without any copy says so, and makes no empty one in its place", async () => {
    lived();
    const file = join(library, "catalog.db");
    rmSync(join(library, "backups"), { recursive: true, force: true });
    scribble(file, 0, 4096);
    await expect(opened()).rejects.toMatchObject({ code: "library-damaged", sentence: problems["library-damaged"].sentence });
    expect(statSync(file).size).toBeGreaterThan(4096);
  });
});

describe("a damaged derived.db", () => {
  it.each([
    ["its beginning is overwritten", (file: string) => scribble(file, 0, 4096)],
    ["it is cut off", (file: string) => truncateSync(file, 5 * 4096)],
    ["it is empty", (file: string) => truncateSync(file, 0)],
    ["it is gone", (file: string) => rmSync(file)],
    ["it has pages of something else", (file: string) => scribble(file, 6 * 4096, statSync(file).size - 7 * 4096)],
  ])("is made anew where %s: every name is there", async (_, damage) => {
    lived();
    damage(join(library, "derived.db"));
    let engine = await opened();
    const ask = async (): Promise<unknown> => names(engine);
    // Where the damage shows only later, it is said that starting again mends it, and it does.
    const first = await ask().catch((thrown: unknown) => (thrown as { code: string }).code);
    if (typeof first === "string") {
      expect(first).toBe("library-damaged");
      await closed(engine);
      engine = await opened();
    }
    expect(await ask()).toEqual([["Ana", 3]]);
    expect((await engine.request("history", {})).total).toBe(1);
  });
});

describe("a library in a place where there can be none", () => {
  it("is told as one that cannot be written, by the command line too", async () => {
    mkdirSync(dir, { recursive: true });
    writeFileSync(library, "a file");
    await expect(opened()).rejects.toMatchObject({ code: "library-unwritable" });
    expect(familiar("status")).toEqual(refusal("library-unwritable", text));
    library = join(library, "within");
    expect(familiar("status")).toEqual(refusal("library-unwritable", text));
  });
});

describe("a full disk", () => {
  it("refuses a decision as a whole, loses none that was made, and takes it when there is room again", () => {
    lived();
    const store = openStore({ libraryDir: library });
    const keep = new Keep(store);
    const pages = Number(store.db.pragma("main.page_count", { simple: true }));
    store.db.pragma(`main.max_page_count = ${pages}`);
    const payload = { faceIds: Array.from({ length: 300 }, (_, i) => 100 + i), name: "Ben" };
    const say = (): unknown => keep.apply({ kind: "move", payload, ...decide(keep.facts(), "move", payload) });
    expect(say).toThrow(expect.objectContaining({ code: "disk-full", sentence: problems["disk-full"].sentence }));
    expect(keep.reads.people({ show: "named", sort: "name", offset: 0, limit: 9 }).items.map((person) => person.name)).toEqual(["Ana"]);
    store.db.pragma("main.max_page_count = 1000000");
    say();
    expect(keep.reads.people({ show: "named", sort: "name", offset: 0, limit: 9 }).items.map((person) => person.name)).toEqual([
      "Ana",
      "Ben",
    ]);
    closeStore(store);
  });

  const alone =
    process.platform === "linux" && spawnSync("unshare", ["-Urm", "mount", "-t", "tmpfs", "-o", "size=1m", "none", "/mnt"]).status === 0;
  it.skipIf(!alone)(
    "stops the reading with one sentence, and it goes on where it stopped (skipped where no small disk can be made)",
    () => {
      const photos = join(dir, "photos");
      mkdirSync(library);
      const script = 'mount -t tmpfs -o size=16m none "$0" && exec "$@"';
      const run = spawnSync(
        "unshare",
        ["-Urm", "sh", "-c", script, library, process.execPath, "test/engine/flows/full-disk-child.ts", library, photos],
        { encoding: "utf8" },
      );
      expect(run.stderr).not.toContain("Error");
      expect(JSON.parse(run.stdout.split("\n").at(-2) ?? "null")).toEqual({
        stopped: "disk-full",
        words: `${problems["disk-full"].sentence} ${problems["disk-full"].act}`,
        phase: "stopped",
        refused: "disk-full",
        names: ["Ana"],
        after: { phase: "idle", photos: 41, failed: [], names: ["Ana", "Ben"] },
        whole: "ok",
      });
    },
  );
});
