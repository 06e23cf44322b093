import { settings } from "../settings.ts";
import { refreshMembers } from "./members.ts";
import { takeNumbers, type Store } from "./store.ts";

/** Before every other question: a person's word is at stake. */
const gain = 1_000_000;

/** The face may be this person: to be asked about until somebody says so or not. */
export function keepDoubt(store: Store, faceId: number, personId: number, similarity: number): void {
  store.sql("INSERT OR REPLACE INTO main.doubts VALUES (?, ?, ?)").run(faceId, personId, similarity);
}

/**
 * Adds to the questions those about faces of edited photos that nobody has settled. Each asks about the
 * group in which the machine sees the face; a face that it sees in none becomes a group of one, so that it can be asked about.
 */
export function askDoubts(store: Store, root: (personId: number) => number): void {
  type Doubt = { faceId: number; personId: number; similarity: number };
  const doubts = store.sql<[], Doubt>("SELECT face_id AS faceId, person_id AS personId, similarity FROM main.doubts").all();
  for (const doubt of doubts) {
    const personId = root(doubt.personId);
    // A settled one is kept: the answer may be taken back.
    if (isSettled(store, doubt.faceId, personId)) continue;
    const group = groupOf(store, doubt.faceId);
    // The machine came to think so by itself, and shows it among what is to be checked; or the photo is away.
    if (group === null || group === personId) continue;
    const id = `edited:${doubt.faceId}:${personId}`;
    store
      .sql("INSERT OR REPLACE INTO derived.questions VALUES (?, 'is-this', ?, ?, ?, ?, 3, 1, ?, '[]')")
      .run(id, group, personId, doubt.similarity, settings.sureness.bands[2], gain + doubt.similarity);
  }
}

function isSettled(store: Store, faceId: number, personId: number): boolean {
  return (
    store
      .sql(
        `SELECT 1 FROM main.confirmed WHERE face_id = @face UNION ALL SELECT 1 FROM main.not_faces WHERE face_id = @face
         UNION ALL SELECT 1 FROM main.rejected WHERE face_id = @face AND person_id = @person`,
      )
      .get({ face: faceId, person: personId }) !== undefined
  );
}

/** Where the machine sees the face now; null where the face cannot be shown. */
function groupOf(store: Store, faceId: number): number | null {
  const member = store.sql<[number], { person_id: number }>("SELECT person_id FROM derived.members WHERE face_id = ?").get(faceId);
  if (member !== undefined) return member.person_id;
  const shown = store
    .sql("SELECT 1 FROM main.faces f JOIN main.photos p ON p.id = f.photo_id WHERE f.id = ? AND f.gone = 0 AND p.visible = 1")
    .get(faceId);
  if (shown === undefined) return null;
  const alone = takeNumbers(store, "next_person_id", 1);
  store.sql("INSERT OR REPLACE INTO derived.proposals VALUES (?, ?, 1, 0, 'linked', 1)").run(faceId, alone);
  refreshMembers(store, [faceId]);
  return alone;
}
