import type { Migration } from "../migrate.ts";

/** Readings and pictures know how the photo stood when they were made; vectors, whether the face's box was moved since. */
export const derivedTurned: Migration = {
  version: 4,
  sql: `
-- How a photo stood when it was last looked at; no row: as its file stands.
CREATE TABLE stood (photo_id INTEGER PRIMARY KEY, quarter INTEGER NOT NULL) STRICT;
ALTER TABLE pictures ADD COLUMN quarter INTEGER NOT NULL DEFAULT 0;
ALTER TABLE embeddings ADD COLUMN stale INTEGER NOT NULL DEFAULT 0;
`,
};
