import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openKeep } from "../../../electron/engine/3-keep/keep.ts";
import { openEngine } from "../../../electron/engine/index.ts";
import { addPhotos, seeded, seenFace, vectorNear } from "../../helpers/synthetic-library.ts";
import { plansWithTiny, writeTinyModels } from "../../helpers/tiny-pack.ts";

const dir = mkdtempSync(join(tmpdir(), "familiar-calibrate-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A library read with the built-in pack, whose faces another pack knows too: three people in each photo, of twenty. */
function makeLibrary(libraryDir: string, photos: number): void {
  const random = seeded(5);
  const people = Array.from({ length: 20 }, () => ({ now: vectorNear(random, 192), other: vectorNear(random, 24) }));
  const keep = openKeep({ libraryDir });
  const whoIn = Array.from({ length: photos }, (_, at) =>
    [at % 20, (at * 7 + 3) % 20, (at * 11 + 8) % 20].filter((who, i, all) => all.indexOf(who) === i),
  );
  const kept = keep.batch(() =>
    addPhotos(
      keep,
      "/pictures",
      whoIn.map((who, at) => ({
        name: `${at}.jpg`,
        hash: `hash ${at}`,
        faces: who.map((one, place) => ({
          ...seenFace([0.05 + 0.3 * place, 0.2, 0.2, 0.3], vectorNear(random, 192, people[one]?.now)),
          norm: 80,
        })),
      })),
      { embedder: "mobilefacenet", embedderVersion: 1 },
    ),
  );
  for (const [at, { photoId, faceIds }] of kept.entries())
    keep.packs.keep(
      { from: "mobilefacenet", to: "tiny", version: 1 },
      faceIds.map((faceId, place) => ({
        faceId,
        vector: vectorNear(random, 24, people[whoIn[at]?.[place] ?? 0]?.other),
        norm: 1 + random(),
      })),
      photoId,
    );
  keep.openGrouping();
  keep.close();
}

describe.skipIf(!existsSync("models/onnx/manifest.json"))("a pack without a table (skipped without models)", () => {
  const modelsDir = join(dir, "models");

  it("is measured on pairs inside one photo, used then, and known as measured after a restart", async () => {
    writeTinyModels(modelsDir, false);
    const libraryDir = join(dir, "large");
    makeLibrary(libraryDir, 400);
    let engine = await openEngine({ libraryDir, modelsDir, workers: 1, plans: plansWithTiny });
    const tiny = async () => (await engine.request("packs.list", {})).find((one) => one.name === "tiny");
    await expect.poll(async () => (await engine.request("people.list", { show: "unnamed" })).total, { timeout: 30_000 }).toBe(20);
    const [first] = (await engine.request("people.list", { show: "unnamed" })).items;
    await engine.request("decide", { kind: "name", payload: { personId: first?.id ?? 0, name: "Ana" } });
    expect(await tiny()).toMatchObject({ calibrated: false, usable: true });
    await engine.request("packs.use", { name: "tiny" });
    await expect.poll(async () => (await engine.request("status", {})).pack, { timeout: 30_000 }).toBe("tiny");
    expect(await tiny()).toMatchObject({ calibrated: true, usable: true, inUse: true });
    await engine.close();
    engine = await openEngine({ libraryDir, modelsDir, workers: 1, plans: plansWithTiny });
    expect(await tiny()).toMatchObject({ calibrated: true, inUse: true });
    const { items } = await engine.request("people.list", { show: "named" });
    expect(items.map((person) => [person.name, person.confirmed])).toEqual([["Ana", first?.faces]]);
    await engine.close();
  });

  it("is refused where too few photos show several people, and says so", async () => {
    writeTinyModels(join(dir, "models too"), false);
    const libraryDir = join(dir, "small");
    makeLibrary(libraryDir, 30);
    const engine = await openEngine({ libraryDir, modelsDir: join(dir, "models too"), workers: 1, plans: plansWithTiny });
    expect((await engine.request("packs.list", {})).find((one) => one.name === "tiny")).toMatchObject({ calibrated: false, usable: false });
    await expect(engine.request("packs.use", { name: "tiny" })).rejects.toMatchObject({
      code: "pack-uncalibrated",
      sentence: expect.stringContaining("too few that show several people") as string,
    });
    expect((await engine.request("status", {})).pack).toBe("mobilefacenet");
    await engine.close();
  });
});
