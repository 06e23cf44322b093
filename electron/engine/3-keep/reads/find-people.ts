import { matchName } from "../../../contract/name-match.ts";
import type { LikelyPerson } from "../../../contract/views.ts";
import { freshCards } from "../members.ts";
import type { Store } from "../store.ts";

type Known = {
  readonly personId: number;
  readonly name: string;
  readonly keyFaceId: number | null;
  readonly faces: number;
  readonly firstYear: number | null;
  readonly lastYear: number | null;
};

/**
 * See Reads.findPeople. A name that begins so comes first, then one with a word that begins so, one that holds it, another form of the
 * given name, and last one with a letter off; more faces first.
 */
export function findPeople(store: Store, text: string, limit: number): readonly LikelyPerson[] {
  freshCards(store);
  if (text.trim() === "") return [];
  // Thousands of names are looked through at each letter typed; they are read once a change.
  const known = store.remember("names", () =>
    store
      .sql<[], Known>(
        `SELECT person_id AS personId, name, key_face_id AS keyFaceId, faces,
           CAST(substr(first_at, 1, 4) AS INTEGER) AS firstYear, CAST(substr(last_at, 1, 4) AS INTEGER) AS lastYear FROM derived.cards
         WHERE state IN ('named', 'hidden', 'stranger') AND name IS NOT NULL ORDER BY faces DESC, person_id`,
      )
      .all(),
  );
  return known
    .flatMap((person) => {
      const fit = matchName(person.name, text);
      return fit === null ? [] : [{ person, fit }];
    })
    .toSorted((a, b) => a.fit - b.fit)
    .slice(0, limit)
    .map(({ person }) => ({ ...person, similarity: 0, sureness: "guess", words: "", falseAcceptRate: 1 }));
}
