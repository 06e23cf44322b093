import type { WhyView } from "../../contract/views.ts";
import { dot } from "../4-group/vectors.ts";
import type { House } from "./house.ts";
import { ranker } from "./recognition.ts";

/** Faces shown beside the one asked about. */
const shown = 4;

/** Why a face stands where it does: what decided, the closest faces of that person, and who else it is most like. */
export function why(house: House, faceId: number): WhyView {
  const { keep } = house;
  const { face, rule, similarity, falseAcceptRate, decision, sameDay } = keep.reads.why(faceId);
  const pack = house.packName();
  const own = keep.vectorsOf(pack, [faceId]).get(faceId);
  const others = face.personId === null ? [] : keep.reads.members(face.personId, 400).filter((member) => member.faceId !== faceId);
  const confirmedOnly = others.filter((member) => member.confirmed);
  const pool = confirmedOnly.length > 0 ? confirmedOnly : others;
  const vectors = keep.vectorsOf(
    pack,
    pool.map((member) => member.faceId),
  );
  const nearest = own
    ? pool
        .flatMap(({ faceId: id, confirmed }) => {
          const vector = vectors.get(id);
          return vector ? [{ faceId: id, similarity: dot(own, 0, vector, 0, own.length), confirmed }] : [];
        })
        .toSorted((a, b) => b.similarity - a.similarity)
        .slice(0, shown)
    : [];
  const next = own && house.embedder().calibration ? (ranker(house)(own).find((one) => one.personId !== face.personId) ?? null) : null;
  const name = face.name ?? "this group";
  const words = {
    confirmed: decision ? `You said so: ${decision.sentence}` : `You said that this is ${name}.`,
    drawn: decision ? `You drew this face: ${decision.sentence}` : "You drew this face.",
    linked: `Familiar thinks this is ${name}.`,
    attached: `Familiar thinks this is ${name}. The picture is too poor to tell more by itself.`,
    none: "Familiar does not know who this is.",
  }[rule];
  return {
    faceId,
    personId: face.personId,
    name: face.name,
    rule,
    words,
    similarity,
    falseAcceptRate,
    sureness: face.sureness,
    nearest,
    next,
    sameDay,
  };
}
