import type { WhyView } from "../../contract/views.ts";
import type { House } from "./house.ts";
import { likelyView } from "./recognition.ts";

/** Why a face stands where it does: what decided, the closest faces of that person, and who else it is most like. */
export async function why(house: House, faceId: number): Promise<WhyView> {
  const { keep } = house;
  const { face, rule, similarity, falseAcceptRate, decision, sameDay } = keep.reads.why(faceId);
  const told = house.embedder().calibration === null ? null : await house.grouper.ask("why", { faceId });
  const nearest = (told?.nearest ?? []).map((one) => ({ faceId: one.face, similarity: one.similarity, confirmed: one.confirmed }));
  const next = told?.next ? likelyView(house, told.next) : null;
  return {
    faceId,
    personId: face.personId,
    name: face.name,
    rule,
    decision,
    similarity,
    falseAcceptRate,
    sureness: face.sureness,
    nearest,
    next,
    sameDay,
  };
}
