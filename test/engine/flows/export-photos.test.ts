import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { openEngine, type Engine } from "../../../electron/engine/index.ts";

const home = mkdtempSync(join(tmpdir(), "familiar-export-"));
const photos = join(home, "Photos");
let into = "";
let engine: Engine;
let before = "";

/** Names, sizes, times and bytes of everything in the photos' folder. */
function everything(): string {
  return readdirSync(photos, { recursive: true, encoding: "utf8" })
    .toSorted()
    .map((name) => {
      const { size, mtimeMs, mode } = statSync(join(photos, name));
      return `${name} ${size} ${mtimeMs} ${mode}`;
    })
    .join("\n");
}
async function plain(path: string, colour: string): Promise<void> {
  await sharp({ create: { width: 64, height: 48, channels: 3, background: colour } })
    .jpeg()
    .toFile(path);
}

beforeAll(async () => {
  for (const folder of ["One", "Two"]) mkdirSync(join(photos, folder), { recursive: true });
  await plain(join(photos, "One", "2019-07-01 a.jpg"), "red");
  await plain(join(photos, "Two", "2019-07-01 a.jpg"), "green");
  await plain(join(photos, "Two", "2020-05-04 b.jpg"), "blue");
  engine = await openEngine({ libraryDir: join(home, "library"), modelsDir: "models/onnx", workers: 1 });
  expect((await engine.request("index", { folders: [photos] })).photos).toBe(3);
  before = everything();
});
beforeEach(() => {
  into = mkdtempSync(join(home, "out-"));
});
afterAll(async () => {
  await engine.close();
  rmSync(home, { recursive: true, force: true });
});

it("writes copies: the same bytes, the same time, and a number where a name is taken", async () => {
  const told = await engine.request("photos.export", { query: {}, into, how: "copy" });
  expect(told).toMatchObject({ total: 3, written: 3, already: 0, failed: [], stopped: null });
  expect(readdirSync(into).toSorted()).toEqual(["2019-07-01 a (2).jpg", "2019-07-01 a.jpg", "2020-05-04 b.jpg"]);
  const from = join(photos, "Two", "2020-05-04 b.jpg");
  expect(readFileSync(join(into, "2020-05-04 b.jpg")).equals(readFileSync(from))).toBe(true);
  expect(Math.abs(statSync(join(into, "2020-05-04 b.jpg")).mtimeMs - statSync(from).mtimeMs)).toBeLessThan(2);
  const again = await engine.request("photos.export", { query: {}, into, how: "copy" });
  expect([again.written, again.already]).toEqual([0, 3]);
  expect(readdirSync(into)).toHaveLength(3);
  expect(everything()).toBe(before);
});

it("never writes over somebody's file", async () => {
  writeFileSync(join(into, "2020-05-04 b.jpg"), "mine");
  const told = await engine.request("photos.export", { query: { from: "2020" }, into, how: "copy" });
  expect([told.total, told.written]).toEqual([1, 1]);
  expect(readFileSync(join(into, "2020-05-04 b.jpg"), "utf8")).toBe("mine");
  expect(existsSync(join(into, "2020-05-04 b (2).jpg"))).toBe(true);
});

it.skipIf(process.platform === "win32")("makes links that lead to the photos, once", async () => {
  const told = await engine.request("photos.export", { query: { to: "2019" }, into, how: "link" });
  expect(told.written).toBe(2);
  const name = join(into, "2019-07-01 a.jpg");
  expect(lstatSync(name).isSymbolicLink()).toBe(true);
  expect(readlinkSync(name).startsWith(photos)).toBe(true);
  expect((await engine.request("photos.export", { query: { to: "2019" }, into, how: "link" })).already).toBe(2);
  expect(everything()).toBe(before);
});

it("goes page by page in the asked order, into a new folder whose name every system can have", async () => {
  const name = "Ana: summer/2019?";
  const first = await engine.request("photos.export", { query: {}, sort: "oldest", into, newFolder: name, how: "copy", limit: 2 });
  expect([first.total, first.written]).toEqual([3, 2]);
  expect(readdirSync(into)).toEqual(["Ana- summer-2019-"]);
  expect(readdirSync(first.into).toSorted()).toEqual(["2019-07-01 a (2).jpg", "2019-07-01 a.jpg"]);
  const second = await engine.request("photos.export", {
    query: {},
    sort: "oldest",
    into,
    newFolder: name,
    how: "copy",
    offset: 2,
    limit: 2,
  });
  expect([second.into, second.written]).toEqual([first.into, 1]);
});

it("writes chosen photos in the order they were chosen, a page at a time, whatever a search would find", async () => {
  const { items, total } = await engine.request("photos.ids", { sort: "oldest" });
  expect([total, items.length]).toEqual([3, 3]);
  expect((await engine.request("photos.ids", { query: { from: "2020" } })).items).toEqual(items.slice(2));
  expect((await engine.request("photos.list", {})).items.map((photo) => photo.id)).toEqual((await engine.request("photos.ids", {})).items);
  const photoIds = items.toReversed().slice(0, 2);
  const first = await engine.request("photos.export", { photoIds, into, how: "copy", limit: 1 });
  expect([first.total, first.written, readdirSync(into)]).toEqual([2, 1, ["2020-05-04 b.jpg"]]);
  const gone = await engine.request("photos.export", { photoIds: [999_999], into, how: "copy" });
  expect(gone.failed).toMatchObject([{ problem: { code: "file-vanished" } }]);
});

it("says where photos are, in the order asked for, and leaves out what nobody has", async () => {
  const { items } = await engine.request("photos.ids", { sort: "oldest" });
  const [last, first] = [items.at(-1) ?? 0, items[0] ?? 0];
  const paths = await engine.request("photos.paths", { photoIds: [last, 999_999, first] });
  expect(paths[0]).toBe(join(photos, "Two", "2020-05-04 b.jpg"));
  expect(paths).toHaveLength(2);
});

it("refuses the folders it reads, what is no folder, and what is not there", async () => {
  const run = (path: string) => engine.request("photos.export", { query: {}, into: path, how: "copy" });
  await expect(run(photos)).rejects.toMatchObject({ code: "folder-watched" });
  await expect(run(join(photos, "Two"))).rejects.toMatchObject({ code: "folder-watched" });
  await expect(run(join(home, "nowhere"))).rejects.toMatchObject({ code: "folder-gone" });
  writeFileSync(join(into, "a file"), "");
  await expect(run(join(into, "a file"))).rejects.toMatchObject({ code: "folder-not-a-folder" });
  expect(everything()).toBe(before);
});

it("says that it may not write there, and tells a photo that is gone while the rest goes on", async () => {
  if (process.getuid?.() !== 0 && process.platform !== "win32") {
    chmodSync(into, 0o500);
    await expect(engine.request("photos.export", { query: {}, into, how: "copy" })).rejects.toMatchObject({ code: "folder-unwritable" });
    chmodSync(into, 0o700);
  }
  const gone = join(photos, "Two", "2020-05-04 b.jpg");
  const bytes = readFileSync(gone);
  const { atime, mtime } = statSync(gone);
  rmSync(gone);
  const told = await engine.request("photos.export", { query: {}, into, how: "copy" });
  expect(told.written).toBe(2);
  expect(told.failed).toMatchObject([{ path: gone, problem: { code: "file-vanished" } }]);
  writeFileSync(gone, bytes);
  const { utimesSync } = await import("node:fs");
  utimesSync(gone, atime, mtime);
});

it("suggests folders and reads how many faces and where", async () => {
  const { folders, places } = await engine.request("search.suggest", { text: "tw" });
  expect(folders).toEqual([{ path: join(photos, "Two"), photos: 2 }]);
  expect(places).toEqual([]);
  expect((await engine.request("search.suggest", { text: "" })).folders[0]).toEqual({ path: photos, photos: 3 });
  expect((await engine.request("search", { query: { facesAtLeast: 1 } })).total).toBe(0);
  expect((await engine.request("search", { query: { near: { latitude: 0, longitude: 0, km: 10 } } })).total).toBe(0);
  const oldest = await engine.request("search", { query: {}, sort: "oldest" });
  expect(oldest.items.map((photo) => photo.takenAt?.slice(0, 4))).toEqual(["2019", "2019", "2020"]);
});
