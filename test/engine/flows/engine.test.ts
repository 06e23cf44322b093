import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DecisionResult } from "../../../electron/contract/views.ts";
import { openEngine, type Engine } from "../../../electron/engine/index.ts";

const photos = "../shared/goldens/faces/photos";
const library = mkdtempSync(join(tmpdir(), "familiar-engine-"));

describe.skipIf(!existsSync(photos))("one engine, many requests (skipped without the real photographs)", () => {
  let engine: Engine;
  const decide = (kind: "name" | "draw" | "reject" | "move" | "confirm", payload: unknown): Promise<DecisionResult> =>
    engine.request("decide", { kind, payload });
  beforeAll(async () => {
    engine = await openEngine({ libraryDir: library, modelsDir: "models/onnx", workers: 1 });
    const told = await engine.request("index", { folders: [photos] });
    expect([told.photos, told.failed]).toEqual([12, []]);
  });
  afterAll(async () => {
    await engine.close();
    rmSync(library, { recursive: true, force: true });
  });

  it("answers decision after decision, each with a grouping, also when several come at once", async () => {
    const groups = (await engine.request("people.list", { show: "unnamed" })).items;
    expect(groups.length).toBeGreaterThan(2);
    const [a, b, c] = groups;
    if (!a || !b || !c) throw new Error("too few groups");
    expect((await decide("name", { personId: a.id, name: "Ana" })).changed).toBe(a.faces);
    await Promise.all([decide("name", { personId: b.id, name: "Ben" }), decide("name", { personId: c.id, name: "Cleo" })]);
    await engine.request("undo", {});
    await engine.request("redo", {});
    const named = (await engine.request("people.list", { show: "named", sort: "name" })).items;
    expect(named.map((person) => person.name)).toEqual(["Ana", "Ben", "Cleo"]);
  });

  it("gives a face that is nobody's to somebody new, and takes it back", async () => {
    const lone = (await engine.request("faces", {})).find((face) => face.personId === null);
    if (!lone) throw new Error("every face has a person");
    const moved = await decide("move", { faceIds: [lone.id], name: " Dora " });
    expect(moved.sentence).toContain("Dora");
    const [face] = (await engine.request("faces", { path: lone.path })).filter((one) => one.id === lone.id);
    expect([face?.name, face?.state]).toEqual(["Dora", "confirmed"]);
    await engine.request("undo", {});
    expect((await engine.request("faces", { path: lone.path })).find((one) => one.id === lone.id)?.personId).toBeNull();
  });

  it("embeds a drawn face at once and can say why it is there", async () => {
    const tiles = (await engine.request("photos.list", {})).items;
    const tile = tiles.find((photo) => photo.path.endsWith("portrait.png"));
    if (!tile) throw new Error("the portrait is missing");
    const known = (await engine.request("photo.get", { photoId: tile.id })).faceList[0];
    if (!known) throw new Error("the portrait has no face");
    await decide("draw", { photoId: tile.id, box: known.box, name: "Eve" });
    const drawn = (await engine.request("photo.get", { photoId: tile.id })).faceList.find((face) => face.source === "drawn");
    expect(drawn?.name).toBe("Eve");
    const why = await engine.request("face.why", { faceId: drawn?.id ?? 0 });
    expect(why.rule).toBe("drawn");
    const picture = await engine.request("picture", { of: "face", id: drawn?.id ?? 0 });
    expect([picture.type, picture.bytes.length > 500]).toEqual(["image/webp", true]);
  });

  it("knows two photos of one person from two of different people", async () => {
    const [actor, again, other] = ["actor", "actor-2", "actress"].map((name) => join(photos, `${name}.png`));
    const same = await engine.request("verify", { a: actor ?? "", b: actor ?? "" });
    const different = await engine.request("verify", { a: again ?? "", b: other ?? "" });
    expect([same.same, different.same]).toEqual([true, false]);
    expect(different.falseAcceptRate).toBeGreaterThan(same.falseAcceptRate);
  });

  it("turns away what it does not understand, and changes nothing", async () => {
    const before = (await engine.request("history", {})).total;
    await expect(decide("name", { personId: "one" })).rejects.toMatchObject({ code: "bad-request" });
    await expect(decide("move", { faceIds: [1] })).rejects.toMatchObject({ code: "bad-request" });
    await expect(engine.request("toString" as "status", {})).rejects.toMatchObject({ code: "bad-request" });
    await expect(engine.request("picture", { of: "photo", id: 1, size: "128" })).rejects.toMatchObject({ code: "bad-request" });
    expect((await engine.request("history", {})).total).toBe(before);
  });
});
