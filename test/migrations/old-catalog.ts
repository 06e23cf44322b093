import Sqlite from "better-sqlite3";
import { migrate } from "../../electron/engine/3-keep/migrate.ts";
import { catalogMigrations } from "../../electron/engine/3-keep/migrations/catalog.ts";
import { derivedMigrations } from "../../electron/engine/3-keep/migrations/derived.ts";

/** What the old library holds, whatever its version: two people of three faces in two photos, said in two decisions, the first taken back. */
const life = `
INSERT INTO folders (path, added_at) VALUES ('/photos', '2024-01-01T00:00:00.000Z');
INSERT INTO photos (hash, width, height, taken_at, month, bytes, first_seen, path, face_count) VALUES
  ('A', 4000, 3000, '2004-05-06T07:08:09', '2004-05', 1000, '2024-01-01T00:00:00.000Z', '/photos/a.jpg', 2),
  ('B', 4000, 3000, NULL, NULL, 2000, '2024-01-01T00:00:00.000Z', '/photos/b.jpg', 1);
INSERT INTO files (folder_id, path, bytes, mtime_ms, inode, hash, photo_id, seen_at) VALUES
  (1, '/photos/a.jpg', 1000, 5, 1, 'A', 1, '2024-01-01T00:00:00.000Z'), (1, '/photos/b.jpg', 2000, 5, 2, 'B', 2, '2024-01-01T00:00:00.000Z');
INSERT INTO faces (id, photo_id, x, y, w, h, score, source, norm, quality, pixels, sharpness, yaw, turned, detector) VALUES
  (1, 1, 0.1, 0.1, 0.2, 0.2, 0.99, 'detected', 70, 0.5, 800, 300, 0, 0, 'mtcnn/1'),
  (2, 1, 0.5, 0.1, 0.2, 0.2, 0.99, 'detected', 70, 0.6, 800, 300, 0, 0, 'mtcnn/1'),
  (3, 2, 0.1, 0.1, 0.2, 0.2, 0.99, 'detected', 70, 0.7, 800, 300, 0, 0, 'mtcnn/1');
UPDATE meta SET value = 4 WHERE key IN ('next_face_id', 'next_person_id');
INSERT INTO decisions (kind, payload, at, sentence, faces, face_ids, person_id) VALUES
  ('name', '{"personId":1,"name":"Ana"}', '2024-01-01T00:00:01.000Z', 'Named 2 faces Ana.', 2, '[1,3]', 1),
  ('name', '{"personId":2,"name":"Ben"}', '2024-01-01T00:00:02.000Z', 'Named 1 face Ben.', 1, '[2]', 2);
INSERT INTO changes VALUES
  (1, 0, 'people', '[1]', NULL, '{"id":1,"name":"Ana","state":"named","key_face_id":null,"birthday":null,"merged_into":null}'),
  (1, 1, 'confirmed', '[1]', NULL, '{"face_id":1,"person_id":1}'),
  (1, 2, 'confirmed', '[3]', NULL, '{"face_id":3,"person_id":1}'),
  (2, 0, 'people', '[2]', NULL, '{"id":2,"name":"Ben","state":"named","key_face_id":null,"birthday":null,"merged_into":null}'),
  (2, 1, 'confirmed', '[2]', NULL, '{"face_id":2,"person_id":2}');
INSERT INTO people VALUES (1, 'Ana', 'named', NULL, NULL, NULL), (2, 'Ben', 'named', NULL, NULL, NULL);
INSERT INTO confirmed VALUES (1, 1), (3, 1), (2, 2);
INSERT INTO settings VALUES ('preferences', '{"theme":"dark"}');
`;
const proposals = `
INSERT INTO seen VALUES (1, 'mobilefacenet', 1, 'mtcnn', 1, 0, 1, '2024-01-01T00:00:00.000Z'), (2, 'mobilefacenet', 1, 'mtcnn', 1, 0, 1, '2024-01-01T00:00:00.000Z');
INSERT INTO embeddings (pack, face_id, vector, norm) VALUES ('mobilefacenet', 1, x'00003c00', 70), ('mobilefacenet', 2, x'3c000000', 70), ('mobilefacenet', 3, x'00003c00', 70);
UPDATE meta SET value = -1 WHERE key = 'change';
`;

/** Writes `catalog.db` as the Familiar of that version left it, with a small library in it. */
export function oldCatalog(file: string, version: number): void {
  write(
    file,
    (db) =>
      migrate(
        db,
        catalogMigrations.filter((step) => step.version <= version),
      ),
    life,
  );
}

/** The same for `derived.db`. */
export function oldDerived(file: string, version: number): void {
  write(
    file,
    (db) =>
      migrate(
        db,
        derivedMigrations.filter((step) => step.version <= version),
      ),
    proposals,
  );
}

function write(file: string, make: (db: Sqlite.Database) => void, content: string): void {
  const db = new Sqlite(file);
  db.pragma("journal_mode = WAL");
  make(db);
  db.exec(content);
  db.close();
}
