import { overlap } from "../lib/boxes.ts";
import { backTurns, turnedUnitBox } from "../lib/turns.ts";
import { dot } from "../lib/vectors.ts";
import { settings } from "../settings.ts";
import type { RowChange, UnitBox } from "../types.ts";
import { keepDoubt } from "./doubts.ts";
import { carriedTurns, handBoxOn } from "./carry-places.ts";
import { editedFrame, type EditedFrame } from "./edited-frame.ts";
import { facesOf } from "./face-rows.ts";
import { readRow } from "./fact-tables.ts";
import { record } from "./journal.ts";
import { matchGreedily } from "./match-faces.ts";
import { takeNumbers, type Store } from "./store.ts";
import { vectorsOf } from "./vectors.ts";
import type { KeptPhoto } from "./shapes.ts";

interface Candidate {
  readonly id: number;
  readonly box: UnitBox;
  readonly vector: Float32Array | null;
  readonly drawn: boolean;
}

/**
 * Hands the decisions about an edited photo's faces on to its successor (same path, new content), as one decision of kind `carry`.
 * Faces are paired by the likeness of their vectors, which outlives cropping and turning; where a face has none, by its place, as far
 * as [EditedFrame] can say where that is now. Drawn faces that no reading found are drawn again there. Doubtful pairs are asked about.
 */
export function carry(store: Store, from: number, to: number, pack: string): KeptPhoto["carried"] {
  const old = candidates(store, from, pack).filter((face) => hasFacts(store, face.id));
  const fresh = candidates(store, to, pack).filter((face) => !hasFacts(store, face.id));
  const byLikeness = matchGreedily(old, fresh, likeness, settings.same.editedDoubt);
  const sure: [Candidate, Candidate][] = [];
  const doubtful: [Candidate, Candidate][] = [];
  const done = new Set<number>();
  for (const [index, face] of fresh.entries()) {
    const match = byLikeness[index];
    const known = match === null || match === undefined ? undefined : old[match];
    if (known === undefined) continue;
    done.add(known.id).add(face.id);
    (likeness(known, face) >= settings.same.editedFace ? sure : doubtful).push([known, face]);
  }
  const changes: RowChange[] = [];
  const turned = carriedTurns(store, from, to);
  if (turned !== 0) changes.push({ table: "turned_photos", key: [to], before: null, after: { photo_id: to, quarter: turned } });
  const edited = editedFrame(
    store,
    from,
    to,
    sure.map(([known, face]) => [known.id, face.id]),
  );
  const frame: EditedFrame = (box) => edited(box) ?? (turned === 0 ? null : turnedUnitBox(box, backTurns(turned)));
  const left = old.filter((face) => !done.has(face.id)).flatMap((face) => moved(face, frame(face.box)));
  const free = fresh.filter((face) => !done.has(face.id));
  const place = (a: Candidate, b: Candidate): number => (a.vector !== null && b.vector !== null ? 0 : overlap(a.box, b.box));
  const byPlace = matchGreedily(left, free, place, settings.same.faceOverlap);
  for (const [index, face] of free.entries()) {
    const match = byPlace[index];
    const known = match === null || match === undefined ? undefined : left[match];
    if (known === undefined) continue;
    done.add(known.id);
    sure.push([known, face]);
  }
  for (const face of left.filter((one) => one.drawn && !done.has(one.id))) sure.push([face, redraw(store, face, to, changes)]);
  for (const [known, face] of sure) {
    handOn(store, known.id, face.id, changes);
    handBoxOn(store, { known: known.id, face: face.id, to }, frame, changes);
  }
  const asked = doubtful.filter(([known, face]) => doubt(store, known.id, face.id, likeness(known, face))).length;
  if (changes.length === 0) return asked === 0 ? null : { decisionId: 0, faces: 0, doubtful: asked };
  const faceIds = sure.map(([, face]) => face.id);
  const count = faceIds.length === 1 ? "1 face" : `${faceIds.length} faces`;
  const what = faceIds.length === 0 ? "how a photo was turned" : count;
  const sentence = `Handed ${what} on to an edited photo.`;
  const entry = {
    kind: "carry",
    payload: { from, to },
    sentence,
    said: { did: "carried" as const, faces: faceIds.length },
    faceIds,
    personId: null,
    target: null,
  };
  const { decisionId } = record(store, entry, changes);
  return { decisionId, faces: faceIds.length, doubtful: asked };
}

function moved(face: Candidate, box: UnitBox | null): readonly Candidate[] {
  return box === null ? [] : [{ ...face, box }];
}

function candidates(store: Store, photoId: number, pack: string): readonly Candidate[] {
  const faces = facesOf(store, photoId).filter((face) => !face.gone);
  const vectors = vectorsOf(
    store,
    pack,
    faces.map((face) => face.id),
  );
  return faces.map(({ id, box, source }) => ({ id, box, vector: vectors.get(id) ?? null, drawn: source !== "detected" }));
}

function likeness(a: Candidate, b: Candidate): number {
  return a.vector === null || b.vector === null || a.vector.length !== b.vector.length ? -1 : dot(a.vector, b.vector);
}

function hasFacts(store: Store, faceId: number): boolean {
  return (
    store
      .sql(
        `SELECT 1 FROM main.confirmed WHERE face_id = @id UNION ALL SELECT 1 FROM main.rejected WHERE face_id = @id
         UNION ALL SELECT 1 FROM main.not_faces WHERE face_id = @id UNION ALL SELECT 1 FROM main.drawn_faces WHERE face_id = @id
         UNION ALL SELECT 1 FROM main.adjusted_faces WHERE face_id = @id`,
      )
      .get({ id: faceId }) !== undefined
  );
}

/** The box somebody drew, drawn again in the new photo. */
function redraw(store: Store, face: Candidate, photoId: number, changes: RowChange[]): Candidate {
  const before = readRow(store, "drawn_faces", [face.id]);
  const id = takeNumbers(store, "next_face_id", 1);
  const [x, y, w, h] = face.box;
  const after = { face_id: id, photo_id: photoId, x, y, w, h, source: before?.["source"] ?? "drawn" };
  changes.push({ table: "drawn_faces", key: [id], before: null, after });
  return { ...face, id, vector: null };
}

function handOn(store: Store, from: number, to: number, changes: RowChange[]): void {
  const confirmed = readRow(store, "confirmed", [from]);
  if (confirmed !== null) changes.push({ table: "confirmed", key: [to], before: null, after: { ...confirmed, face_id: to } });
  if (readRow(store, "not_faces", [from]) !== null) changes.push({ table: "not_faces", key: [to], before: null, after: { face_id: to } });
  for (const { person_id } of store
    .sql<[number], { person_id: number }>("SELECT person_id FROM main.rejected WHERE face_id = ?")
    .all(from)) {
    changes.push({ table: "rejected", key: [to, person_id], before: null, after: { face_id: to, person_id } });
  }
  for (const { id } of store.sql<[number], { id: number }>("SELECT id FROM main.people WHERE key_face_id = ?").all(from)) {
    const before = readRow(store, "people", [id]);
    if (before !== null) changes.push({ table: "people", key: [id], before, after: { ...before, key_face_id: to } });
  }
}

/** Asks later whether the new face is the old one's person. False where nobody said who the old one is. */
function doubt(store: Store, from: number, to: number, similarity: number): boolean {
  const personId = store
    .sql<[number], { person_id: number }>("SELECT person_id FROM main.confirmed WHERE face_id = ?")
    .get(from)?.person_id;
  if (personId === undefined) return false;
  keepDoubt(store, to, personId, similarity);
  return true;
}
