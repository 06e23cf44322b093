import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { SplitView } from "../../contract/views.ts";
import { usableCalibration } from "../4-group/sureness.ts";
import type { FacesOfOne, Split } from "../4-group/split-person.ts";
import { Problem } from "../errors.ts";
import type { House } from "./house.ts";
import { preferences } from "./preferences.ts";
import { likelyPeople } from "./recognition.ts";
import { settings } from "../settings.ts";

/** Proposes two to four parts of a person, largest first, each with the person it is most like. Nothing is applied. */
export async function splitPerson(house: House, personId: number, parts: number | undefined): Promise<SplitView> {
  const { keep } = house;
  const pack = house.embedder();
  const members = keep.reads.members(personId);
  if (members.length === 0) throw new Problem("person-not-found", String(personId));
  const found = keep.vectorsOf(
    pack.name,
    members.map((member) => member.faceId),
  );
  const faceIds = [...found.keys()];
  const vectors = new Float32Array(faceIds.length * pack.dimensions);
  faceIds.forEach((id, row) => vectors.set(found.get(id) ?? [], row * pack.dimensions));
  const faces: FacesOfOne = {
    vectors,
    dimensions: pack.dimensions,
    calibration: usableCalibration(pack.calibration, pack.name),
    alpha: preferences(keep).daring,
    libraryFaces: keep.reads.counts().faces,
  };
  const split = await ask(faces, parts);
  const groups = Array.from({ length: split.parts }, (_, part) => faceIds.filter((_id, row) => split.part[row] === part));
  const likely = await likelyPeople(
    house,
    groups.map((ids) => ids.slice(0, settings.group.partBy)),
  );
  return {
    personId,
    mixed: split.mixed,
    parts: groups.map((ids, part) => ({ faceIds: ids, likely: likely[part]?.find((one) => one.personId !== personId) ?? null })),
  };
}

async function ask(faces: FacesOfOne, parts: number | undefined): Promise<Split> {
  const file = `./split-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`;
  const worker = new Worker(new URL(file, import.meta.url), { workerData: { faces, parts } });
  try {
    const [split] = (await once(worker, "message")) as [Split];
    return split;
  } finally {
    await worker.terminate();
  }
}
