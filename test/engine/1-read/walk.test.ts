import { appendFile, chmod, mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { identify } from "../../../electron/engine/1-read/identify.ts";
import { walk } from "../../../electron/engine/1-read/walk.ts";
import { asProblem } from "../../../electron/engine/errors.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "familiar-walk-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fill(name: string, files: readonly string[]): Promise<string> {
  const top = join(folder, name);
  for (const file of files) {
    await mkdir(join(top, file, ".."), { recursive: true });
    await writeFile(join(top, file), "x");
  }
  return top;
}
async function all(top: string): Promise<{ readonly found: readonly string[]; readonly told: readonly string[] }> {
  const told: string[] = [];
  const found: string[] = [];
  for await (const file of walk(top, { onProblem: (problem, path) => told.push(`${problem.code} ${path.slice(top.length + 1)}`) })) {
    found.push(file.path.slice(top.length + 1));
  }
  return { found, told };
}
async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "no problem",
    (thrown: unknown) => asProblem(thrown).code,
  );
}

describe("walk", () => {
  it("finds a linked folder's photos where they really are, and those outside through the link", async () => {
    const outside = await fill("outside", ["far.jpg"]);
    const top = await fill("links", ["z/near.jpg"]);
    await symlink(join(top, "z"), join(top, "a-link-inside"));
    await symlink(outside, join(top, "b-link-outside"));
    await symlink(join(top, "nothing"), join(top, "dead.jpg"));
    await symlink(join(top, "self.jpg"), join(top, "self.jpg"));
    expect(await all(top)).toEqual({ found: ["z/near.jpg", "b-link-outside/far.jpg"], told: [] });
  });
  it("takes names of 255 bytes and both Unicode forms, and no ending for a picture's", async () => {
    const long = `${"n".repeat(251)}.jpg`;
    const top = await fill("names", [
      "jpg",
      "readme",
      ".jpg",
      long,
      "ñ.jpeg",
      "n\u0303.jpeg",
      " space .JPG",
      "folder.jpg/in.png",
      "#%20 & [x].webp",
    ]);
    const { found } = await all(top);
    expect(found).toEqual([" space .JPG", "#%20 & [x].webp", "folder.jpg/in.png", long, "n\u0303.jpeg", "ñ.jpeg"]);
  });
  it.skipIf(process.platform !== "linux")("tells of folders and pictures whose names are no text, and of nothing else", async () => {
    const top = await fill("bytes", ["good.jpg"]);
    const raw = (name: string): Buffer => Buffer.concat([Buffer.from(`${top}/`), Buffer.from([0xe9]), Buffer.from(name)]);
    await writeFile(raw(".jpg"), "x");
    await writeFile(raw(".txt"), "x");
    await mkdir(raw(" folder"));
    const { found, told } = await all(top);
    expect(found).toEqual(["good.jpg"]);
    expect(told).toEqual(["file-name-odd \ufffd folder", "file-name-odd \ufffd.jpg"]);
  });
  // The superuser may read everything, so there the rule cannot be seen at work.
  it.skipIf(process.platform === "win32" || process.getuid?.() === 0)("reports a folder it may not look into and goes on", async () => {
    const top = await fill("locked", ["a/x.jpg", "b/y.jpg"]);
    await chmod(join(top, "a"), 0);
    try {
      expect(await all(top)).toEqual({ found: ["b/y.jpg"], told: ["folder-unreadable a"] });
    } finally {
      await chmod(join(top, "a"), 0o700);
    }
  });
  it("says that the folder is gone when it goes away while it is walked", async () => {
    const top = await fill("pulled", ["a.jpg", "b.jpg", "c/d.jpg"]);
    const walking = walk(top, { onProblem: () => undefined });
    expect((await walking.next()).done).toBe(false);
    await rename(top, `${top}-away`);
    const rest = (async () => {
      for await (const _ of walking);
    })();
    expect(await codeOf(rest)).toBe("folder-gone");
  });
  it("gives the same files in the same order each time", async () => {
    const top = await fill("order", ["b.jpg", "B.jpg", "a/2.jpg", "a/10.jpg", "é.jpg", "😀.jpg", "ﬀ.jpg"]);
    const first = await all(top);
    expect(first.found).toEqual(["B.jpg", "a/10.jpg", "a/2.jpg", "b.jpg", "é.jpg", "ﬀ.jpg", "😀.jpg"]);
    expect(await all(top)).toEqual(first);
  });
});

describe("identify", () => {
  it("knows a file by its content", async () => {
    const path = join(folder, "abc");
    await writeFile(path, "abc");
    const { hash, bytes } = await identify(path);
    expect([hash, bytes]).toEqual(["ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3]);
  });
  it("notices that a file is still being written", async () => {
    const path = join(folder, "growing.jpg");
    await writeFile(path, Buffer.alloc(48 << 20));
    const reading = identify(path);
    let going = true;
    const writing = (async () => {
      while (going) await appendFile(path, "more");
    })();
    const code = await codeOf(reading);
    going = false;
    await writing;
    expect(code).toBe("file-changing");
  });
  it("names what cannot be read", async () => {
    expect(await codeOf(identify(join(folder, "never.jpg")))).toBe("file-vanished");
    expect(await codeOf(identify(folder))).toBe("file-not-a-picture");
  });
});
