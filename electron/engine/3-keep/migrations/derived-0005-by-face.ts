import type { Migration } from "../migrate.ts";

/** What the packs have of one face is found without going through all faces: asked of each face that is moved, drawn or forgotten. */
export const derivedByFace: Migration = {
  version: 5,
  sql: "CREATE INDEX embeddings_by_face ON embeddings (face_id);",
};
