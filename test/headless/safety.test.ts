import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BackupView, ForgetPreview, ForgetResult, RestorePreview, RestoreResult } from "../../electron/contract/safety-views.ts";
import { openKeep } from "../../electron/engine/3-keep/keep.ts";
import { addPhotos, seenFace } from "../helpers/synthetic-library.ts";

const dir = mkdtempSync(join(tmpdir(), "familiar-safety-cli-"));
const library = join(dir, "library");
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(dir, { recursive: true, force: true });
});

interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly said: string;
}
function familiar(at: string, ...args: string[]): Run {
  const run = spawnSync(process.execPath, ["electron/headless/cli.ts", "--library", at, ...args], { encoding: "utf8" });
  return { status: run.status, out: run.stdout, said: run.stderr };
}
function json<T>(...args: string[]): T {
  return JSON.parse(familiar(library, "--json", ...args).out) as T;
}
/** Starts the browser shell in a process of its own; answers when it has printed its address. */
function serving(at: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["electron/headless/cli.ts", "--library", at, "--json", "serve"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  return new Promise((done, fail) => {
    let out = "";
    child.stdout.on("data", (data: Buffer) => {
      out += data.toString();
      if (out.includes("\n")) done(child);
    });
    child.on("exit", (code) => fail(new Error(`exit ${code}: ${out}`)));
  });
}
/** Ends one that was started here, and waits for it. */
async function stop(child: ChildProcess, signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
  child.removeAllListeners("exit");
  const gone = new Promise((done) => child.once("exit", done));
  child.kill(signal);
  await gone;
}

beforeAll(() => {
  const keep = openKeep({ libraryDir: library });
  addPhotos(keep, join(dir, "photos"), [
    { name: "a.jpg", hash: "A", faces: [seenFace([0.1, 0.1, 0.2, 0.3], null), seenFace([0.5, 0.1, 0.2, 0.3], null)] },
  ]);
  keep.close();
});

describe("the command line", () => {
  it("makes a copy, says what putting it back would change, puts it back, and takes that back", () => {
    json("decide", "move", '{"faceIds":[1],"name":"Ana"}');
    const { id } = json<BackupView>("backup");
    json("decide", "move", '{"faceIds":[2],"name":"Ben"}');
    // The first opening after a decision made the day's own copy.
    expect(json<BackupView[]>("backups")).toMatchObject([{ id, good: true, people: 1, decisions: 1 }, { reason: "daily" }]);
    expect(familiar(library, "backups").out).toContain("1 person, 1 decision");
    expect(json<RestorePreview>("restore", id, "--preview")).toMatchObject({ namesGone: ["Ben"], decisionsGone: 1 });
    expect(familiar(library, "restore", id, "--preview").out).toContain("Names that go: Ben.");
    const { kept } = json<RestoreResult>("restore", id);
    expect(json<{ name: string }[]>("people").map(({ name }) => name)).toEqual(["Ana"]);
    json("restore", kept?.id ?? "");
    expect(
      json<{ name: string }[]>("people")
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(["Ana", "Ben"]);
    expect(json("restore", "nonsense")).toMatchObject({ problem: { code: "bad-request" } });
  });

  it("says in a sentence how to go on from a damaged catalogue, and goes on", () => {
    const catalog = join(library, "catalog.db");
    writeFileSync(catalog, "x".repeat(5_000));
    const { status, said, out } = familiar(library, "status");
    expect([status, out]).toEqual([1, ""]);
    expect(said).toMatch(/The copy of .* is complete: \d (people|person), \d decisions?\./u);
    expect(said).toContain('"familiar restore" puts the newest good one in its place.');
    expect(familiar(library, "backups").status).toBe(0);
    expect(json<RestoreResult>("restore").setAside).toContain("set aside");
    expect(json("status")).toMatchObject({ photos: 1 });
  });

  it("starts empty only as a last resort, and when it is told twice", () => {
    const lost = join(dir, "lost");
    openKeep({ libraryDir: lost }).close();
    expect(familiar(lost, "start-empty", "--yes").said).toContain("This catalogue is whole. Nothing was done.");
    writeFileSync(join(lost, "catalog.db"), "x".repeat(5_000));
    expect(familiar(lost, "status").said).toContain('"familiar start-empty" says what is left to do.');
    expect(familiar(lost, "start-empty").out).toContain("Nothing was done yet: say --yes to do it.");
    expect(familiar(lost, "status").status).toBe(1);
    expect(familiar(lost, "start-empty", "--yes").out).toContain("An empty catalogue is in place.");
    expect(familiar(lost, "status").status).toBe(0);
    expect(readdirSync(lost).some((name) => name.startsWith("catalog set aside"))).toBe(true);
  });

  it("forgets only when it is told twice, and says what it did", () => {
    expect(json("forget")).toMatchObject({ problem: { code: "bad-request" } });
    expect(json("forget", "--person", "Nobody")).toMatchObject({ problem: { code: "person-not-found" } });
    expect(json<ForgetPreview>("forget", "--person", "ana")).toMatchObject({ name: "Ana", faces: 1 });
    expect(familiar(library, "forget", "--person", "Ana").out).toContain("Nothing was done yet: say --yes");
    expect(json<{ name: string }[]>("people").map(({ name }) => name)).toContain("Ana");
    const gone = json<ForgetResult>("forget", "--person", "Ana", "--yes");
    expect(gone).toMatchObject({ name: "Ana", backupsLeft: 0 });
    expect(json<{ name: string }[]>("people").map(({ name }) => name)).not.toContain("Ana");
    expect(familiar(library, "forget", "--all", "--yes").out).toContain("Your photos are as they were.");
    expect(json("status")).toMatchObject({ photos: 0, faces: 0, people: 0, folders: [] });
    expect(existsSync(join(library, "backups")) ? readdirSync(join(library, "backups")) : []).toEqual([]);
  });
});

describe("one at a time", () => {
  it("refuses a second process on the same library kindly, whatever it wants, and lets one on another in", async () => {
    const first = await serving(library);
    const words = "This library is open in another copy of Familiar. Close the other copy, or choose another library.";
    for (const verb of [["status"], ["serve"], ["restore"], ["forget", "--all", "--yes"]]) {
      const { status, said } = familiar(library, ...verb);
      expect([verb[0], status, said.includes(words)]).toEqual([verb[0], 1, true]);
    }
    const second = await serving(join(dir, "another library"));
    await stop(second);
    await stop(first);
    expect(familiar(library, "status").status).toBe(0);
  });

  it("is not shut out by a process that was killed", async () => {
    const child = await serving(library);
    await stop(child, "SIGKILL");
    expect(familiar(library, "status").status).toBe(0);
  });
});
