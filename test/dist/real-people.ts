import { mkdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";

/** Photographs of people that a package of the tests brings, so that every machine has some. */
const samples = [1, 2, 3, 4, 5, 6].map((n) => `node_modules/@vladmandic/face-api/demo/sample${n}.jpg`);

/** Writes each photograph `times` times into a folder, every time another file: smaller and a little darker. Answers how many. */
export async function writePeople(folder: string, times: number): Promise<number> {
  mkdirSync(folder, { recursive: true });
  for (const [index, path] of samples.entries())
    for (let time = 0; time < times; time++)
      await sharp(path)
        .resize({ width: 1000 - 90 * time })
        .modulate({ brightness: 1 - 0.06 * time })
        .jpeg({ quality: 92 - 3 * time })
        .toFile(join(folder, `${index + 1}-${time + 1}.jpg`));
  return samples.length * times;
}
