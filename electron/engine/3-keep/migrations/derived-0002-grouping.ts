import type { Migration } from "../migrate.ts";

/** Neighbours in large pieces, and what grouping did that somebody may want to see and take back. */
export const derivedGrouping: Migration = {
  version: 2,
  sql: `
DROP TABLE neighbours;
-- One piece for every 1,024 face ids; its layout is the grouping's own.
CREATE TABLE neighbour_blocks (
  pack TEXT NOT NULL,
  block INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (pack, block)
) STRICT;
-- Two unconfirmed groups that grew together: the id that ended, the one that stayed, and the faces that came over (JSON).
CREATE TABLE joined (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  gone INTEGER NOT NULL,
  stayed INTEGER NOT NULL,
  face_ids TEXT NOT NULL
) STRICT;
-- 1 while a grouping is being written down piece by piece.
INSERT INTO meta VALUES ('grouping', 0);
`,
};
