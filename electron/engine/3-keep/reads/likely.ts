import { likenessWords } from "../../../contract/likeness-words.ts";
import type { LikelyPerson } from "../../../contract/views.ts";
import type { LikelyToKeep } from "../shapes.ts";
import type { Store } from "../store.ts";
import { rootPerson } from "./root-person.ts";

/** A kept likeness with the person as they are now, or null where they are gone or set aside. */
export function likelyView(store: Store, likely: LikelyToKeep): LikelyPerson | null {
  type Card = Pick<LikelyPerson, "personId" | "name" | "keyFaceId" | "faces" | "firstYear" | "lastYear"> & { state: string };
  const card = store
    .sql<[number], Card>(
      `SELECT person_id AS personId, name, key_face_id AS keyFaceId, faces, state,
        CAST(substr(first_at, 1, 4) AS INTEGER) AS firstYear, CAST(substr(last_at, 1, 4) AS INTEGER) AS lastYear
       FROM derived.cards WHERE person_id = ?`,
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
