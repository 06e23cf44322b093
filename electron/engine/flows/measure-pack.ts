import type { PackAccuracyView, PackView } from "../../contract/views.ts";
import type { LabelledFace } from "../3-keep/pack-store.ts";
import { pairScores } from "../4-group/pair-scores.ts";
import { asProblem } from "../errors.ts";
import { log } from "../log.ts";
import { machineMark } from "../onnx/machine-mark.ts";
import { settings } from "../settings.ts";
import type { EmbedderPack } from "../types.ts";
import { comingPack } from "./change-pack.ts";
import type { House } from "./house.ts";
import { embedderOf } from "./models.ts";
import type { SeePool } from "./see-pool.ts";

type Speed = NonNullable<PackView["speed"]>;
/** Settings that hold what was measured: speeds by computer and network, accuracies by network. */
const speeds = "pack-speeds";
const accuracies = "pack-accuracies";
/** Entries kept of each: a computer has a few, and a library may travel between several. */
const most = 40;

let here: string | null = null;
/** This computer; found out once, since it looks through folders. */
function keyOf(pack: EmbedderPack): string {
  return `${(here ??= machineMark())} ${pack.sha256}`;
}

/** What was measured of a pack on this computer and with this library. */
export function measures({ keep }: House, pack: EmbedderPack | null): Pick<PackView, "speed" | "accuracy"> {
  if (pack === null) return { speed: null, accuracy: null };
  return {
    speed: keep.getSetting<Record<string, Speed>>(speeds, {})[keyOf(pack)] ?? null,
    accuracy: keep.getSetting<Record<string, PackAccuracyView>>(accuracies, {})[pack.sha256] ?? null,
  };
}

/**
 * Measures a pack: how many milliseconds a face takes, and how well it tells apart the people whose faces somebody confirmed. Faces that it
 * has no vector of are embedded with it, and those vectors stay. Throws `not-found`, `model-missing`.
 */
export async function measurePack(house: House, name: string): Promise<void> {
  const pack = embedderOf(house.manifest(), name);
  const pool = await house.pools.of(pack);
  try {
    await measureSpeed(house, pool);
    const { faces, least } = settings.packs.measured;
    const labelled = house.keep.packs.labelled(faces, least);
    await embedLabelled(house, pool, labelled);
    remember(house, accuracies, pack.sha256, accuracyOf(house, pack, labelled));
  } finally {
    await house.pools.keepOnly([house.packName(), comingPack(house) ?? ""]);
    house.emit("changed", { what: ["packs"], personIds: [] });
  }
}

/** Measures how quick a pack is, unless that is known for this computer. Never throws: nothing depends on it. */
export async function measureSpeedOnce(house: House, pool: SeePool): Promise<void> {
  if (measures(house, pool.pack).speed !== null) return;
  try {
    await measureSpeed(house, pool);
  } catch (thrown) {
    log("warn", `the model was not timed: ${asProblem(thrown).message}`);
  }
}

async function measureSpeed(house: House, pool: SeePool): Promise<void> {
  const milliseconds = await pool.run({ kind: "time", path: "", faces: settings.packs.timed });
  remember(house, speeds, keyOf(pool.pack), { milliseconds, provider: house.pools.provider(pool.pack.name).name } satisfies Speed);
}

function remember(house: House, setting: string, key: string, value: unknown): void {
  const { [key]: _old, ...others } = house.keep.getSetting<Record<string, unknown>>(setting, {});
  house.keep.setSetting(setting, Object.fromEntries([...Object.entries(others).slice(1 - most), [key, value]]));
}

/** Embeds those that have no vector of the pack. A photo that cannot be opened is left out. */
async function embedLabelled({ keep }: House, pool: SeePool, labelled: readonly LabelledFace[]): Promise<void> {
  const { name, version } = pool.pack;
  const known = keep.vectorsOf(
    name,
    labelled.map((face) => face.faceId),
  );
  const byPhoto = Map.groupBy(
    labelled.filter((face) => !known.has(face.faceId)),
    (face) => face.photoId,
  );
  const waiting = [...byPhoto];
  const lane = async (): Promise<void> => {
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      const [photoId, wanted] = one;
      const ids = new Set(wanted.map((face) => face.faceId));
      const faces = keep.packs.faces(photoId).filter((face) => ids.has(face.faceId));
      const spot = keep.photoSpot(photoId);
      const path = spot?.paths[0];
      if (spot === null || path === undefined) continue;
      try {
        const embedded = await pool.run({ kind: "known", path, faces, turns: spot.turns });
        const vectors = faces.flatMap(({ faceId }, at) => {
          const { embedding = null, norm = 0 } = embedded[at] ?? {};
          return embedding === null ? [] : [{ faceId, vector: embedding, norm }];
        });
        if (keep.photoSpot(photoId)?.turns === spot.turns) keep.packs.keep({ from: name, to: name, version }, vectors);
      } catch (thrown) {
        const problem = asProblem(thrown, path);
        if (problem.code === "cancelled" || problem.code === "model-missing" || problem.code === "disk-full") throw problem;
        log("warn", `a photo was left out of the measuring: ${problem.message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: pool.width }, lane));
}

function accuracyOf({ keep }: House, pack: EmbedderPack, labelled: readonly LabelledFace[]): PackAccuracyView {
  const vectors = keep.vectorsOf(
    pack.name,
    labelled.map((face) => face.faceId),
  );
  const rows = labelled.flatMap(({ faceId, personId }) => {
    const vector = vectors.get(faceId);
    return vector === undefined ? [] : [{ personId, vector }];
  });
  const people = new Set(rows.map((row) => row.personId)).size;
  const { rate, ...floors } = settings.packs.accuracy;
  const { same, different, share } = pairScores(rows, rate);
  const enough = people >= floors.people && same >= floors.same && different >= floors.different;
  return { share: enough ? share : null, people, faces: rows.length, same, different };
}
