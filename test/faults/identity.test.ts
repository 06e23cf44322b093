import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openEngine, type Engine } from "../../electron/engine/index.ts";
import { seeded } from "../helpers/synthetic-library.ts";
import { identityCases } from "./identity-cases.ts";
import { makeScene } from "./photos-on-disk.ts";

const real = "../shared/goldens/faces/photos/portrait.png";
const hasReal = existsSync(real);
const dir = mkdtempSync(join(tmpdir(), "familiar-identity-"));
const root = join(dir, "photos");
const at = (path: string): string => join(root, path);
let engine: Engine;
const random = seeded(11);
const drive = (name: string): string => join(elsewhere, name);
/** Another file system, so that a link to it is a drive of its own. */
const elsewhere = existsSync("/dev/shm") ? mkdtempSync("/dev/shm/familiar-drives-") : "";
const rows: string[] = [];
const cases = identityCases({ at, drive, read, readAgain, hasReal });

async function read(): Promise<void> {
  await engine.request("index", { folders: [root] });
}
async function readAgain(path: string): Promise<void> {
  const [face] = await engine.request("faces", { path: at(path) });
  await engine.request("photo.readAgain", { photoId: face?.photoId ?? 0 });
}
async function make(path: string, index: number): Promise<void> {
  const [top = ""] = path.split("/");
  if (top.startsWith("drive ") && !existsSync(at(top))) {
    mkdirSync(drive(top), { recursive: true });
    symlinkSync(drive(top), at(top));
  }
  mkdirSync(dirname(at(path)), { recursive: true });
  if (!hasReal) return makeScene(at(path), random);
  const patch = await sharp({
    create: { width: 24, height: 24, channels: 3, background: { r: (index * 37) % 256, g: (index * 91) % 256, b: (index * 53) % 256 } },
  })
    .png()
    .toBuffer();
  await sharp(real)
    .composite([{ input: patch, left: 4, top: 4 }])
    .jpeg({ quality: 92 })
    .toFile(at(path));
}

beforeAll(async () => {
  mkdirSync(root, { recursive: true });
  const usable = cases.filter((one) => elsewhere !== "" || !one.before.some((path) => path.startsWith("drive ")));
  for (const [index, path] of usable.flatMap((one) => one.before).entries()) await make(path, index);
  const when = new Date("2020-01-01T00:00:00Z");
  for (const path of ["e/one.jpg", "e/two.jpg"]) utimesSync(at(path), when, when);
  if (statSync(at("e/one.jpg")).size !== statSync(at("e/two.jpg")).size) padTo(at("e/one.jpg"), at("e/two.jpg"), when);
  engine = await openEngine({ libraryDir: join(dir, "library"), modelsDir: "models/onnx", workers: 1 });
  await read();
  for (const one of usable) {
    for (const [index, path] of one.before.entries()) {
      const seen = (await engine.request("faces", { path: at(path) })).toSorted((a, b) => b.box[2] - a.box[2])[0];
      if (seen) await engine.request("decide", { kind: "move", payload: { faceIds: [seen.id], name: `Seen ${one.name} ${index}` } });
      await engine.request("decide", {
        kind: "draw",
        payload: { path: at(path), box: [0.02, 0.6, 0.2, 0.25], name: `Drawn ${one.name} ${index}` },
      });
    }
  }
  for (const one of usable) await one.change();
  await read();
}, 600_000);
afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
  if (elsewhere !== "") rmSync(elsewhere, { recursive: true, force: true });
  if (process.env["SHOW_TABLE"] !== undefined)
    console.log(["| what was done | seen | drawn | |", "| --- | --- | --- | --- |", ...rows].join("\n"));
});

/** Same size for both, so that nothing but what they hold tells them apart. */
function padTo(a: string, b: string, when: Date): void {
  const [small, large] = statSync(a).size < statSync(b).size ? [a, b] : [b, a];
  appendFileSync(small, Buffer.alloc(statSync(large).size - statSync(small).size));
  for (const file of [a, b]) utimesSync(file, when, when);
}

describe.skipIf(!existsSync("models/onnx/manifest.json"))("names follow the photo (skipped without models)", () => {
  test.each(cases)("$name", async (one) => {
    if (elsewhere === "" && one.before.some((path) => path.startsWith("drive "))) return;
    for (const [index, path] of one.after.entries()) {
      const which = one.before.length > 1 ? index : 0;
      const faces = await engine.request("faces", { path: at(path) });
      const names = faces.map((face) => face.name);
      const [seen, drawn] = [names.includes(`Seen ${one.name} ${which}`), names.includes(`Drawn ${one.name} ${which}`)];
      rows.push(
        `| ${one.name} | ${hasReal ? (seen ? "follows" : "LOST") : "–"} | ${drawn ? "follows" : one.drawnStays === false ? "stays with the old content" : "LOST"} | |`,
      );
      if (hasReal) expect(names, path).toContain(`Seen ${one.name} ${which}`);
      if (one.drawnStays !== false) expect(names, path).toContain(`Drawn ${one.name} ${which}`);
      // A drawn face stayed with the old content, and there is no other here.
      if (faces.length === 0 && !hasReal && one.drawnStays === false) continue;
      const photo = await engine.request("photo.get", { photoId: faces[0]?.photoId ?? 0 });
      expect(photo.offline, path).toBe(one.offline === true);
      // It can be looked at, whether or not its drive is there.
      expect((await engine.request("picture", { of: "photo", id: photo.id, size: "thumb" })).bytes.length).toBeGreaterThan(100);
      for (const face of faces) expect((await engine.request("picture", { of: "face", id: face.id })).bytes.length).toBeGreaterThan(100);
    }
  });
});
