import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openKeep, type Keep } from "../../../electron/engine/3-keep/keep.ts";
import { largeFace } from "../../../electron/engine/flows/large-face.ts";
import { facePicture } from "../../../electron/engine/flows/pictures.ts";
import { settings } from "../../../electron/engine/settings.ts";
import type { UnitBox } from "../../../electron/engine/types.ts";
import { addPhotos, noFacts, seenFace } from "../../helpers/synthetic-library.ts";

const { faceCrop, largeFace: most } = settings.pictures;
const [width, height] = [4000, 3000];

describe("a face shown large", () => {
  const dir = mkdtempSync(join(tmpdir(), "familiar-large-face-"));
  const photos = join(dir, "photos");
  const path = (name: string): string => join(photos, name);
  let keep: Keep;
  let [near, middling, far, corner, whole]: readonly number[] = [];
  /** Larger than its picture gets, between both, few pixels of a large photo, and against two edges. */
  const boxes: readonly UnitBox[] = [
    [0.4, 0.3, 0.2, 0.3],
    [0.1, 0.1, 0.06, 0.08],
    [0.8, 0.8, 0.02, 0.02],
    [0, 0.85, 0.1, 0.15],
  ];

  beforeAll(async () => {
    mkdirSync(photos);
    // Fine stripes that a smaller picture cannot hold, over colours that say where each pixel is.
    const stripes = Array.from({ length: width / 8 }, (_, i) => `<rect x="${i * 8}" width="4" height="${height}" fill="#000"/>`).join("");
    const ramp = (id: string, to: string, turn: string): string =>
      `<linearGradient id="${id}" ${turn}><stop stop-color="#000"/><stop offset="1" stop-color="${to}"/></linearGradient>`;
    const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${ramp("a", "#f00", "")}${ramp("b", "#0f0", 'x2="0" y2="1"')}<rect width="100%" height="100%" fill="url(#a)"/><rect width="100%" height="100%" fill="url(#b)" style="mix-blend-mode:screen"/>${stripes}</svg>`;
    await sharp(Buffer.from(drawn)).jpeg({ quality: 95 }).toFile(path("one.jpg"));
    keep = openKeep({ libraryDir: join(dir, "library") });
    await sharp(path("one.jpg")).resize(800).jpeg().toFile(path("small.jpg"));
    const kept = addPhotos(keep, photos, [
      { name: "one.jpg", hash: "1", size: [width, height] as const, facts: noFacts, faces: boxes.map((box) => seenFace(box, null)) },
      { name: "small.jpg", hash: "2", size: [800, 600] as const, facts: noFacts, faces: [seenFace([0.4, 0.4, 0.1, 0.1], null)] },
    ]);
    [near, middling, far, corner, whole] = kept.flatMap((one) => one.faceIds);
  });
  afterAll(() => {
    keep.close();
    rmSync(dir, { recursive: true, force: true });
  });

  async function look(id: number | undefined, large = true): Promise<{ readonly side: number; readonly bytes: Uint8Array }> {
    const { bytes, type } = await (large ? largeFace : facePicture)(keep, id ?? 0);
    expect(type).toBe("image/webp");
    const { width: side = 0, height: down } = await sharp(bytes).metadata();
    expect(down).toBe(side);
    return { side, bytes };
  }
  /** Greatest difference of two pictures at a size that holds no stripes. */
  async function apart(a: Uint8Array, b: Uint8Array): Promise<number> {
    const [one, other] = await Promise.all([a, b].map((bytes) => sharp(bytes).blur(12).resize(16, 16).removeAlpha().raw().toBuffer()));
    return Math.max(...[...(one ?? [])].map((value, at) => Math.abs(value - (other?.[at] ?? 999))));
  }

  it("is as fine as the photo has it, up to a most, and never enlarged; the same square as its small picture", async () => {
    const wanted = [
      [near, most],
      [middling, Math.round(0.06 * width * settings.pictures.faceMargin)],
      [far, Math.round(0.02 * width * settings.pictures.faceMargin)],
      [corner, most],
    ] as const;
    for (const [id, side] of wanted) {
      const [large, small] = [await look(id), await look(id, false)];
      expect([large.side, small.side]).toEqual([side, faceCrop]);
      expect(await apart(large.bytes, small.bytes)).toBeLessThan(12);
    }
  });
  it("is the small picture itself where the photo has no more", async () => {
    const [large, small] = [await look(whole), await look(whole, false)];
    expect(Buffer.from(large.bytes).equals(small.bytes)).toBe(true);
    expect(keep.pictureFile("face", whole ?? 0, "large")).toBeNull();
  });
  it("is kept when first made, and made again when what was kept is broken", async () => {
    const file = keep.pictureFile("face", near ?? 0, "large") ?? "";
    const hash = (): string => createHash("sha256").update(readFileSync(file)).digest("hex");
    const before = hash();
    renameSync(path("one.jpg"), path("away.jpg"));
    expect((await look(near)).side).toBe(most);
    rmSync(file);
    // Its photo is away: the small one stands in, and is not taken for it afterwards.
    expect((await look(near)).side).toBe(faceCrop);
    writeFileSync(path("one.jpg"), "no picture at all");
    expect((await look(near)).side).toBe(faceCrop);
    renameSync(path("away.jpg"), path("one.jpg"));
    expect((await look(near)).side).toBe(most);
    expect(hash()).toBe(before);
  });
  it("a face that nobody has is a problem, not a picture", async () => {
    await expect(largeFace(keep, 9999)).rejects.toMatchObject({ code: "face-not-found" });
  });
});
