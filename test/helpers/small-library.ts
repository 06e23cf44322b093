import { mkdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { openKeep } from "../../electron/engine/3-keep/keep.ts";
import type { Engine } from "../../electron/engine/index.ts";
import { addPhotos, seenFace } from "./synthetic-library.ts";

/** Colours that stand for people, so that a screen shows who is who. */
const colours = ["#b5653a", "#3a7ab5", "#5f9a4a", "#8d5fb0", "#c09a2f", "#4a9a94"] as const;

/** A library of six people in twelve photos, as a reading leaves it, but for the faces' numbers; every face and photo has its picture. Answers each person's faces. */
export async function makeSmallLibrary(libraryDir: string): Promise<readonly (readonly number[])[]> {
  mkdirSync(libraryDir, { recursive: true });
  const picture = (background: string, side: number): Promise<Buffer> =>
    sharp({ create: { width: side, height: side, channels: 3, background } })
      .webp()
      .toBuffer();
  const keep = openKeep({ libraryDir });
  try {
    const photos = Array.from({ length: 12 }, (_, i) => ({
      name: `Summer ${i + 1}.jpg`,
      hash: i.toString(16).repeat(64).slice(0, 64),
      faces: colours.map((_colour, j) => seenFace([0.02 + 0.16 * j, 0.3, 0.12, 0.2], null)),
    }));
    const kept = addPhotos(keep, join(libraryDir, "..", "photos"), photos);
    for (const { photoId, faceIds } of kept) {
      keep.keepPicture("photo", photoId, "thumb", await picture("#7aa7d8", 400));
      for (const [j, faceId] of faceIds.entries()) keep.keepPicture("face", faceId, "256", await picture(colours[j] ?? "#888888", 256));
    }
    return colours.map((_, j) => kept.map(({ faceIds }) => faceIds[j] ?? 0));
  } finally {
    keep.close();
  }
}

/** Names people by some of their faces. Answers their ids. */
export async function nameThem(
  engine: Engine,
  faces: readonly (readonly number[])[],
  names: readonly string[],
): Promise<readonly number[]> {
  const ids: number[] = [];
  for (const [at, name] of names.entries()) {
    const payload = { faceIds: [...(faces[at] ?? [])], name };
    ids.push((await engine.request("decide", { kind: "move", payload })).personId ?? 0);
  }
  return ids;
}
