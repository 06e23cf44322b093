import type { PhotoRange } from "../3-keep/pack-store.ts";
import type { EmbedderPack } from "../types.ts";
import { asProblem, Problem } from "../errors.ts";
import { log } from "../log.ts";
import { settings } from "../settings.ts";
import { calibrateHere, checkUsable } from "./calibrate-pack.ts";
import type { Gate } from "./gate.ts";
import type { House } from "./house.ts";
import { embedderOf } from "./models.ts";
import { prefer } from "./preferences.ts";
import type { SeePool } from "./see-pool.ts";

/**
 * [Note: Changing the pack] Another pack is chosen: that is written down as a wish. The faces that are known are then embedded with it, a
 * photo at a time and beside the vectors there are, while the pack in use answers everything. When none is left everything is grouped
 * with the new vectors, and only then is the new pack in use. A wish outlives a restart; photos that are done are not done again. Faces are
 * not looked for anew, so ids, boxes and decisions are the same afterwards.
 */
const wish = "coming-pack";
/** Problems of one photo that are all the photos'. */
const stopping = new Set(["disk-full", "library-damaged", "library-locked", "library-unwritable", "model-missing", "cancelled"]);

/** Name of the pack that is to come, or null. */
export function comingPack({ keep }: Pick<House, "keep">): string | null {
  return keep.getSetting<string | null>(wish, null);
}

/** Wishes for a pack, or with null for none. */
export function wishForPack(house: House, name: string | null): void {
  if (comingPack(house) !== name) house.keep.setSetting(wish, name);
}

/** Puts a pack into use at once; the workers of all others are let go when they have finished what they have in hand. */
export function takePack(house: House, name: string): void {
  house.keep.batch(() => {
    prefer(house.keep, { pack: name });
    wishForPack(house, null);
  });
  void house.pools.keepOnly([name]);
  house.emit("changed", { what: ["packs", "settings", "people"], personIds: [] });
}

/** Whether no face lacks a vector of the pack: then it can be in use at once. */
export async function isReady(house: House, pack: EmbedderPack): Promise<boolean> {
  const move = moveTo(house, pack);
  for await (const range of pieces(house)) {
    const { photoIds, away } = house.keep.packs.left(move, range);
    if (photoIds.length + away > 0) return false;
  }
  return true;
}

/** All photos, some at a time; others are answered between two. */
async function* pieces({ keep }: House): AsyncGenerator<PhotoRange> {
  const { piece } = settings.packs;
  for (let first = 1; first <= keep.packs.lastPhoto(); first += piece) {
    yield { first, last: first + piece - 1 };
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/**
 * Goes on with a change that is wished for, until it is done or `interrupted` says that something else comes first. Answers how many photos
 * it embedded. Rejects with what stopped it; the wish stays then, except where the pack cannot be had.
 */
export async function changePack(house: House, gate: Gate, interrupted: () => boolean): Promise<number> {
  const pack = wishedFor(house);
  if (pack === null) return 0;
  const { keep, progress, grouper } = house;
  const move = moveTo(house, pack);
  const photoIds: number[] = [];
  let lacking = 0;
  let problem: Problem | null = null;
  for await (const range of pieces(house)) {
    await gate.pass();
    keep.packs.level(move, range);
    const left = keep.packs.left(move, range);
    photoIds.push(...left.photoIds);
    lacking += left.away;
  }
  const total = Math.max(keep.packs.photos(move.from), photoIds.length);
  let embedded = 0;
  if (photoIds.length > 0) {
    progress.begin("changing", total, total - photoIds.length);
    house.emit("changed", { what: ["packs"], personIds: [] });
    const pool = await house.pools.of(pack);
    const failed = await embedAll(house, pool, move, photoIds, gate, interrupted, () => (embedded += 1));
    if (interrupted()) return embedded;
    lacking += failed.photos;
    problem = failed.problem;
  }
  // With a drive away the new pack would know next to nothing of what is on it.
  if (lacking > (keep.packs.photos(move.from) + lacking) * settings.packs.mostFailed)
    throw problem ?? new Problem("folder-gone", pack.name);
  await gate.pass();
  const measured = calibrated(house, pack);
  progress.begin("grouping", keep.reads.counts().faces);
  await grouper.change(measured, () => {
    // Somebody may have thought better of it meanwhile.
    if (gate.cancelled || comingPack(house) !== pack.name) return false;
    takePack(house, pack.name);
    return true;
  });
  return embedded;
}

/** The pack with its table, measured here where it brings none. The wish is dropped where that cannot be. */
export function calibrated(house: House, pack: EmbedderPack): EmbedderPack {
  if (pack.calibration !== null) return pack;
  try {
    return { ...pack, calibration: calibrateHere(house, pack) };
  } catch (thrown) {
    wishForPack(house, null);
    house.emit("changed", { what: ["packs"], personIds: [] });
    throw thrown;
  }
}

function moveTo(house: House, { name, version }: EmbedderPack): { readonly from: string; readonly to: string; readonly version: number } {
  return { from: house.packName(), to: name, version };
}

/** The pack that is wished for; a wish that nothing can come of is dropped and told. */
function wishedFor(house: House): EmbedderPack | null {
  const name = comingPack(house);
  if (name === null) return null;
  if (name === house.packName()) {
    wishForPack(house, null);
    return null;
  }
  try {
    const pack = embedderOf(house.manifest(), name);
    checkUsable(house, pack);
    return pack;
  } catch (thrown) {
    wishForPack(house, null);
    house.emit("problem", asProblem(thrown, name).view());
    house.emit("changed", { what: ["packs"], personIds: [] });
    return null;
  }
}

async function embedAll(
  house: House,
  pool: SeePool,
  move: ReturnType<typeof moveTo>,
  photoIds: readonly number[],
  gate: Gate,
  interrupted: () => boolean,
  onPhoto: () => void,
): Promise<{ readonly photos: number; readonly problem: Problem | null }> {
  let next = 0;
  let stop: Problem | null = null;
  let problem: Problem | null = null;
  let photos = 0;
  const lane = async (): Promise<void> => {
    for (let id = photoIds[next++]; id !== undefined && stop === null && !interrupted(); id = photoIds[next++]) {
      try {
        await gate.pass();
        await embedKnown(house, pool, move, id);
        onPhoto();
        house.progress.step();
      } catch (thrown) {
        const found = asProblem(thrown);
        if (stopping.has(found.code)) stop ??= found;
        else {
          problem ??= found;
          photos += 1;
          log("warn", `a photo was not read with ${move.to}: ${found.message}`);
          house.progress.step({ failed: 1 });
        }
      }
    }
  };
  await Promise.all(Array.from({ length: pool.width }, lane));
  if (stop) throw stop as Problem;
  return { photos, problem };
}

/** Embeds the known faces of one photo. Throws the photo's own problem. */
async function embedKnown(house: House, pool: SeePool, move: ReturnType<typeof moveTo>, photoId: number): Promise<void> {
  const { keep } = house;
  for (;;) {
    const spot = keep.photoSpot(photoId);
    const path = spot?.paths[0];
    if (spot === null || path === undefined) throw new Problem("file-vanished", String(photoId));
    const faces = keep.packs.faces(photoId);
    const embedded = await pool.run({ kind: "known", path, faces, turns: spot.turns });
    // Turned while it was looked at: once more, as it stands now.
    if (keep.photoSpot(photoId)?.turns !== spot.turns) continue;
    const vectors = faces.flatMap(({ faceId }, at) => {
      const { embedding = null, norm = 0 } = embedded[at] ?? {};
      return embedding === null ? [] : [{ faceId, vector: embedding, norm }];
    });
    return keep.packs.keep(move, vectors, photoId);
  }
}
