import { closeStore, openStore } from "../../electron/engine/3-keep/open-store.ts";
import { rebuildMembers, freshCards } from "../../electron/engine/3-keep/members.ts";

/** How much a library made by `bigLibrary` holds. */
export const bigSize = { photos: 100_000, faces: 300_000, people: 5_000 } as const;
const { photos, faces, people } = bigSize;

/** A number in [0, 1) of `n` that is the same every time, as SQL; `salt` makes it another one. */
const lot = (n: string, salt = 1): string => `((((${n}) * 2654435761 + ${salt} * 40503) % 4294967296) / 4294967296.0)`;
const series = (to: number): string => `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${to})`;
/** Whose face it is: the first people have thousands, most have a few dozen. */
const whose = (face: string): string => `CAST(pow(${people}, ${lot(face)}) AS INTEGER)`;
const points = JSON.stringify(Array.from({ length: 5 }, () => [0.123456, 0.234567]));

/**
 * Every third person has a row of their own, named mostly; half of their faces are confirmed. Twenty thousand decisions with ten changes
 * each stand in the journal, a tenth of them taken back. No vectors to speak of: no screen reads them by SQL.
 */
const rows = `
INSERT INTO main.folders (path, added_at) VALUES ('/pictures', '2024-01-01'), ('/more', '2024-01-01');
${series(photos)} INSERT INTO main.photos (hash, width, height, taken_at, taken_from, month, latitude, longitude, bytes, thumbhash, first_seen, shown, path, face_count)
  SELECT 'hash ' || i, 4000, 3000, t, CASE WHEN i % 40 = 1 THEN 'file-time' ELSE 'exif' END, substr(t, 1, 7),
    CASE WHEN i % 10 = 0 THEN 40 + i % 20 END, CASE WHEN i % 10 = 0 THEN i % 90 END, 3000000, '1QcSHQRnh493V4dIh4eXh1h4kJUI', '2024-01-01',
    CASE WHEN i % 200 = 7 THEN 'offline' WHEN i % 200 = 8 THEN 'gone' ELSE 'present' END, '/pictures/' || (i % 500) || '/photo ' || i || '.jpg', 3
  FROM (SELECT i, CASE WHEN i % 50 = 0 THEN NULL ELSE strftime('%Y-%m-%dT%H:%M:%S', 1104537600 + CAST(${lot("i", 2)} * 630000000 AS INTEGER), 'unixepoch') END AS t FROM n);
INSERT INTO main.files (folder_id, path, bytes, mtime_ms, inode, hash, photo_id, state, seen_at)
  SELECT 1, path, bytes, 5, id, hash, id, shown, '2024-01-01' FROM main.photos;
INSERT INTO main.files (folder_id, path, bytes, mtime_ms, inode, hash, photo_id, seen_at)
  SELECT 2, '/more/' || id || '.jpg', bytes, 5, 1000000 + id, hash, id, '2024-01-01' FROM main.photos WHERE id % 20 = 0;
${series(300)} INSERT INTO main.files (folder_id, path, bytes, mtime_ms, problem, problem_sentence, problem_transient, seen_at)
  SELECT 2, '/more/odd/' || i || '.jpg', 10, 5, 'photo-corrupt', 'It is cut off.', 0, '2024-01-01' FROM n;
${series(faces)} INSERT INTO main.faces (id, photo_id, x, y, w, h, points, score, source, norm, quality, pixels, sharpness, yaw, turned, detector, gone)
  SELECT i, 1 + (i - 1) / 3, 0.05 + 0.3 * (i % 3), 0.2, 0.2, 0.3, '${points}', 0.99, CASE WHEN i % 100 = 5 THEN 'drawn' ELSE 'detected' END, 70,
    ${lot("i", 3)}, 120, 300, 0, 0, 'mtcnn/1', i % 150 = 9 FROM n;
${series(people)} INSERT INTO main.people (id, name, state, key_face_id, birthday, merged_into)
  SELECT i, CASE WHEN s = 'named' THEN 'Person ' || i END, s, NULL, CASE WHEN i % 30 = 0 THEN '1980-02-03' END, NULL
  FROM (SELECT i, CASE WHEN i % 27 = 0 THEN 'stranger' WHEN i % 81 = 3 THEN 'hidden' ELSE 'named' END AS s FROM n WHERE i % 3 = 0);
INSERT INTO main.people (id, name, state, merged_into) SELECT id + 1, 'Once ' || id, 'named', id FROM main.people WHERE id % 60 = 0;
INSERT INTO main.confirmed SELECT id, whose FROM (SELECT id, ${whose("id")} AS whose FROM main.faces WHERE id % 2 = 0 AND gone = 0)
  WHERE whose % 3 = 0 AND whose > 0;
INSERT INTO main.rejected SELECT id, 3 * (1 + id % 1000) FROM main.faces WHERE id % 15 = 1 AND id NOT IN (SELECT face_id FROM main.confirmed);
INSERT INTO main.never_merge SELECT id, id + 3 FROM main.people WHERE id % 9 = 0 AND id + 3 IN (SELECT id FROM main.people);
INSERT INTO main.not_faces SELECT id FROM main.faces WHERE id % 100 = 11 AND id NOT IN (SELECT face_id FROM main.confirmed);
INSERT INTO main.drawn_faces SELECT id, photo_id, x, y, w, h, 'drawn' FROM main.faces WHERE source = 'drawn';
INSERT INTO main.albums VALUES (1, 'Ana', '{"all":[3]}'), (2, 'Both', '{"all":[3,6]}');
${series(20_000)} INSERT INTO main.decisions (kind, payload, at, sentence, faces, face_ids, person_id)
  SELECT CASE i % 4 WHEN 0 THEN 'name' WHEN 1 THEN 'confirm' WHEN 2 THEN 'reject' ELSE 'move' END, '{}',
    strftime('%Y-%m-%dT%H:%M:%S.000Z', 1704067200 + i * 60, 'unixepoch'), 'Something was said.', 10, '[1,2,3,4]', 3 FROM n;
INSERT INTO main.decisions (kind, payload, at, sentence, faces, face_ids, person_id, target)
  SELECT 'undo', '{}', '2025-01-01T00:00:00.000Z', 'Taken back.', 10, '[1,2,3,4]', 3, id FROM main.decisions WHERE id % 10 = 7;
UPDATE main.decisions SET undone_by = 20000 + (id + 3) / 10 WHERE id % 10 = 7 AND id <= 20000;
INSERT INTO main.changes SELECT 1 + n % 20000, n / 20000, 'confirmed', '[' || face_id || ']', NULL, '{"face_id":' || face_id || ',"person_id":' || person_id || '}'
  FROM (SELECT row_number() OVER () AS n, face_id, person_id FROM main.confirmed);
INSERT INTO main.changes SELECT 1 + id, 100, 'people', '[' || id || ']', NULL, '{"id":' || id || ',"name":"Person","state":"named","key_face_id":null,"birthday":null,"merged_into":null}'
  FROM main.people WHERE id < 19000;
INSERT INTO main.skipped SELECT 'alike:3:6:' || id, '2024-01-01' FROM main.people;
INSERT INTO main.doubts SELECT id, 3, 0.5 FROM main.faces WHERE id % 10000 = 1;
UPDATE main.meta SET value = 1000000 WHERE key IN ('next_person_id', 'next_face_id', 'next_album_id');

INSERT INTO derived.seen (photo_id, embedder, embedder_version, detector, detector_version, small_faces, change, at)
  SELECT id, 'mobilefacenet', 1, 'mtcnn', 1, 0, 1, '2024-01-01' FROM main.photos;
INSERT INTO derived.embeddings (pack, face_id, vector, norm) SELECT 'mobilefacenet', id, x'00003c00', 70 FROM main.faces;
INSERT INTO derived.proposals SELECT id, max(1, ${whose("id")}), 0.4 + 0.5 * quality, 1e-6, 'linked', 1 + id % 3 FROM main.faces WHERE id % 5 <> 4;
INSERT INTO derived.groups (person_id, mixed, likely) SELECT DISTINCT person_id, 0, '{"personId":3,"similarity":0.5,"far":1e-5,"band":"sure"}' FROM derived.proposals;
${series(60)} INSERT INTO derived.questions SELECT 'same:' || i, 'same', 3 * i, 3 * i + 3, 0.5, 1e-5, 2, 10, i, '[]' FROM n;
${series(400)} INSERT INTO derived.joined SELECT i, '2024-01-01', 900000 + i, 1 + i, '[' || i || ']' FROM n;
INSERT INTO derived.pictures (kind, id, size, file, bytes) SELECT 'face', id, '256', 'face/' || id, 9000 FROM main.faces;
INSERT INTO derived.pictures (kind, id, size, file, bytes) SELECT 'photo', id, 'thumb', 'photo/' || id, 9000 FROM main.photos;
`;

/** Writes a library of `bigSize` as years of use leave it, in some seconds: its rows come from SQL alone. Closed, with what SQLite knows of it from closing. */
export function bigLibrary(libraryDir: string): void {
  const store = openStore({ libraryDir });
  for (const schema of ["main", "derived"]) store.db.pragma(`${schema}.synchronous = OFF`);
  store.db.transaction(() => {
    store.db.exec(rows);
    rebuildMembers(store);
    freshCards(store);
  })();
  closeStore(store);
}
