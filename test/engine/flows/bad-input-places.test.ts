import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { problems, problemView, type ProblemView } from "../../../electron/contract/problems.ts";
import type { IndexResult } from "../../../electron/contract/views.ts";
import { openEngine, type Engine } from "../../../electron/engine/index.ts";
import { photographs } from "./bad-input-files.ts";

let dir = "";
let drive = "";
let engine: Engine;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "familiar-places-"));
  drive = join(dir, "drive");
  await photographs(drive, 8);
  engine = await openEngine({ libraryDir: join(dir, "library"), modelsDir: "models/onnx", workers: 1 });
});
afterEach(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

const folderState = async (): Promise<unknown> => {
  const [folder] = (await engine.request("status", {})).folders;
  return [folder?.state, folder?.failed];
};
const names = async (): Promise<unknown> => (await engine.request("people.list", { show: "named" })).items.map((person) => person.name);
const away = { code: "folder-gone", sentence: problems["folder-gone"].sentence };

/** Reads all photos and says that Ana is in the first. */
async function live(): Promise<number> {
  expect(await engine.request("index", { folders: [drive] })).toMatchObject({ read: 8, failed: [] });
  const [photo] = (await engine.request("photos.list", {})).items;
  await engine.request("picture", { of: "photo", id: photo?.id ?? 0, size: "screen" });
  await engine.request("decide", { kind: "draw", payload: { photoId: photo?.id ?? 0, box: [0.2, 0.2, 0.3, 0.4], name: "Ana" } });
  return photo?.id ?? 0;
}
/** Reads what is known again, as the button does, and waits until that has come to rest. */
async function readAgain(): Promise<readonly ProblemView[]> {
  const heard: ProblemView[] = [];
  await new Promise<void>((done) => {
    const stop = engine.onEvent((name, payload) => {
      if (name === "problem") heard.push(payload as ProblemView);
      if (name !== "progress" || !("phase" in payload) || !["idle", "stopped"].includes(payload.phase)) return;
      stop();
      done();
    });
    void engine.request("scan.start", {});
  });
  return heard;
}

describe("a folder that was removed, a drive that was unplugged", () => {
  it("is told by name; everything known of it stays, and is there again when it comes back", async () => {
    const photoId = await live();
    renameSync(drive, `${drive} unplugged`);
    await expect(engine.request("index", { folders: [drive] })).rejects.toMatchObject({ code: "folder-gone", detail: drive });
    await readAgain();
    expect(await folderState()).toEqual(["gone", 0]);
    // Browsing goes on from what was kept.
    expect(await names()).toEqual(["Ana"]);
    const photo = await engine.request("photo.get", { photoId });
    expect([photo.offline, photo.faceList.map((face) => face.name)]).toEqual([true, ["Ana"]]);
    expect((await engine.request("picture", { of: "photo", id: photoId, size: "screen" })).bytes.length).toBeGreaterThan(100);
    // Another folder is read meanwhile.
    const other = join(dir, "other");
    await photographs(other, 2, 50);
    expect(await engine.request("index", { folders: [other] })).toMatchObject({ read: 2, failed: [] });
    renameSync(`${drive} unplugged`, drive);
    expect(await engine.request("index", { folders: [drive] })).toMatchObject({ read: 0, photos: 8, failed: [] });
    expect((await engine.request("photo.get", { photoId })).offline).toBe(false);
    await engine.request("undo", {});
    expect(await names()).toEqual([]);
  });

  it.each(["is gone", "is left empty"])(
    "one whose place %s while it is read is told once, not photo by photo, and read on when it is back",
    async (how) => {
      const heard: ProblemView[] = [];
      const stop = engine.onEvent((name, payload) => {
        if (name === "problem") heard.push(payload as ProblemView);
        if (name !== "progress" || !("phase" in payload) || payload.phase !== "reading" || payload.done < 0) return;
        try {
          renameSync(drive, `${drive} unplugged`);
          if (how === "is left empty") mkdirSync(drive);
        } catch {
          // It is away already.
        }
      });
      const told = await engine.request("index", { folders: [drive] });
      stop();
      expect(told.read).toBeLessThan(8);
      expect(told.failed).toEqual([{ path: drive, ...away }]);
      expect(heard.map((problem) => [problem.code, problem.detail])).toEqual([["folder-gone", drive]]);
      expect(await folderState()).toEqual(["gone", 0]);
      rmSync(drive, { recursive: true, force: true });
      renameSync(`${drive} unplugged`, drive);
      expect(await engine.request("index", { folders: [drive] })).toMatchObject({ read: 8 - told.read, photos: 8, failed: [] });
      expect(await folderState()).toEqual(["present", 0]);
    },
  );

  it("that was moved is shown from where it is now, though only that place was read", async () => {
    const photoId = await live();
    const moved = join(dir, "moved");
    renameSync(drive, moved);
    expect(await engine.request("index", { folders: [moved] })).toMatchObject({ read: 0, photos: 8, failed: [] });
    const photo = await engine.request("photo.get", { photoId });
    expect([photo.offline, photo.path.startsWith(moved), photo.faceList.map((face) => face.name)]).toEqual([false, true, ["Ana"]]);
  });

  it("is no reason not to read the others that were asked for", async () => {
    const other = join(dir, "other");
    await photographs(other, 2, 50);
    await engine.request("index", { folders: [drive, other] });
    rmSync(drive, { recursive: true });
    await photographs(other, 1, 60);
    await readAgain();
    const status = await engine.request("status", {});
    expect(status.folders.map(({ path, state, files }) => [basename(path), state, files])).toEqual([
      ["drive", "gone", 8],
      ["other", "present", 3],
    ]);
    expect(status.photos).toBe(11);
  });

  it("a file is no folder, and nowhere is none", async () => {
    const file = join(drive, "1.jpg");
    await expect(engine.request("index", { folders: [file] })).rejects.toMatchObject({ code: "folder-not-a-folder", detail: file });
    await expect(engine.request("folders.add", { paths: [join(dir, "nowhere")] })).rejects.toMatchObject({ code: "folder-gone" });
    expect((await engine.request("status", {})).folders).toEqual([]);
  });
});

/** An account that may not read everything: this one, or where this is root another. */
const root = process.platform !== "win32" && process.getuid?.() === 0;
describe.skipIf(process.platform === "win32")("what this account may not read", () => {
  it("is told file by file and folder by folder; the rest is read, and all of it once it may be", async () => {
    const library = join(dir, "own");
    mkdirSync(library);
    mkdirSync(join(drive, "shut"));
    cpSync(join(drive, "2.jpg"), join(drive, "shut", "2.jpg"));
    const shut = [join(drive, "1.jpg"), join(drive, "shut")];
    chmodSync(dir, 0o755);
    for (const path of [library, drive]) chmodSync(path, 0o777);
    for (const path of shut) chmodSync(path, 0o000);
    const other = root ? { uid: 65_534, gid: 65_534 } : {};
    const familiar = (...args: string[]): { readonly status: number | null; readonly answer: unknown } => {
      const run = spawnSync(process.execPath, ["electron/headless/cli.ts", "--json", "--library", library, ...args], {
        encoding: "utf8",
        env: { ...process.env, HOME: dir },
        ...other,
      });
      return { status: run.status, answer: JSON.parse(run.stdout) as unknown };
    };
    const first = familiar("index", drive);
    const told = first.answer as IndexResult;
    expect([first.status, told.read]).toEqual([0, 7]);
    expect(told.failed.map(({ path, code, sentence }) => [path, code, sentence])).toEqual([
      [shut[0], "file-unreadable", problems["file-unreadable"].sentence],
      [shut[1], "folder-unreadable", problems["folder-unreadable"].sentence],
    ]);
    for (const path of shut) chmodSync(path, 0o755);
    expect((familiar("index", drive).answer as IndexResult).failed).toEqual([]);
    chmodSync(drive, 0o000);
    expect((familiar("index", drive).answer as IndexResult).failed).toEqual([
      { path: drive, code: "folder-unreadable", sentence: problems["folder-unreadable"].sentence },
    ]);
    chmodSync(library, 0o555);
    const { status, answer } = familiar("status");
    expect([status, answer]).toEqual([1, { problem: problemView("library-unwritable", library) }]);
    chmodSync(drive, 0o777);
  });
});
