import sharp from "sharp";
import type { DecodedPhoto, Pixels } from "../../electron/engine/types.ts";

/** Any picture file as plain upright pixels, read apart from the code under test. */
export async function pixelsOf(path: string): Promise<Pixels> {
  const { data, info } = await sharp(path).rotate().flatten().toColourspace("srgb").raw().toBuffer({ resolveWithObject: true });
  if (info.channels === 3) return { data: new Uint8Array(data), width: info.width, height: info.height };
  const out = new Uint8Array(info.width * info.height * 3);
  for (let i = 0; i < out.length; i++) out[i] = data[Math.floor(i / 3) * info.channels] ?? 0;
  return { data: out, width: info.width, height: info.height };
}

/** Pixels as a photo that says nothing of itself; `full` when the file has more pixels than these. */
export function photoOf(
  pixels: Pixels,
  full: { readonly width: number; readonly height: number } = pixels,
  hasOrientation = false,
): DecodedPhoto {
  const facts = { takenAt: null, takenZone: null, takenFrom: null, latitude: null, longitude: null, camera: null, hasOrientation };
  return { pixels, width: full.width, height: full.height, facts, damaged: false };
}
