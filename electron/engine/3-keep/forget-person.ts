import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { planJournal, rewriteJournal, type JournalPlan } from "./forget-journal.ts";
import { scopeOf, type Scope } from "./forget-scope.ts";
import { refreshPhotos } from "./refresh-photos.ts";
import { rebuildMembers } from "./members.ts";
import type { Store } from "./store.ts";
import type { ForgetCounts } from "./shapes.ts";

/** What forgetting a person, or with null everybody, would remove. Changes nothing. Throws `person-not-found`. */
export function countForgetting(store: Store, personId: number | null): ForgetCounts {
  const count = (text: string): number => store.sql<[], { n: number }>(text).get()?.n ?? 0;
  if (personId === null) {
    return {
      people: count("SELECT count(*) AS n FROM main.people WHERE merged_into IS NULL AND name IS NOT NULL"),
      faces: count("SELECT count(*) AS n FROM main.faces"),
      photos: count("SELECT count(DISTINCT photo_id) AS n FROM main.faces"),
      vectors: count("SELECT count(*) AS n FROM derived.embeddings"),
      pictures: count("SELECT count(*) AS n FROM derived.pictures"),
      decisions: count("SELECT count(*) AS n FROM main.decisions WHERE standing > 0"),
      albums: count("SELECT count(*) AS n FROM main.albums"),
    };
  }
  const scope = scopeOf(store, personId);
  return countsOf(store, scope, planJournal(store, scope));
}

/**
 * Forgets a person or group: faces, vectors, crops, names, albums that ask for them, and all that the journal says of them. See
 * [Note: Forgetting]. Freed pages are zeroed, both files are written anew, and the logs are emptied, so nothing of it is left in them.
 */
export function forgetPerson(store: Store, personId: number): ForgetCounts {
  const scope = scopeOf(store, personId);
  const plan = planJournal(store, scope);
  const counts = countsOf(store, scope, plan);
  const crops = cropsOf(store, scope);
  store.db.pragma("secure_delete = ON");
  store.db.pragma("derived.secure_delete = ON");
  store.write(() => {
    rewriteJournal(store, scope, plan);
    forgetFacts(store, scope);
    forgetDerived(store, scope);
  });
  for (const file of crops) rmSync(file, { force: true });
  sweepPictures(store);
  sweep(store);
  return counts;
}

/** Writes both files anew without what was deleted, and empties their logs. */
export function sweep(store: Store): void {
  for (const schema of ["main", "derived"]) {
    store.db.exec(`VACUUM ${schema}`);
    store.db.pragma(`${schema}.wal_checkpoint(TRUNCATE)`);
  }
}

function countsOf(store: Store, scope: Scope, plan: JournalPlan): ForgetCounts {
  const faces = [...scope.faces];
  const each = (text: string): number => {
    const statement = store.sql<[number], { n: number }>(text);
    return faces.reduce((sum, id) => sum + (statement.get(id)?.n ?? 0), 0);
  };
  const photoOf = store.sql<[number], { id: number }>("SELECT photo_id AS id FROM main.faces WHERE id = ?");
  return {
    people: scope.names.length > 0 ? 1 : 0,
    faces: faces.length,
    photos: new Set(faces.flatMap((id) => photoOf.get(id)?.id ?? [])).size,
    vectors: each("SELECT count(*) AS n FROM derived.embeddings WHERE face_id = ?"),
    pictures: cropsOf(store, scope).length,
    decisions: plan.emptied.size + plan.touched.size,
    albums: store
      .sql<[], { id: number }>("SELECT id FROM main.albums")
      .all()
      .filter(({ id }) => scope.albums.has(id)).length,
  };
}

/** Pictures of their faces as they lie on disk, also those that `derived.db` lost sight of. */
function cropsOf(store: Store, scope: Scope): readonly string[] {
  const folders = new Set([...scope.faces].map((id) => Math.floor(id / 1000)));
  return [...folders].flatMap((folder) =>
    facePictures(store, String(folder)).filter((file) => scope.faces.has(Number.parseInt(basename(file), 10))),
  );
}

function facePictures(store: Store, folder: string): readonly string[] {
  const path = join(store.picturesDir, "face", folder);
  return existsSync(path) ? readdirSync(path).map((name) => join(path, name)) : [];
}

/** Removes pictures of faces that no row knows: left behind when `derived.db` was made anew, or when a copy was put back. */
function sweepPictures(store: Store): void {
  const known = new Set(
    store
      .sql<[], { file: string }>("SELECT file FROM derived.pictures WHERE kind = 'face'")
      .all()
      .map(({ file }) => join(store.picturesDir, file)),
  );
  const home = join(store.picturesDir, "face");
  for (const folder of existsSync(home) ? readdirSync(home) : [])
    for (const file of facePictures(store, folder)) if (!known.has(file)) rmSync(file, { force: true });
}

function forgetFacts(store: Store, scope: Scope): void {
  const photos = new Set<number>();
  const photoOf = store.sql<[number], { id: number }>("SELECT photo_id AS id FROM main.faces WHERE id = ?");
  for (const id of scope.faces) {
    const photo = photoOf.get(id)?.id;
    if (photo !== undefined) photos.add(photo);
    for (const table of ["confirmed", "rejected", "not_faces", "drawn_faces", "adjusted_faces"]) {
      store.sql(`DELETE FROM main.${table} WHERE face_id = ?`).run(id);
    }
    store.sql("UPDATE main.people SET key_face_id = NULL WHERE key_face_id = ?").run(id);
    store.sql("DELETE FROM main.faces WHERE id = ?").run(id);
  }
  const doubts = store.sql("SELECT 1 FROM main.sqlite_master WHERE name = 'doubts'").get() !== undefined;
  if (doubts) {
    for (const id of scope.faces) store.sql("DELETE FROM main.doubts WHERE face_id = ?").run(id);
    for (const id of scope.people) store.sql("DELETE FROM main.doubts WHERE person_id = ?").run(id);
  }
  for (const id of scope.people) {
    store.sql("DELETE FROM main.confirmed WHERE person_id = ?").run(id);
    store.sql("DELETE FROM main.rejected WHERE person_id = ?").run(id);
    store.sql("DELETE FROM main.never_merge WHERE a = ? OR b = ?").run(id, id);
    store.sql("DELETE FROM main.people WHERE id = ?").run(id);
  }
  for (const id of scope.albums) store.sql("DELETE FROM main.albums WHERE id = ?").run(id);
  // A question's id is made of the ids it asks about.
  for (const { id } of store.sql<[], { id: string }>("SELECT id FROM main.skipped").all()) {
    const asked = (id.match(/\d+/gu) ?? []).map(Number);
    if (asked.some((one) => scope.people.has(one))) store.sql("DELETE FROM main.skipped WHERE id = ?").run(id);
  }
  refreshPhotos(store, photos);
}

function forgetDerived(store: Store, scope: Scope): void {
  for (const id of scope.faces) {
    for (const table of ["embeddings", "proposals"]) store.sql(`DELETE FROM derived.${table} WHERE face_id = ?`).run(id);
    store.sql("DELETE FROM derived.pictures WHERE kind = 'face' AND id = ?").run(id);
  }
  for (const id of scope.people) {
    store.sql("DELETE FROM derived.proposals WHERE person_id = ?").run(id);
    store.sql("DELETE FROM derived.groups WHERE person_id = ?").run(id);
  }
  // These name several people and faces at once; the next grouping makes them anew.
  for (const table of ["neighbour_blocks", "questions", "joined"]) store.sql(`DELETE FROM derived.${table}`).run();
  store.sql("UPDATE derived.groups SET likely = NULL").run();
  rebuildMembers(store);
}
