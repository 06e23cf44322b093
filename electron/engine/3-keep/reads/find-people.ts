import type { LikelyPerson } from "../../../contract/views.ts";
import { freshCards, orderOf } from "../members.ts";
import type { Store } from "../store.ts";

/** See Reads.findPeople. A name that begins so comes first, then one with a word that begins so, then one that holds it; more faces first. */
export function findPeople(store: Store, text: string, limit: number): readonly LikelyPerson[] {
  freshCards(store);
  const wanted = orderOf(text.trim());
  if (wanted === "") return [];
  const like = wanted.replace(/[\\%_]/gu, (character) => `\\${character}`);
  type Found = { personId: number; name: string; keyFaceId: number | null; faces: number };
  return store
    .sql<(string | number)[], Found>(
      `SELECT person_id AS personId, name, key_face_id AS keyFaceId, faces FROM derived.cards
       WHERE state IN ('named', 'hidden', 'stranger') AND name_order LIKE ? ESCAPE '\\'
       ORDER BY name_order LIKE ? ESCAPE '\\' DESC, name_order LIKE ? ESCAPE '\\' DESC, faces DESC, person_id LIMIT ?`,
    )
    .all(`%${like}%`, `${like}%`, `% ${like}%`, limit)
    .map((person) => ({ ...person, similarity: 0, sureness: "guess", words: "", falseAcceptRate: 1 }));
}
