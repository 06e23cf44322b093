import type { Migration } from "../migrate.ts";

/**
 * Photos that somebody turned, and faces whose box somebody moved. All boxes that decisions hold (`drawn_faces` too) are fractions of
 * the photo as its file stands, so they mean the same however often it is turned; `faces` has them as the photo is shown.
 */
export const catalogTurned: Migration = {
  version: 3,
  sql: `
CREATE TABLE turned_photos (
  photo_id INTEGER PRIMARY KEY,
  -- Clockwise, of the photo upright by its own tag.
  quarter INTEGER NOT NULL CHECK (quarter BETWEEN 1 AND 3)
) STRICT;
CREATE TABLE adjusted_faces (
  face_id INTEGER PRIMARY KEY,
  photo_id INTEGER NOT NULL,
  x REAL NOT NULL, y REAL NOT NULL, w REAL NOT NULL, h REAL NOT NULL
) STRICT;
CREATE INDEX adjusted_by_photo ON adjusted_faces (photo_id);
-- Of a face whose box somebody moved: what the detector last said (JSON: box, points), by which it is found again.
ALTER TABLE faces ADD COLUMN found TEXT;
`,
};
