import { Problem } from "../../errors.ts";
import type { FaceView, WhyView } from "../../../contract/views.ts";
import { saidOf } from "../said-of.ts";
import type { Store } from "../store.ts";
import { facesById } from "./faces.ts";

/** What is on record about a face's place; the caller adds what the vectors say. */
export interface WhyFacts {
  readonly face: FaceView;
  readonly rule: WhyView["rule"];
  /** Of a proposal. */
  readonly similarity: number | null;
  readonly falseAcceptRate: number | null;
  readonly decision: WhyView["decision"];
  /** Other faces of the same person on the same day. */
  readonly sameDay: readonly { readonly photoId: number; readonly faceId: number }[];
}

/** See Reads.why. */
export function whyFacts(store: Store, faceId: number): WhyFacts {
  const [face] = facesById(store, [faceId]);
  if (face === undefined) throw new Problem("face-not-found", String(faceId));
  const confirmed = face.personId !== null && face.state === "confirmed";
  const proposal = store
    .sql<[number], { rule: "linked" | "attached"; similarity: number; far: number }>(
      "SELECT rule, similarity, far FROM derived.proposals WHERE face_id = ?",
    )
    .get(faceId);
  const proposed = face.personId !== null && !confirmed ? proposal : undefined;
  const rule = confirmed ? (face.source === "detected" ? "confirmed" : "drawn") : (proposed?.rule ?? "none");
  type Decision = { decisionId: number; at: string; sentence: string; said: string | null };
  const decision = store
    .sql<[string], Decision>(
      `SELECT d.id AS decisionId, d.at, d.sentence, d.said FROM main.changes c JOIN main.decisions d ON d.id = c.decision_id
       WHERE c.tbl = 'confirmed' AND c.key = ? AND c.after IS NOT NULL AND d.standing > 0 AND d.undone_by IS NULL ORDER BY c.decision_id DESC LIMIT 1`,
    )
    .get(JSON.stringify([faceId]));
  return {
    face,
    rule,
    similarity: proposed?.similarity ?? null,
    falseAcceptRate: proposed?.far ?? null,
    decision: confirmed && decision !== undefined ? { ...decision, said: saidOf(decision) } : null,
    sameDay: sameDay(store, face),
  };
}

function sameDay(store: Store, face: FaceView): WhyFacts["sameDay"] {
  if (face.personId === null || face.takenAt === null) return [];
  const day = face.takenAt.slice(0, 10);
  return store
    .sql<(string | number)[], { photoId: number; faceId: number }>(
      `SELECT photo_id AS photoId, face_id AS faceId FROM derived.members
       WHERE person_id = ? AND taken_at >= ? AND taken_at <= ? AND face_id <> ? ORDER BY taken_at, photo_id, face_id LIMIT 12`,
    )
    .all(face.personId, day, `${day}~`, face.id);
}
