import type { Migration } from "../migrate.ts";

/** The first catalogue. See [Note: Decisions] in ../journal.ts for the tables that only decisions write. */
export const catalogFirst: Migration = {
  version: 1,
  sql: `
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('next_person_id', 1), ('next_face_id', 1), ('next_album_id', 1), ('change', 0), ('clean', 1);
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE folders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL UNIQUE,
  added_at TEXT NOT NULL,
  last_read_at TEXT,
  state TEXT NOT NULL DEFAULT 'present' CHECK (state IN ('present', 'gone', 'unreadable'))
) STRICT;

-- A picture's content. 'shown', 'path' and 'face_count' follow its files and faces; see refresh-photos.
CREATE TABLE photos (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  taken_at TEXT,
  taken_zone TEXT,
  taken_from TEXT,
  month TEXT,
  latitude REAL,
  longitude REAL,
  camera TEXT,
  damaged INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL,
  thumbhash TEXT,
  first_seen TEXT NOT NULL,
  shown TEXT NOT NULL DEFAULT 'present' CHECK (shown IN ('present', 'offline', 'gone')),
  visible INTEGER GENERATED ALWAYS AS (shown <> 'gone') STORED,
  path TEXT NOT NULL DEFAULT '',
  face_count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX photos_by_date ON photos (taken_at, id) WHERE visible = 1;
CREATE INDEX photos_by_month ON photos (month, face_count) WHERE visible = 1;

CREATE TABLE files (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  folder_id INTEGER NOT NULL REFERENCES folders (id) ON DELETE CASCADE,
  path TEXT NOT NULL UNIQUE,
  bytes INTEGER NOT NULL,
  mtime_ms REAL NOT NULL,
  inode INTEGER NOT NULL DEFAULT 0,
  -- Null until the present content was hashed.
  hash TEXT,
  photo_id INTEGER REFERENCES photos (id),
  -- The photo this path held before its content changed: decisions are handed on from it once.
  was_photo_id INTEGER REFERENCES photos (id),
  state TEXT NOT NULL DEFAULT 'present' CHECK (state IN ('present', 'gone', 'offline')),
  problem TEXT,
  problem_detail TEXT,
  problem_sentence TEXT,
  problem_transient INTEGER,
  seen_at TEXT NOT NULL
) STRICT;
CREATE INDEX files_by_photo ON files (photo_id) WHERE photo_id IS NOT NULL;
CREATE INDEX files_by_folder ON files (folder_id, state, photo_id, problem);
CREATE INDEX files_by_hash ON files (hash) WHERE hash IS NOT NULL;
CREATE INDEX files_by_inode ON files (inode) WHERE inode <> 0;
CREATE INDEX files_unhashed ON files (id) WHERE hash IS NULL;
CREATE INDEX files_failed ON files (path) WHERE problem IS NOT NULL;

CREATE TABLE faces (
  id INTEGER PRIMARY KEY,
  photo_id INTEGER NOT NULL REFERENCES photos (id),
  x REAL NOT NULL, y REAL NOT NULL, w REAL NOT NULL, h REAL NOT NULL,
  points TEXT,
  score REAL NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('detected', 'drawn', 'imported')),
  norm REAL NOT NULL,
  quality REAL NOT NULL,
  pixels REAL NOT NULL,
  sharpness REAL NOT NULL,
  yaw REAL NOT NULL,
  turned INTEGER NOT NULL,
  detector TEXT NOT NULL,
  -- Not found again by a later reading, and nobody had said anything about it.
  gone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX faces_by_photo ON faces (photo_id);

-- Facts: only decisions write these.
CREATE TABLE people (
  id INTEGER PRIMARY KEY,
  name TEXT,
  state TEXT NOT NULL CHECK (state IN ('named', 'unnamed', 'stranger', 'hidden')),
  key_face_id INTEGER,
  birthday TEXT,
  merged_into INTEGER REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX people_by_merge ON people (merged_into) WHERE merged_into IS NOT NULL;
CREATE TABLE confirmed (
  face_id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX confirmed_by_person ON confirmed (person_id);
CREATE TABLE rejected (
  face_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (face_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX rejected_by_person ON rejected (person_id);
CREATE TABLE never_merge (
  a INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  b INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (a, b), CHECK (a < b)
) STRICT, WITHOUT ROWID;
CREATE INDEX never_merge_by_b ON never_merge (b);
CREATE TABLE not_faces (face_id INTEGER PRIMARY KEY) STRICT;
CREATE TABLE drawn_faces (
  face_id INTEGER PRIMARY KEY,
  photo_id INTEGER NOT NULL,
  x REAL NOT NULL, y REAL NOT NULL, w REAL NOT NULL, h REAL NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('drawn', 'imported'))
) STRICT;
CREATE INDEX drawn_by_photo ON drawn_faces (photo_id);
CREATE TABLE albums (id INTEGER PRIMARY KEY, name TEXT NOT NULL, query TEXT NOT NULL) STRICT;

CREATE TABLE decisions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  at TEXT NOT NULL,
  sentence TEXT NOT NULL,
  faces INTEGER NOT NULL,
  -- Up to four, for History.
  face_ids TEXT NOT NULL,
  person_id INTEGER,
  -- Of an undo or redo: the decision it is about.
  target INTEGER REFERENCES decisions (id),
  undone_by INTEGER REFERENCES decisions (id),
  -- 0: undo, redo. 1: a person's word. 2: handed on by the machine.
  standing INTEGER GENERATED ALWAYS AS (CASE kind WHEN 'undo' THEN 0 WHEN 'redo' THEN 0 WHEN 'carry' THEN 2 ELSE 1 END) STORED
) STRICT;
CREATE INDEX decisions_standing ON decisions (standing, id);
CREATE INDEX decisions_told ON decisions (id) WHERE standing > 0;
CREATE INDEX decisions_undone ON decisions (undone_by) WHERE undone_by IS NOT NULL;
CREATE TABLE changes (
  decision_id INTEGER NOT NULL REFERENCES decisions (id),
  seq INTEGER NOT NULL,
  tbl TEXT NOT NULL,
  key TEXT NOT NULL,
  before TEXT,
  after TEXT,
  PRIMARY KEY (decision_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX changes_by_row ON changes (tbl, key, decision_id);
CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are kept for ever'); END;
CREATE TRIGGER decisions_are_final BEFORE UPDATE OF id, kind, payload, at, sentence, faces, face_ids, person_id, target ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are final'); END;
CREATE TRIGGER changes_stay BEFORE DELETE ON changes BEGIN SELECT RAISE(ABORT, 'changes are kept for ever'); END;
CREATE TRIGGER changes_are_final BEFORE UPDATE ON changes BEGIN SELECT RAISE(ABORT, 'changes are final'); END;

-- Questions that somebody did not want to answer; not asked again.
CREATE TABLE skipped (id TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
`,
};
