import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PackAccuracyView, ProgressView } from "../../../electron/contract/views.ts";
import { openEngine, type Engine } from "../../../electron/engine/index.ts";
import { openKeep } from "../../../electron/engine/3-keep/keep.ts";
import { writePeople } from "../../dist/real-people.ts";
import { addPhotos, seeded, seenFace, vectorNear } from "../../helpers/synthetic-library.ts";
import { plansWithTiny, writeTinyModels } from "../../helpers/tiny-pack.ts";

/** Changing the pack on real photographs, from the built-in one to a tiny one made here, and back. */
const dir = mkdtempSync(join(tmpdir(), "familiar-change-"));
const [libraryDir, modelsDir, photos] = [join(dir, "library"), join(dir, "models"), join(dir, "photos")];
let engine: Engine;
let steps: ProgressView[] = [];

async function open(): Promise<void> {
  engine = await openEngine({ libraryDir, modelsDir, workers: 1, plans: plansWithTiny });
  engine.onEvent((name, payload) => {
    if (name === "progress" && "phase" in payload) steps.push(payload);
  });
}
beforeAll(async () => {
  writeTinyModels(modelsDir);
  await writePeople(photos, 3);
  await open();
  await engine.request("index", { folders: [photos] });
  const { items } = await engine.request("people.list", { show: "unnamed" });
  for (const [at, card] of items.slice(0, 3).entries())
    await engine.request("decide", { kind: "name", payload: { personId: card.id, name: ["Ana", "Ben", "Cleo"][at] ?? "" } });
}, 120_000);
afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

const pack = async (name: string) => (await engine.request("packs.list", {})).find((one) => one.name === name);
/** How many vectors and read photos of a pack there are. */
function kept(name: string): { readonly vectors: number; readonly seen: number } {
  const db = new Sqlite(join(libraryDir, "derived.db"), { readonly: true });
  try {
    const count = (sql: string) => Number(db.prepare(sql).pluck().get(name));
    return {
      vectors: count("SELECT count(*) FROM embeddings WHERE pack = ?"),
      seen: count("SELECT count(*) FROM seen WHERE embedder = ?"),
    };
  } finally {
    db.close();
  }
}
/** Who is confirmed to be whom. */
async function decided(): Promise<readonly unknown[]> {
  const faces = await engine.request("faces", {});
  return faces
    .filter((face) => face.state === "confirmed")
    .map(({ id, name, box }) => [id, name, ...box])
    .toSorted((a, b) => Number(a[0]) - Number(b[0]));
}
/** Chooses a pack and pauses when a photo has been read with it: what is in hand is read too, the rest waits. */
async function halfWay(name: string): Promise<void> {
  const before = kept(name).seen;
  await engine.request("packs.use", { name });
  await expect.poll(() => kept(name).seen, { interval: 2, timeout: 30_000 }).toBeGreaterThan(before);
  await engine.request("scan.pause", {});
}
const rests = () => expect.poll(async () => (await engine.request("status", {})).progress.phase, { timeout: 60_000 }).toBe("idle");

describe.skipIf(!existsSync("models/onnx/manifest.json"))("another pack (skipped without models)", () => {
  it("is made ready while the one in use serves, and can be given up", async () => {
    const before = kept("mobilefacenet");
    await halfWay("tiny");
    expect(await pack("tiny")).toMatchObject({ inUse: false, coming: true });
    expect(await engine.request("status", {})).toMatchObject({ pack: "mobilefacenet", progress: { phase: "paused" } });
    const some = kept("tiny");
    expect(some.seen).toBeGreaterThan(0);
    expect(some.seen).toBeLessThan(before.seen);
    // All of it is answered with the old vectors.
    const { faces } = await engine.request("who", { path: join(photos, "1-1.jpg") });
    expect(faces.flatMap((face) => face.likely ?? []).map((one) => one.name)).toContain("Ana");
    const [first] = (await engine.request("people.list", { show: "named" })).items;
    expect((await engine.request("person.suggestions", { personId: first?.id ?? 0 })).total).toBeGreaterThanOrEqual(0);
    expect((await engine.request("settings.get", {})).pack).toBe("mobilefacenet");

    await engine.request("packs.use", { name: "mobilefacenet" });
    expect(await pack("tiny")).toMatchObject({ inUse: false, coming: false });
    await rests();
    expect(kept("mobilefacenet")).toEqual(before);
  });

  it("is gone on with after a restart by itself, from where it was, and then used at once; decisions hold", async () => {
    const before = await decided();
    expect(before.length).toBeGreaterThan(0);
    await halfWay("tiny");
    await engine.close();
    const some = kept("tiny");
    steps = [];
    await open();
    await expect.poll(async () => (await engine.request("status", {})).pack, { timeout: 60_000 }).toBe("tiny");
    const first = steps.find(({ phase }) => phase === "changing");
    expect(first?.done).toBeGreaterThanOrEqual(2);
    expect(first?.total).toBeGreaterThan(first?.done ?? 0);
    await rests();
    const all = kept("tiny");
    expect(all.vectors).toBeGreaterThan(some.vectors);
    expect(all).toEqual(kept("mobilefacenet"));
    expect(await pack("tiny")).toMatchObject({ inUse: true, coming: false });
    expect(await decided()).toEqual(before);
    expect((await engine.request("index", { folders: [photos] })).read).toBe(0);
    const { faces } = await engine.request("who", { path: join(photos, "1-1.jpg") });
    expect(faces.flatMap((face) => face.likely ?? []).map((one) => one.name)).toContain("Ana");
  });

  it("goes back at once: nothing is read again, and what is new since is", async () => {
    const before = await decided();
    steps = [];
    await engine.request("packs.use", { name: "mobilefacenet" });
    expect(await engine.request("status", {})).toMatchObject({ pack: "mobilefacenet" });
    await rests();
    expect(steps.filter(({ phase, total }) => (phase === "changing" || phase === "reading") && total > 0)).toEqual([]);
    expect(await decided()).toEqual(before);
    // A face that only one of them knows.
    const spot = { path: join(photos, "2-1.jpg"), box: [0.02, 0.02, 0.2, 0.25] as [number, number, number, number] };
    await engine.request("decide", { kind: "draw", payload: { ...spot, name: "Dora" } });
    expect(kept("mobilefacenet").vectors).toBe(kept("tiny").vectors + 1);
    expect((await engine.request("index", { folders: [photos], pack: "tiny" })).read).toBe(0);
    expect(kept("mobilefacenet").vectors).toBe(kept("tiny").vectors);
    await engine.request("packs.use", { name: "mobilefacenet" });
    expect(await engine.request("status", {})).toMatchObject({ pack: "mobilefacenet" });
  });

  it("is not used where the drive went away half-way; what is in use goes on, and so does the change when the drive is back", async () => {
    await engine.close();
    const db = new Sqlite(join(libraryDir, "derived.db"));
    db.exec("DELETE FROM embeddings WHERE pack = 'tiny'; DELETE FROM seen WHERE embedder = 'tiny'");
    db.close();
    await open();
    renameSync(photos, `${photos} away`);
    await engine.request("packs.use", { name: "tiny" });
    const phase = async () => (await engine.request("status", {})).progress.phase;
    await expect.poll(phase).toBe("stopped");
    expect(await engine.request("status", {})).toMatchObject({ pack: "mobilefacenet", progress: { problem: { kind: "transient" } } });
    expect(await pack("tiny")).toMatchObject({ inUse: false, coming: true });
    renameSync(`${photos} away`, photos);
    await engine.request("scan.resume", {});
    await expect.poll(async () => (await engine.request("status", {})).pack, { timeout: 60_000 }).toBe("tiny");
    await rests();
    expect(kept("tiny").vectors).toBe(kept("mobilefacenet").vectors);
    await engine.request("packs.use", { name: "mobilefacenet" });
    await rests();
  });

  it("is refused where it cannot group or is not there, and a wish that nothing can come of is dropped and told", async () => {
    await expect(engine.request("packs.use", { name: "nonsense" })).rejects.toMatchObject({ code: "not-found" });
    await engine.close();
    rmSync(modelsDir, { recursive: true });
    writeTinyModels(modelsDir, false);
    const db = new Sqlite(join(libraryDir, "catalog.db"));
    db.prepare("INSERT OR REPLACE INTO settings VALUES ('coming-pack', '\"tiny\"')").run();
    db.close();
    await open();
    const told = new Promise((done) => engine.onEvent((name, payload) => name === "problem" && "code" in payload && done(payload.code)));
    expect(await told).toBe("pack-uncalibrated");
    expect(await pack("tiny")).toMatchObject({ coming: false, calibrated: false });
    await expect(engine.request("packs.use", { name: "tiny" })).rejects.toMatchObject({ code: "pack-uncalibrated" });
    await rests();
  });
});

describe.skipIf(!existsSync("models/onnx/manifest.json"))("a pack measured here (skipped without models)", () => {
  it("says how long a face takes, and that there are too few confirmed faces to say more", async () => {
    const list = await engine.request("packs.measure", { name: "tiny" });
    const measured = list.find((one) => one.name === "tiny");
    expect(measured?.speed?.milliseconds).toBeGreaterThan(0);
    expect(measured?.speed?.provider).toBe("cpu");
    expect(measured?.accuracy).toMatchObject({ share: null });
    // The one in use was timed when it first read something, and both are remembered.
    await engine.close();
    await open();
    expect((await pack("mobilefacenet"))?.speed?.milliseconds).toBeGreaterThan(0);
    expect(await pack("tiny")).toEqual(measured);
    await expect(engine.request("packs.measure", { name: "nonsense" })).rejects.toMatchObject({ code: "not-found" });
  });

  it("says how well it tells confirmed people apart, from the vectors there are", async () => {
    const random = seeded(3);
    const measured = async (spread: (centre: Float32Array) => Float32Array): Promise<PackAccuracyView | null> => {
      const own = mkdtempSync(join(dir, "planted-"));
      const keep = openKeep({ libraryDir: own });
      const centres = Array.from({ length: 12 }, () => vectorNear(random, 24));
      const photosOf = centres.flatMap((centre, person) =>
        Array.from({ length: 8 }, (_, at) => ({
          name: `${person}-${at}.jpg`,
          hash: `${person} ${at}`,
          faces: [seenFace([0.4, 0.4, 0.2, 0.2], spread(centre))],
        })),
      );
      const kept = addPhotos(keep, "/planted", photosOf, { embedder: "tiny", embedderVersion: 1 });
      keep.close();
      const planted = await openEngine({ libraryDir: own, modelsDir, workers: 1, plans: plansWithTiny });
      for (const person of centres.keys()) {
        const faceIds = kept.slice(8 * person, 8 * person + 8).flatMap((photo) => photo.faceIds);
        await planted.request("decide", { kind: "move", payload: { faceIds, name: `Person ${person}` } });
      }
      const list = await planted.request("packs.measure", { name: "tiny" });
      await planted.close();
      return list.find((one) => one.name === "tiny")?.accuracy ?? null;
    };
    const sharp = await measured((centre) => centre.map((value) => value * 0.98 + 0.001));
    expect(sharp).toMatchObject({ share: 1, people: 12, faces: 96, same: 336, different: 4224 });
    const blind = await measured(() => vectorNear(random, 24));
    expect(blind?.share).toBeLessThan(0.05);
  });
});
