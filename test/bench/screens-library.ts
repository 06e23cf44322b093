import Database from "better-sqlite3";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { rgbaToThumbHash } from "thumbhash";
import { decide } from "../../electron/engine/5-decide/decide.ts";
import { settings } from "../../electron/engine/settings.ts";
import { largeLibrary, seeded } from "../helpers/synthetic-library.ts";

export interface ScreensLibrary {
  readonly photos: number;
  readonly faces: number;
  readonly people: number;
  readonly named: number;
}
/** So many different pictures stand in for all of them: a browser caches by address, so each tile is still fetched and decoded. */
const pictures = 64;

/**
 * A library as large as somebody's life, in `libraryDir`: heavy-tailed people, half of them named, dates over twenty years, and a drawn
 * picture for every face and photo, so that nothing is read from photos that do not exist.
 */
export async function makeScreensLibrary(
  libraryDir: string,
  size: { readonly photos: number; readonly people: number },
): Promise<ScreensLibrary> {
  const keep = largeLibrary(libraryDir, { ...size, faces: 3 * size.photos });
  const cards = keep.reads.people({ show: "unnamed", sort: "faces", offset: 0, limit: size.people }).items;
  const named = cards.filter((_, at) => at % 2 === 0);
  keep.batch(() => {
    for (const [at, { id }] of named.entries()) {
      const payload = {
        personId: id,
        name: `${first[at % first.length] ?? ""} ${last[Math.floor(at / first.length) % last.length] ?? ""} ${at}`,
      };
      keep.apply({ kind: "name", payload, ...decide(keep.facts(), "name", payload) });
    }
  });
  keep.close();
  const hashes = await drawPictures(join(libraryDir, "pictures"));
  const catalog = new Database(join(libraryDir, "catalog.db"));
  catalog.function("drawn_hash", { deterministic: true }, (id) => hashes[Number(id) % hashes.length]);
  catalog.exec(`
    UPDATE photos SET thumbhash = drawn_hash(id), width = CASE id % 3 WHEN 0 THEN 3000 ELSE 4000 END,
      height = CASE id % 3 WHEN 0 THEN 4000 ELSE 3000 END`);
  catalog.exec(`ATTACH '${join(libraryDir, "derived.db").replaceAll("'", "''")}' AS derived`);
  const insert = (kind: string, table: string, sizes: readonly string[]): void => {
    for (const wanted of sizes)
      catalog.exec(`
        INSERT OR REPLACE INTO derived.pictures (kind, id, size, file, bytes)
        SELECT '${kind}', id, '${wanted}', 'drawn/${kind}-' || (id % ${pictures}) || '.webp', 5000 FROM main.${table}`);
  };
  insert("face", "faces", ["128", "256"]);
  insert("photo", "photos", ["thumb", "screen"]);
  const faces = catalog.prepare<[], { n: number }>("SELECT count(*) AS n FROM main.faces").get()?.n ?? 0;
  catalog.close();
  return { photos: size.photos, faces, people: cards.length, named: named.length };
}

/** Writes the stand-in pictures and gives the thumbhashes of those of photos. */
async function drawPictures(picturesDir: string): Promise<readonly string[]> {
  mkdirSync(join(picturesDir, "drawn"), { recursive: true });
  const random = seeded(11);
  const hashes: string[] = [];
  for (let at = 0; at < pictures; at++) {
    for (const [kind, width, height] of [
      ["face", 256, 256],
      ["photo", settings.pictures.thumb, (settings.pictures.thumb * 3) / 4],
    ] as const) {
      const svg = drawing(random, width, height);
      writeFileSync(join(picturesDir, "drawn", `${kind}-${at}.webp`), await sharp(svg).webp({ quality: 80 }).toBuffer());
      if (kind === "face") continue;
      const { data, info } = await sharp(svg).resize(80, 60).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
      hashes.push(Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString("base64"));
    }
  }
  return hashes;
}

/** A picture with as much in it as costs a decoder about what a photograph does. */
function drawing(random: () => number, width: number, height: number): Buffer {
  const hue = (): string => `hsl(${Math.floor(random() * 360)} 45% ${30 + Math.floor(random() * 40)}%)`;
  const spots = Array.from(
    { length: 120 },
    () => `<circle cx="${random() * width}" cy="${random() * height}" r="${4 + random() * (width / 8)}" fill="${hue()}" opacity=".5"/>`,
  );
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${hue()}"/>${spots.join("")}</svg>`,
  );
}

const first = [
  "Anna",
  "Bence",
  "Chloé",
  "Dmitri",
  "Elif",
  "Farid",
  "Greta",
  "Hana",
  "Ines",
  "Jan",
  "Kofi",
  "Lena",
  "Mirza",
  "Noor",
  "Øyvind",
];
const last = [
  "Abe",
  "Brandt",
  "Costa",
  "Dvořák",
  "Engel",
  "Fischer",
  "García",
  "Horvat",
  "Ito",
  "Jensen",
  "Kowalski",
  "Lindqvist",
  "Meyer",
];
