import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";

/** A small photograph of nothing in particular: coloured noise, never the same for two seeds. */
export async function makePhoto(file: string, random: () => number, side = 96): Promise<void> {
  const data = Buffer.alloc(side * side * 3);
  const tint = [random() * 200, random() * 200, random() * 200];
  for (let i = 0; i < data.length; i++) data[i] = (tint[i % 3] ?? 0) + 55 * random();
  await sharp(data, { raw: { width: side, height: side, channels: 3 } })
    .jpeg({ quality: 90 })
    .toFile(file);
}

/** A picture of soft shapes, which is still itself after it was saved again or made smaller, as a photograph is; noise is not. */
export async function makeScene(file: string, random: () => number, side = 240): Promise<void> {
  const hue = (): string => `hsl(${Math.floor(random() * 360)} 55% ${20 + Math.floor(random() * 60)}%)`;
  const shapes = Array.from(
    { length: 7 },
    () => `<circle cx="${random() * side}" cy="${random() * side}" r="${side * (0.15 + 0.25 * random())}" fill="${hue()}"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect width="100%" height="100%" fill="${hue()}"/>${shapes.join("")}</svg>`;
  await sharp(Buffer.from(svg)).jpeg({ quality: 92 }).toFile(file);
}

/** Makes the folder with `count` photos. */
export async function makePhotos(folder: string, count: number, random: () => number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < count; i++) await makePhoto(join(folder, `first ${i}.jpg`), random);
}

let made = 0;

/** What happens to a folder between two readings: photos come, one is moved, one edited, one goes. */
export async function liveOn(folder: string, random: () => number): Promise<void> {
  for (let i = 0; i < 3; i++) await makePhoto(join(folder, `later ${made++}.jpg`), random);
  const names = readdirSync(folder).filter((name) => name.endsWith(".jpg"));
  const pick = (): string => names.splice(Math.floor(random() * names.length), 1)[0] ?? "";
  const moved = pick();
  mkdirSync(join(folder, "moved"), { recursive: true });
  if (!existsSync(join(folder, "moved", moved))) renameSync(join(folder, moved), join(folder, "moved", moved));
  const edited = join(folder, pick());
  const bytes = await sharp(edited).modulate({ brightness: 1.02 }).jpeg({ quality: 85 }).toBuffer();
  await sharp(bytes).toFile(edited);
  utimesSync(edited, new Date(), new Date());
  if (names.length > 12) rmSync(join(folder, pick()));
}
