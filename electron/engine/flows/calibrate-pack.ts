import { calibrateOnPairs } from "../../../models/calibrate.ts";
import type { Keep } from "../3-keep/keep.ts";
import { similarityAt, usableCalibration } from "../4-group/sureness.ts";
import { Problem } from "../errors.ts";
import { dot } from "../lib/vectors.ts";
import { settings } from "../settings.ts";
import type { Calibration, EmbedderPack, PackManifest } from "../types.ts";
import type { House } from "./house.ts";

/** Setting that holds what was measured here, by network. */
const kept = "pack-calibrations";

/** The packs with what was measured of them in this library, where they bring no table of their own. */
export function withCalibrations(keep: Keep, manifest: PackManifest): PackManifest {
  if (manifest.embedders.every((pack) => pack.calibration !== null)) return manifest;
  const measured = keep.getSetting<Record<string, Calibration>>(kept, {});
  const embedders = manifest.embedders.map((pack) => ({ ...pack, calibration: pack.calibration ?? measured[pack.sha256] ?? null }));
  return { ...manifest, embedders };
}

/** Whether a pack without a table can be calibrated on this library's photos. */
export function canCalibrate({ keep }: House): boolean {
  return keep.packs.pairsTogether() >= settings.packs.calibrate.pairs;
}

/** Throws `pack-uncalibrated` where a pack has no table that can be used and none can be measured here. */
export function checkUsable(house: House, { calibration, name }: EmbedderPack): void {
  if (calibration !== null) usableCalibration(calibration, name);
  else if (!canCalibrate(house)) throw tooFew(name);
}

/**
 * Measures how a pack's similarities behave on pairs inside one photo, which are different people, and keeps that. Those that the pack in
 * use takes for one person are left out. Throws `pack-uncalibrated` where there are too few, or nobody to take the parts from.
 */
export function calibrateHere(house: House, pack: EmbedderPack): Calibration {
  const { keep } = house;
  const { pairs: least, most, people: fewest, upTo, faces, each } = settings.packs.calibrate;
  const now = house.embedder();
  const tooAlike = similarityAt(settings.packs.mirrored, usableCalibration(now.calibration, now.name));
  const together = keep.packs.together(most);
  const ids = [...new Set(together.flat())];
  const [old, fresh] = [keep.vectorsOf(now.name, ids), keep.vectorsOf(pack.name, ids)];
  const cosines = together.flatMap(([a, b]) => {
    const likeness = cosine(old, a, b);
    return likeness !== null && likeness >= tooAlike ? [] : (cosine(fresh, a, b) ?? []);
  });
  const members = keep.packs.gathered({ people: upTo, faces, each });
  const vectors = keep.vectorsOf(
    pack.name,
    members.map((face) => face.faceId),
  );
  const rows = members.flatMap(({ faceId, personId }) => {
    const vector = vectors.get(faceId);
    return vector === undefined ? [] : [{ vector, personId, norm: keep.packs.norm(pack.name, faceId) ?? 0 }];
  });
  if (cosines.length < least || new Set(rows.map((row) => row.personId)).size < fewest) throw tooFew(pack.name);
  const measured = calibrateOnPairs(Float32Array.from(cosines), {
    name: "this library",
    dimensions: pack.dimensions,
    vectors: Float32Array.from(rows.flatMap((row) => [...row.vector])),
    person: Int32Array.from(rows, (row) => row.personId),
    norms: Float32Array.from(rows, (row) => row.norm),
  });
  const calibration = usableCalibration(measured, pack.name);
  keep.setSetting(kept, { ...keep.getSetting<Record<string, Calibration>>(kept, {}), [pack.sha256]: calibration });
  return calibration;
}

/** `pack-uncalibrated`, with what is missing. */
function tooFew(name: string): Problem {
  return new Problem("pack-uncalibrated", name, {
    sentence: "This model has to be measured on your photos first, and there are too few that show several people.",
  });
}

function cosine(vectors: ReadonlyMap<number, Float32Array>, a: number, b: number): number | null {
  const [one, other] = [vectors.get(a), vectors.get(b)];
  return one === undefined || other === undefined ? null : dot(one, other);
}
