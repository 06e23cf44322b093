import type { Migration } from "../migrate.ts";

/**
 * Looked up instead of gone through: photos around a place, photos with a number of faces, and whose key face a face is (asked when a
 * drawn one is taken back, and of each face that is forgotten).
 */
export const catalogFinding: Migration = {
  version: 4,
  sql: `
CREATE INDEX photos_by_place ON photos (latitude, longitude) WHERE latitude IS NOT NULL;
CREATE INDEX photos_by_faces ON photos (face_count, taken_at, id) WHERE visible = 1;
CREATE INDEX people_by_key_face ON people (key_face_id) WHERE key_face_id IS NOT NULL;
`,
};
