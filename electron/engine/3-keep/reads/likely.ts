import { likenessWords } from "../../../contract/likeness-words.ts";
import type { LikelyPerson } from "../../../contract/views.ts";
import type { LikelyToKeep } from "../shapes.ts";
import type { Store } from "../store.ts";
import { rootPerson } from "./root-person.ts";

/** A kept likeness with the person as they are now, or null where they are gone or set aside. */
export function likelyView(store: Store, likely: LikelyToKeep): LikelyPerson | null {
  type Card = { personId: number; name: string | null; keyFaceId: number | null; faces: number; state: string };
  const card = store
    .sql<[number], Card>(
      "SELECT person_id AS personId, name, key_face_id AS keyFaceId, faces, state FROM derived.cards WHERE person_id = ?",
    )
    .get(rootPerson(store, likely.personId));
  if (card === undefined || (card.state !== "named" && card.state !== "unnamed")) return null;
  const { state: _, ...person } = card;
  return {
    ...person,
    similarity: likely.similarity,
    sureness: likely.band,
    words: likenessWords[likely.band],
    falseAcceptRate: likely.far,
  };
}
