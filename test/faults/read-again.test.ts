import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import Sqlite from "better-sqlite3";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openEngine, type Engine } from "../../electron/engine/index.ts";
import type { PackManifest } from "../../electron/engine/types.ts";
import { seeded } from "../helpers/synthetic-library.ts";
import { makePhoto } from "./photos-on-disk.ts";

const real = "../shared/goldens/faces/photos/portrait.png";
let dir = "";
let engine: Engine | null = null;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "familiar-again-"));
  mkdirSync(join(dir, "photos"));
  models((manifest) => manifest);
  const file = join(dir, "photos", "one.jpg");
  if (existsSync(real)) await sharp(real).jpeg({ quality: 92 }).toFile(file);
  else await makePhoto(file, seeded(2), 300);
});
afterEach(async () => {
  await engine?.close();
  engine = null;
  rmSync(dir, { recursive: true, force: true });
});

/** A models folder of its own: the real files, and a manifest that says something else of them. */
function models(change: (manifest: PackManifest) => PackManifest): void {
  const own = join(dir, "models");
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own);
  const files = readdirSync("models/onnx").filter((name) => name.endsWith(".onnx"));
  for (const name of files) symlinkSync(resolve("models/onnx", name), join(own, name));
  const manifest = JSON.parse(readFileSync("models/onnx/manifest.json", "utf8")) as PackManifest;
  writeFileSync(join(own, "manifest.json"), JSON.stringify(change(manifest)));
}
const photo = (): string => join(dir, "photos", "one.jpg");
async function open(): Promise<Engine> {
  await engine?.close();
  return (engine = await openEngine({ libraryDir: join(dir, "library"), modelsDir: join(dir, "models"), workers: 1 }));
}
const index = (of: Engine) => of.request("index", { folders: [join(dir, "photos")] });
/** Ids, sources and names of the photo's faces. */
async function faces(of: Engine): Promise<readonly unknown[]> {
  const found = await of.request("faces", { path: photo() });
  return found.toSorted((a, b) => a.id - b.id).map(({ id, source, name, state }) => [id, source, name, state]);
}
/** Vectors of the pack that derived.db holds. */
function vectors(pack: string): number {
  const db = new Sqlite(join(dir, "library", "derived.db"), { readonly: true });
  try {
    return Number(db.prepare("SELECT count(*) FROM embeddings WHERE pack = ?").pluck().get(pack));
  } finally {
    db.close();
  }
}
/** Reads the photo, names what was found and draws two faces more. */
async function live(): Promise<readonly unknown[]> {
  const now = await open();
  await index(now);
  for (const face of await now.request("faces", { path: photo() }))
    await now.request("decide", { kind: "move", payload: { faceIds: [face.id], name: "Ana" } });
  await now.request("decide", { kind: "draw", payload: { path: photo(), box: [0.02, 0.6, 0.2, 0.25], name: "Ben" } });
  await now.request("decide", { kind: "draw", payload: { path: photo(), box: [0.7, 0.7, 0.2, 0.25] } });
  return faces(now);
}
/** Everything holds, and everything has a vector again. */
async function holds(now: Engine, before: readonly unknown[], pack = "mobilefacenet"): Promise<void> {
  expect(await faces(now)).toEqual(before);
  expect(vectors(pack)).toBe(before.length);
  expect((await now.request("history", {})).items.every((entry) => entry.canTakeBack || entry.blocked !== null)).toBe(true);
  expect((await index(now)).read).toBe(0);
}

describe.skipIf(!existsSync("models/onnx/manifest.json"))(
  "read again, faces keep their ids and decisions hold (skipped without models)",
  () => {
    test("by a new version of the detector", async () => {
      const before = await live();
      models((manifest) => ({ ...manifest, detectors: manifest.detectors.map((one) => ({ ...one, version: one.version + 1 })) }));
      const now = await open();
      expect((await index(now)).read).toBe(1);
      await holds(now, before);
    });
    test("by a new version of the pack", async () => {
      const before = await live();
      models((manifest) => ({ ...manifest, embedders: manifest.embedders.map((one) => ({ ...one, version: one.version + 1 })) }));
      const now = await open();
      expect((await index(now)).read).toBe(1);
      await holds(now, before);
    });
    test("with another pack, and back again without reading", async () => {
      const before = await live();
      models((manifest) => ({
        ...manifest,
        embedders: manifest.embedders.flatMap((one) => [one, { ...one, name: "second", title: "Second" }]),
      }));
      const now = await open();
      expect((await now.request("index", { folders: [join(dir, "photos")], pack: "second" })).read).toBe(1);
      await holds(now, before, "second");
      expect((await now.request("index", { folders: [join(dir, "photos")], pack: "mobilefacenet" })).read).toBe(0);
      await holds(now, before);
    });
    test("with small faces looked for", async () => {
      const before = await live();
      const now = await open();
      await now.request("settings.set", { smallFaces: true });
      expect((await index(now)).read).toBe(1);
      // More may be found; nothing that was known changes.
      expect((await faces(now)).slice(0, before.length)).toEqual(before);
    });
    test.each(["lost", "damaged"])("when derived.db is %s", async (how) => {
      const before = await live();
      await engine?.close();
      engine = null;
      const file = join(dir, "library", "derived.db");
      for (const end of ["-wal", "-shm"]) rmSync(file + end, { force: true });
      if (how === "lost") rmSync(file);
      else writeFileSync(file, readFileSync(file).fill(0x5a, 0, 8192));
      const now = await open();
      expect(await faces(now)).toEqual(before);
      expect((await index(now)).read).toBe(1);
      await holds(now, before);
    });
    test("one photo on its page", async () => {
      const before = await live();
      const now = await open();
      const [face] = await now.request("faces", { path: photo() });
      await now.request("photo.readAgain", { photoId: face?.photoId ?? 0 });
      await holds(now, before);
    });
  },
);
