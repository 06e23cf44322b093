import type { Migration } from "../migrate.ts";

/** Faces of edited photos that may be somebody a person spoke of. Kept here and not in `derived.db`: they are asked about once, and only then known. */
export const catalogDoubts: Migration = {
  version: 2,
  sql: `
CREATE TABLE doubts (
  face_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  -- Cosine of the face and the one that somebody confirmed.
  similarity REAL NOT NULL,
  PRIMARY KEY (face_id, person_id)
) STRICT, WITHOUT ROWID;
`,
};
