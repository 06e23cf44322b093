import * as v from "valibot";
import { decisionPayloads, type DecisionKind, type DecisionPayload } from "../../contract/args.ts";
import type { DecisionResult } from "../../contract/views.ts";
import type { AppliedDecision, FaceToEmbed } from "../3-keep/shapes.ts";
import { decide } from "../5-decide/decide.ts";
import { asProblem, Problem } from "../errors.ts";
import { log } from "../log.ts";
import type { UnitBox } from "../types.ts";
import type { House } from "./house.ts";
import { readPhoto } from "./read-again.ts";
import { settings } from "../settings.ts";
import { counted } from "./words.ts";

/**
 * Takes a person's word: checks the payload, lets the verb say what changes, and writes it down before anything answers. Then the
 * machine looks again at what it proposes. Throws `bad-request` and the verb's own problems; nothing is changed then.
 */
export async function takeDecision(house: House, kind: DecisionKind, payload: unknown): Promise<DecisionResult> {
  const parsed = v.safeParse(decisionPayloads[kind], payload);
  if (!parsed.success) {
    const what = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? "payload"}: ${issue.message}`).join("; ");
    throw new Problem("bad-request", `${kind}: ${what}`);
  }
  const word = parsed.output as DecisionPayload<typeof kind>;
  const { keep } = house;
  const outcome = decide(keep.facts(), kind, word);
  const applied = keep.apply({ kind, payload: word, ...outcome });
  return settle(house, kind, applied);
}

/** Kinds after which a face may lie elsewhere, or be one that was never looked at. */
const moves = new Set<string>(["draw", "adjust", "turn", "undo", "redo"]);

/** Looks again at photos that stand otherwise now and at faces whose box is new; what cannot be opened now is looked at by the next reading. */
export async function lookAgain(house: House, kind: string, { photoIds, faceIds }: AppliedDecision): Promise<void> {
  if (photoIds.length > settings.scan.lookAgainAtOnce) house.scanner.start(house.keep.folders().map((folder) => folder.id));
  else for (const photoId of photoIds) await readPhoto(house, photoId).catch(laterOn);
  if (moves.has(kind)) await embedDrawn(house, faceIds).catch(laterOn);
}

/** The word was kept, and that is what was asked for; whoever reads the photo next embeds the face. */
function laterOn(thrown: unknown): void {
  log("warn", `a face was not looked at: ${asProblem(thrown).message}`);
}

/** Takes back a decision, the latest unless one is named. */
export function takeBack(house: House, decisionId?: number): Promise<DecisionResult> {
  return settle(house, "undo", house.keep.undo(decisionId));
}

/** Does again what was taken back, the last unless one is named. */
export function doAgain(house: House, decisionId?: number): Promise<DecisionResult> {
  return settle(house, "redo", house.keep.redo(decisionId));
}

/** Kinds after which the machine's proposals may be different. */
const regroups = new Set<string>([
  "name",
  "merge",
  "split",
  "move",
  "confirm",
  "reject",
  "stranger",
  "restore",
  "not-a-face",
  "draw",
  "adjust",
  "turn",
  "never-merge",
  "birthday",
  "import",
  "undo",
  "redo",
]);

/** Lets the machine look again after a decision, and says what came of it. */
export async function settle(house: House, kind: string, applied: AppliedDecision): Promise<DecisionResult> {
  const { keep } = house;
  const before = applied.personId === null ? null : keep.reads.card(applied.personId);
  await lookAgain(house, kind, applied);
  if (regroups.has(kind)) await house.grouper.after(applied.photoIds.length > 0 ? moved(house, applied) : applied.faceIds);
  const after = applied.personId === null ? null : keep.reads.card(applied.personId);
  const found = kind === "name" || kind === "confirm" || kind === "merge" ? Math.max(0, (after?.faces ?? 0) - (before?.faces ?? 0)) : 0;
  const toCheck = after?.toCheck ?? 0;
  const more = found > 0 ? ` ${counted(found, "more face")} found${toCheck > 0 ? `, ${toCheck} to check` : ""}.` : "";
  const pictures = moves.has(kind) ? { photoIds: applied.photoIds, faceIds: moved(house, applied) } : null;
  house.emit("changed", {
    what: ["people", "photos", "history"],
    personIds: applied.personIds,
    ...(pictures === null ? {} : { pictures }),
  });
  return {
    decisionId: applied.decisionId,
    changed: applied.changed,
    sentence: applied.sentence + more,
    said: applied.said,
    personId: applied.personId,
    found,
    toCheck,
  };
}

/** Faces that lie elsewhere now, or are seen otherwise. */
function moved({ keep }: House, { photoIds, faceIds }: AppliedDecision): readonly number[] {
  return [...faceIds, ...photoIds.flatMap((photoId) => keep.reads.photo(photoId).faceList.map((face) => face.id))];
}

/** A drawn face gets its landmarks and embedding at once, so that it can be compared like any other. A photo that is away keeps it for later. */
export async function embedDrawn(house: House, faceIds: readonly number[]): Promise<void> {
  const wanted = new Set(faceIds);
  for (const face of house.keep.facesToEmbed(house.packName())) if (wanted.has(face.faceId)) await embedFace(house, face);
}

/** Embeds one drawn or imported face with the pack in use. False where nothing came of it. Throws the photo's own problem. */
export async function embedFace(house: House, face: FaceToEmbed): Promise<boolean> {
  const pool = await house.pool();
  const seen = await pool.run({ kind: "drawn", path: face.path, box: face.box as UnitBox, turns: face.turns });
  const first = seen.faces[0];
  if (!first?.embedding) return false;
  const now = house.keep.faceSpot(face.faceId);
  // Moved or turned while it was looked at: whoever did that looks again.
  if (now?.turns !== face.turns || now.box.some((value, i) => value !== face.box[i])) return false;
  const pack = pool.pack.name;
  house.keep.keepEmbeddings([
    { faceId: face.faceId, pack, vector: first.embedding, norm: first.norm, points: first.points, quality: first.quality },
  ]);
  const crop = seen.crops[0];
  house.keep.forgetPicture("face", face.faceId);
  if (crop) house.keep.keepPicture("face", face.faceId, "256", crop, face.turns);
  return true;
}
