import type { LikelyPerson, PersonCard } from "../../electron/contract/views.ts";

/** Somebody known, for a list of people that did not come from a likeness. */
export function asLikely(card: PersonCard): LikelyPerson {
  return {
    personId: card.id,
    name: card.name,
    keyFaceId: card.keyFaceId,
    faces: card.faces,
    firstYear: card.firstYear,
    lastYear: card.lastYear,
    similarity: 0,
    sureness: "guess",
    words: "",
    falseAcceptRate: 1,
  };
}
