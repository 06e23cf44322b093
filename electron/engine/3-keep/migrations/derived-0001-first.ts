import type { Migration } from "../migrate.ts";

/** The first derived file: everything in it can be made anew from the photos and the catalogue. */
export const derivedFirst: Migration = {
  version: 1,
  sql: `
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('change', -1);
CREATE TABLE seen (
  photo_id INTEGER NOT NULL,
  embedder TEXT NOT NULL,
  embedder_version INTEGER NOT NULL,
  detector TEXT NOT NULL,
  detector_version INTEGER NOT NULL,
  small_faces INTEGER NOT NULL,
  -- Number of the catalogue's change that kept it; see [Note: Two files, one transaction].
  change INTEGER NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (photo_id, embedder)
) STRICT, WITHOUT ROWID;
CREATE TABLE embeddings (
  pack TEXT NOT NULL,
  face_id INTEGER NOT NULL,
  vector BLOB NOT NULL,
  norm REAL NOT NULL,
  PRIMARY KEY (pack, face_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE neighbours (
  pack TEXT NOT NULL,
  face_id INTEGER NOT NULL,
  ids BLOB NOT NULL,
  sims BLOB NOT NULL,
  PRIMARY KEY (pack, face_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE proposals (
  face_id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL,
  similarity REAL NOT NULL,
  far REAL NOT NULL,
  rule TEXT NOT NULL CHECK (rule IN ('linked', 'attached')),
  band INTEGER NOT NULL
) STRICT;
CREATE INDEX proposals_by_person ON proposals (person_id);
CREATE TABLE groups (
  person_id INTEGER PRIMARY KEY,
  mixed INTEGER NOT NULL,
  likely TEXT
) STRICT;
CREATE TABLE questions (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  a INTEGER NOT NULL,
  b INTEGER NOT NULL,
  similarity REAL NOT NULL,
  far REAL NOT NULL,
  band INTEGER NOT NULL,
  settles INTEGER NOT NULL,
  gain REAL NOT NULL,
  others TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX questions_by_gain ON questions (gain);
CREATE TABLE pictures (
  kind TEXT NOT NULL,
  id INTEGER NOT NULL,
  size TEXT NOT NULL,
  file TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (kind, id, size)
) STRICT, WITHOUT ROWID;

-- Who stands in which photo now: confirmed first, else proposed. Follows the facts; see [Note: Members].
CREATE TABLE members (
  face_id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL,
  photo_id INTEGER NOT NULL,
  confirmed INTEGER NOT NULL,
  -- 0 confirmed, 1 sure, 2 fairly sure, 3 not sure, 4 a guess.
  band INTEGER NOT NULL,
  similarity REAL NOT NULL,
  far REAL NOT NULL,
  taken_at TEXT,
  quality REAL NOT NULL
) STRICT;
CREATE INDEX members_by_date ON members (person_id, taken_at, photo_id, face_id, confirmed, far);
CREATE INDEX members_by_sureness ON members (person_id, band, similarity DESC, face_id, confirmed, far);
CREATE INDEX members_by_quality ON members (person_id, quality DESC, face_id, confirmed, far);
CREATE INDEX members_by_photo ON members (photo_id, person_id);
CREATE INDEX members_by_person_photo ON members (person_id, photo_id);
-- People whose card is out of date.
CREATE TABLE stale (person_id INTEGER PRIMARY KEY) STRICT;
-- One row a person or group, ready for the People screen.
CREATE TABLE cards (
  person_id INTEGER PRIMARY KEY,
  state TEXT NOT NULL,
  name TEXT,
  name_order TEXT,
  key_face_id INTEGER,
  face_ids TEXT NOT NULL,
  faces INTEGER NOT NULL,
  photos INTEGER NOT NULL,
  confirmed INTEGER NOT NULL,
  to_check INTEGER NOT NULL,
  first_at TEXT,
  last_at TEXT
) STRICT;
CREATE INDEX cards_by_faces ON cards (state, faces DESC, person_id);
CREATE INDEX cards_by_name ON cards (state, name_order, person_id);
CREATE INDEX cards_by_last ON cards (state, last_at DESC, person_id);
`,
};
