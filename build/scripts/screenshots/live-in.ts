import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import type { Engine } from "../../../electron/engine/index.ts";
import type { Lived } from "./steps.ts";

/** Given to the largest groups, in this order. */
const names = [
  "Ana Lima",
  "Ben Okafor",
  "Clara Weiß",
  "Dmitri Sokolov",
  "Elif Demir",
  "Farid Haddad",
  "Grace Chen",
  "Hiroshi Tanaka",
  "Inês Duarte",
  "Jonas Berg",
] as const;

/** Pictures with nobody in them, and files that cannot be read, in `into`. Nothing here is anybody's photo. */
export async function makeOddFolders(into: string): Promise<{ readonly nobody: string; readonly gone: string }> {
  const [nobody, gone] = [join(into, "Landscapes"), join(into, "Old laptop")];
  for (const folder of [nobody, gone]) mkdirSync(folder, { recursive: true });
  for (let at = 0; at < 6; at += 1) await writeHills(join(nobody, `Hills ${at + 1}.jpg`), at);
  await writeHills(join(gone, "Sea.jpg"), 7);
  const whole = await hills(9).jpeg().toBuffer();
  writeFileSync(join(nobody, "DSC_0418.jpg"), whole.subarray(0, 400));
  writeFileSync(join(nobody, "Scan 12.png"), "");
  writeFileSync(join(nobody, "Christmas.jpg"), "This is a letter that somebody named like a picture.");
  return { nobody, gone };
}
/** Takes a folder away, as when its drive is unplugged. */
export function unplug(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

async function writeHills(path: string, at: number): Promise<void> {
  await hills(at)
    .withExif({ IFD0: { DateTime: `2019:0${at + 1}:14 17:42:00` }, IFD2: { DateTimeOriginal: `2019:0${at + 1}:14 17:42:00` } })
    .jpeg({ quality: 90 })
    .toFile(path);
}
function hills(at: number): Sharp {
  const [width, height] = at % 3 === 1 ? [600, 800] : [900, 600];
  const sky = `hsl(${196 + at * 3} 45% ${80 - at * 3}%)`;
  const hill = (from: number, lightness: number): string =>
    `<path d="M0 ${height * from} C ${width * 0.3} ${height * (from - 0.2)}, ${width * 0.6} ${height * (from + 0.15)}, ${width} ${height * (from - 0.1)} V ${height} H 0 Z" fill="hsl(${86 + at * 6} 30% ${lightness}%)"/>`;
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${sky}"/>${hill(0.6, 48)}${hill(0.75, 34)}${hill(0.9, 22)}</svg>`,
    ),
  );
}

/** Does what a person would do in the first minutes, so that every screen has something to show. */
export async function liveIn(engine: Engine): Promise<Lived> {
  const groups = (await engine.request("people.list", { show: "unnamed", limit: 1000 })).items;
  const named = groups.slice(0, Math.min(names.length, Math.max(1, groups.length - 4)));
  for (const [at, group] of named.entries())
    await engine.request("decide", { kind: "name", payload: { personId: group.id, name: names[at] ?? `Person ${at}` } });
  const rest = groups.slice(named.length);
  for (const group of rest.slice(-3)) await engine.request("decide", { kind: "stranger", payload: { personId: group.id } });
  const [first, second, third] = named;
  if (first !== undefined) {
    await engine.request("decide", { kind: "birthday", payload: { personId: first.id, date: "1971-05-09" } });
    const face = first.faceIds.at(-1);
    if (face !== undefined) await engine.request("decide", { kind: "key-face", payload: { personId: first.id, faceId: face } });
  }
  if (first !== undefined && second !== undefined) {
    await engine.request("decide", { kind: "never-merge", payload: { a: first.id, b: second.id } });
    await engine.request("decide", { kind: "save-album", payload: { name: "Both of them", query: { any: [first.id, second.id] } } });
  }
  if (third !== undefined) {
    const renamed = await engine.request("decide", { kind: "rename", payload: { personId: third.id, name: "Clara Weiss" } });
    await engine.request("undo", { decisionId: renamed.decisionId });
  }
  let together = 1;
  for (const faces of [2, 3, 4, 5]) {
    const { total } = await engine.request("search", { query: { faces }, limit: 0 });
    if (total > 0) together = faces;
  }
  return { names: named.map((_, at) => names[at] ?? ""), together };
}
