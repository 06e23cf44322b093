import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { decide } from "../../../electron/engine/5-decide/decide.ts";
import { openKeep, type Keep } from "../../../electron/engine/3-keep/keep.ts";
import type { GrowthFace } from "../../../electron/engine/3-keep/shapes.ts";
import { alignedPicture } from "../../../electron/engine/flows/aligned-face.ts";
import { chooseFrames, growth } from "../../../electron/engine/flows/growth.ts";
import { saveGrowth } from "../../../electron/engine/flows/save-growth.ts";
import { settings } from "../../../electron/engine/settings.ts";
import type { FivePoints, SeenFace } from "../../../electron/engine/types.ts";
import { pixelsOf } from "../../helpers/photo.ts";
import { addPhotos, noFacts, seenFace } from "../../helpers/synthetic-library.ts";

const face = (faceId: number, takenAt: string, more: Partial<GrowthFace> = {}): GrowthFace => ({
  faceId,
  takenAt: `${takenAt}T12:00:00`,
  quality: 0.5,
  yaw: 0,
  pixels: 120,
  ...more,
});

describe("which faces stand for the years", () => {
  it("takes every day while they fit, then longer spans, always the clearest of each", () => {
    const days = [face(1, "2001-03-01"), face(2, "2001-03-01", { quality: 0.9 }), face(3, "2001-03-08"), face(4, "2002-03-01")];
    expect(chooseFrames(days, 10)).toMatchObject({ each: "day", chosen: [{ faceId: 2 }, { faceId: 3 }, { faceId: 4 }] });
    expect(chooseFrames(days, 2)).toMatchObject({ each: "month", chosen: [{ faceId: 2 }, { faceId: 4 }] });
  });
  it("leaves small and turned faces out, unless there is nothing else", () => {
    const some = [
      face(1, "2001-01-01"),
      face(2, "2002-01-01", { yaw: -0.7 }),
      face(3, "2003-01-01", { pixels: 20 }),
      face(4, "2004-01-01"),
    ];
    expect(chooseFrames(some, 10).chosen.map((each) => each.faceId)).toEqual([1, 4]);
    expect(chooseFrames(some.slice(1, 3), 10).chosen.map((each) => each.faceId)).toEqual([2, 3]);
    expect(chooseFrames([], 10)).toEqual({ chosen: [], each: "day" });
  });
  it("never gives more than was asked for", () => {
    const century = Array.from({ length: 100 }, (_, year) => face(year + 1, `${1920 + year}-06-01`));
    expect(chooseFrames(century, 60).chosen).toHaveLength(60);
  });
});

describe("pictures aligned on the eyes", () => {
  const dir = mkdtempSync(join(tmpdir(), "familiar-growth-"));
  const photos = join(dir, "photos");
  const saved = join(dir, "saved");
  let keep: Keep;
  let faceIds: readonly number[] = [];
  let person = 0;
  const [width, height] = [900, 600];
  /** Eyes of each photo in pixels: level, turned, and at the photo's edge. */
  const eyes = [
    [300, 250, 380, 250],
    [500, 200, 560, 280],
    [70, 60, 120, 55],
  ] as const;

  beforeAll(async () => {
    mkdirSync(photos);
    mkdirSync(saved);
    const seen: SeenFace[] = [];
    for (const [at, [x1, y1, x2, y2]] of eyes.entries()) {
      const marks = `<svg width="${width}" height="${height}"><rect width="100%" height="100%" fill="#808080"/><circle cx="${x1}" cy="${y1}" r="9" fill="#f00"/><circle cx="${x2}" cy="${y2}" r="9" fill="#00f"/></svg>`;
      await sharp(Buffer.from(marks))
        .png()
        .toFile(join(photos, `${at}.png`));
      const points = [x1, x2, x1, x1, x2].map((x, i) => [x / width, [y1, y2, y1 + 30, y1 + 60, y2 + 60][i] ?? 0]);
      const box = [(x1 - 40) / width, Math.max(0, y1 - 60) / height, 150 / width, 180 / height] as const;
      seen.push({ ...seenFace(box, null), points: points.map(([x = 0, y = 0]) => [x, y / height]) as unknown as FivePoints });
    }
    keep = openKeep({ libraryDir: join(dir, "library") });
    const kept = addPhotos(
      keep,
      photos,
      seen.map((one, at) => ({
        name: `${at}.png`,
        hash: String(at),
        size: [width, height] as const,
        facts: { ...noFacts, takenAt: `${2001 + at}-05-01T12:00:00`, takenFrom: "exif" as const },
        faces: [one],
      })),
    );
    faceIds = kept.flatMap((one) => one.faceIds);
    person = keep.reservePersonIds(1);
    keep.keepGrouping({
      proposals: faceIds.map((faceId) => ({ faceId, personId: person, similarity: 0.9, far: 1e-6, rule: "linked", band: "sure" })),
      groups: [],
      questions: [],
    });
    const payload = { personId: person, name: "Ana / Lima: «Mimi»…" };
    keep.apply({ kind: "name", payload, ...decide(keep.facts(), "name", payload) });
  });
  afterAll(() => {
    keep.close();
    rmSync(dir, { recursive: true, force: true });
  });

  /** Middle of everything of one colour in a picture. */
  async function middle(bytes: Uint8Array, channel: 0 | 2): Promise<readonly [number, number]> {
    const file = join(dir, "look.webp");
    writeFileSync(file, bytes);
    const { data, width: side } = await pixelsOf(file);
    let [count, x, y] = [0, 0, 0];
    for (let at = 0; at < data.length; at += 3) {
      const value = data[at + channel] ?? 0;
      const other = data[at + 2 - channel] ?? 0;
      if (value < 170 || other > 90) continue;
      count += 1;
      x += (at / 3) % side;
      y += Math.floor(at / 3 / side);
    }
    return [x / count, y / count];
  }

  test("every face has its eyes in the same two places, however it was turned", async () => {
    const { side, apart, high } = settings.pictures.eyes;
    for (const faceId of faceIds) {
      const { bytes, type } = await alignedPicture(keep, faceId);
      expect(type).toBe("image/webp");
      const [left, right] = [await middle(bytes, 0), await middle(bytes, 2)];
      const wanted = [side * (0.5 - apart / 2), side * high, side * (0.5 + apart / 2), side * high];
      [...left, ...right].forEach((value, at) => expect(Math.abs(value - (wanted[at] ?? 0))).toBeLessThan(2.5));
    }
    expect(keep.pictureFile("face", faceIds[0] ?? 0, "eyes")).not.toBeNull();
  });
  test("a face that nobody has is a problem, not a picture", async () => {
    await expect(alignedPicture(keep, 9999)).rejects.toMatchObject({ code: "face-not-found" });
  });
  test("the strip is by date", () => {
    expect(growth({ keep }, person, 60)).toMatchObject({
      each: "day",
      dated: 3,
      undated: 0,
      frames: faceIds.map((faceId) => ({ faceId, age: null })),
    });
    expect(() => growth({ keep }, 9999, 60)).toThrow(/person-not-found/u);
  });
  test("saves pictures and one sheet into a folder of their own, and never over another", async () => {
    const args = { personId: person, faceIds, folder: saved };
    const first = await saveGrowth({ keep }, args);
    const second = await saveGrowth({ keep }, args);
    expect(first).toMatchObject({ pictures: 3, left: 0 });
    expect(second.folder).toBe(`${first.folder} 2`);
    expect(readdirSync(first.folder).sort()).toEqual(["000 all.jpg", "001 2001-05-01.jpg", "002 2002-05-01.jpg", "003 2003-05-01.jpg"]);
    const sheet = await sharp(join(first.folder, "000 all.jpg")).metadata();
    expect(sheet.width).toBeGreaterThan(3 * settings.growth.sheet.side);
  });
  test("saves nothing into a folder that is read, nor where there is none, and counts what could not be opened", async () => {
    await expect(saveGrowth({ keep }, { personId: person, faceIds, folder: join(photos, "new") })).rejects.toMatchObject({
      code: "folder-watched",
    });
    await expect(saveGrowth({ keep }, { personId: person, faceIds, folder: join(dir, "nowhere") })).rejects.toMatchObject({
      code: "folder-gone",
    });
    await expect(saveGrowth({ keep }, { personId: person, faceIds, folder: join(dir, "look.webp") })).rejects.toMatchObject({
      code: "folder-not-a-folder",
    });
    expect(existsSync(join(photos, "new"))).toBe(false);
    expect(await saveGrowth({ keep }, { personId: person, faceIds: [...faceIds, 9999], folder: saved })).toMatchObject({
      pictures: 3,
      left: 1,
    });
  });
});
