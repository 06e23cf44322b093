import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openEngine, type Engine } from "../../../electron/engine/index.ts";
import { placeOf } from "../../../electron/headless/place-named.ts";
import { photoAt } from "../../helpers/photo-at.ts";

const home = mkdtempSync(join(tmpdir(), "familiar-place-names-"));
const photos = join(home, "Trips");
let engine: Engine;
const taken = [
  ["baixa.jpg", 38.7139, -9.1394],
  ["baixa 2.jpg", 38.715, -9.137],
  ["belem.jpg", 38.6979, -9.2064],
  ["cascais.jpg", 38.697, -9.42],
  ["sevilla.jpg", 37.3826, -5.9963],
  ["uluru.jpg", -25.3444, 131.0369],
  ["sea.jpg", 30, -40],
  ["taveuni west.jpg", -16.85, 179.97],
] as const;

beforeAll(async () => {
  mkdirSync(photos, { recursive: true });
  for (const [i, [name, latitude, longitude]] of taken.entries())
    await photoAt(join(photos, name), latitude, longitude, `rgb(${i * 25}, 90, 60)`);
  engine = await openEngine({ libraryDir: join(home, "library"), modelsDir: "models/onnx", workers: 1 });
  expect((await engine.request("index", { folders: [photos] })).photos).toBe(taken.length);
}, 120_000);
afterAll(async () => {
  await engine.close();
  rmSync(home, { recursive: true, force: true });
});

async function places(text: string): Promise<readonly (readonly [string | null, number])[]> {
  const answer = await engine.request("search.suggest", { text, limit: 20 });
  return answer.places.map(({ name, photos: count }) => [name?.name ?? null, count] as const);
}

it("finds a place by its name, with as many photos as a search around it finds", async () => {
  const [lisbon] = (await engine.request("search.suggest", { text: "lisb" })).places;
  expect(lisbon).toMatchObject({ name: { name: "Lisbon", region: "Lisbon", country: "PT", near: false }, photos: 3 });
  expect((await engine.request("search", { query: { near: lisbon?.place } })).total).toBe(3);
  expect((await places("belém")).map(([name]) => name)).toContain("Belém");
  expect(await places("trips")).toEqual([]);
});

it("finds places by their country, in English and in German, and by name and country together", async () => {
  const inPortugal = (await places("Portugal")).map(([name]) => name);
  expect(inPortugal).toEqual(expect.arrayContaining(["Lisbon", "Cascais"]));
  expect(inPortugal).not.toContain("Sevilla");
  expect(await places("Spain")).toEqual(await places("Spanien"));
  expect((await places("spanien"))[0]?.[1]).toBe(1);
  expect(await places("austral")).toEqual([["Yulara", 1]]);
  expect((await places("Cascais, Portugal"))[0]).toEqual(["Cascais", 1]);
  expect(await places("Cascais, Spain")).toEqual([]);
});

it("offers the largest with nothing written, those far from any place without a name", async () => {
  const all = await places("");
  expect(all[0]).toEqual(["Lisbon", 3]);
  expect(all.filter(([name]) => name === null)).toEqual([
    [null, 1],
    [null, 1],
  ]);
});

it("says what a kept place is called, and nothing of the sea", async () => {
  expect(await engine.request("place.name", { latitude: 38.7139, longitude: -9.1394 })).toMatchObject({ name: "Lisbon", near: false });
  expect(await engine.request("place.name", { latitude: -25.3444, longitude: 131.0369 })).toMatchObject({ name: "Yulara", near: true });
  expect(await engine.request("place.name", { latitude: 30, longitude: -40 })).toBeNull();
  await expect(engine.request("place.name", { latitude: 91, longitude: 0 })).rejects.toMatchObject({ code: "bad-request" });
});

it("tells a photo's place by the nearest one", async () => {
  const { items } = await engine.request("photos.list", { limit: 20 });
  const photo = (name: string) => engine.request("photo.get", { photoId: items.find((item) => item.path.endsWith(name))?.id ?? 0 });
  expect((await photo("baixa.jpg")).place).toEqual({ name: "Baixa", region: "Lisbon", country: "PT", near: false });
  expect(await photo("sea.jpg")).toMatchObject({ place: null, latitude: 30, longitude: -40 });
});

it("takes a name or degrees on the command line, and says what it does not know", async () => {
  expect(await placeOf(engine, undefined)).toBeUndefined();
  expect(await placeOf(engine, "38.7, -9.42")).toEqual({ latitude: 38.7, longitude: -9.42, km: 10 });
  expect(await placeOf(engine, "cascais")).toMatchObject({ latitude: 38.697, longitude: -9.42 });
  await expect(placeOf(engine, "Atlantis")).rejects.toMatchObject({ code: "not-found" });
  await expect(placeOf(engine, "Tokyo")).rejects.toMatchObject({ code: "not-found" });
  await expect(placeOf(engine, "95,0")).rejects.toMatchObject({ code: "bad-request" });
});
