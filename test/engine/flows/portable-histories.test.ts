import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { PortableDocument } from "../../../electron/contract/portable.ts";
import { Keep, openKeep } from "../../../electron/engine/3-keep/keep.ts";
import { closeStore, openStore } from "../../../electron/engine/3-keep/open-store.ts";
import { exportDecisions } from "../../../electron/engine/flows/portable-export.ts";
import { parsePortable } from "../../../electron/engine/flows/portable-parse.ts";
import { prepareFile, prepareShare, type TakenIn } from "../../../electron/engine/flows/portable-take.ts";
import { atOnce } from "../../../electron/engine/lib/in-turns.ts";
import type { UnitBox } from "../../../electron/engine/types.ts";
import { addPhotos, seenFace } from "../../helpers/synthetic-library.ts";
import { foundOf } from "../../../electron/engine/3-keep/face-rows.ts";
import { turnsOfPhoto } from "../../../electron/engine/3-keep/turned-photos.ts";
import { turnedUnitBox, turnsOf } from "../../../electron/engine/lib/turns.ts";
import { factTable, factTables, rowText } from "../../../electron/engine/3-keep/fact-tables.ts";
import type { Store } from "../../../electron/engine/3-keep/store.ts";
import type { Row } from "../../../electron/engine/types.ts";
import { factsOf } from "../3-keep/check-library.ts";
import { checkLibrary, playHistories } from "../3-keep/histories.ts";

/** A whole file at once. */
function takeIn(keep: Keep, document: PortableDocument): TakenIn {
  return atOnce(prepareFile(keep, document)).write();
}

/** In memory where there is such a folder: nothing is cut off here. */
const place = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

interface Read {
  readonly hash: string;
  readonly boxes: readonly UnitBox[];
}
/** Photos of a library with what was detected in them, as another computer with the same photos reads them. */
function photosOf(libraryDir: string): readonly Read[] {
  const store = openStore({ libraryDir });
  const photos = store.sql<[], { id: number; hash: string }>("SELECT id, hash FROM photos ORDER BY id").all();
  const faces = store.sql<[number], { x: number; y: number; w: number; h: number; found: string | null }>(
    `SELECT x, y, w, h, found FROM faces WHERE photo_id = ? AND source = 'detected' AND (gone = 0
       OR id IN (SELECT face_id FROM confirmed UNION SELECT face_id FROM rejected UNION SELECT face_id FROM not_faces)) ORDER BY id DESC`,
  );
  const read = photos.map(({ id, hash }) => ({ hash: hex(hash), boxes: faces.all(id).map((face) => inFile(store, id, face)) }));
  closeStore(store);
  return read;
}
/** Where a detector sees a face in the file as it lies on the disk, whatever was turned or moved since. */
function inFile(store: Store, photoId: number, face: { x: number; y: number; w: number; h: number; found: string | null }): UnitBox {
  const box: UnitBox = face.found === null ? [face.x, face.y, face.w, face.h] : foundOf(face.found).box;
  return turnedUnitBox(box, turnsOf(-turnsOfPhoto(store, photoId)));
}
function photograph(keep: Keep, photos: readonly Read[]): void {
  addPhotos(
    keep,
    `/there/${photos[0]?.hash ?? ""}`,
    photos.map(({ hash, boxes }) => ({ name: `${hash}.jpg`, hash, faces: boxes.map((box) => seenFace(box, null)) })),
  );
}
/** The histories call their photos h1000 and the like. */
const hex = (hash: string): string => createHash("sha256").update(hash).digest("hex");
/** As it comes out of a file; who wrote it, and when, does not count. */
function told(keep: Keep, rename: (hash: string) => string = (hash) => hash): PortableDocument {
  const { exported: _, from: __, ...document } = JSON.parse(JSON.stringify(exportDecisions(keep))) as PortableDocument;
  const ids = document.people.map((person) => person.id);
  expect(new Set(ids).size).toBe(ids.length);
  const photos = document.photos.map((photo) => ({ ...photo, hash: rename(photo.hash), file: "" }));
  return { ...document, photos: photos.sort((a, b) => (a.hash < b.hash ? -1 : 1)) };
}

test("after any history: home again nothing changes; elsewhere all is the same, late photos too; taken back nothing is left", () => {
  const tally = { people: 0, faces: 0, late: 0, apart: 0, albums: 0 };
  let turn = 0;
  playHistories(40, (libraryDir) => {
    const home = new Keep(openStore({ libraryDir }));
    const [own, whole] = [told(home), told(home, hex)];
    // An album may ask for somebody whose naming was taken back: that is told, and it is left out.
    const someone = new Set(whole.people.map((person) => person.id));
    const albums = whole.albums.filter(({ query }) =>
      Object.values(query)
        .flat()
        .every((id) => someone.has(String(id))),
    );
    const document = { ...whole, albums };
    const lost = whole.albums.length - albums.length;
    const again = home.batch(() => takeIn(home, own));
    expect([again.applied.decisionId, again.conflicts, again.people]).toEqual([0, lost, 0]);
    home.close();
    const photos = photosOf(libraryDir);
    // Every other time half of the photos come later.
    const first = turn++ % 2 === 0 ? photos : photos.slice(0, photos.length / 2);
    const dir = mkdtempSync(join(place, "familiar-portable-"));
    let there = openKeep({ libraryDir: dir });
    photograph(there, first);
    const nothing = told(there);
    const taken = there.batch(() => takeIn(there, parsePortable(whole)));
    expect(taken.conflicts).toBe(lost);
    if (first !== photos) {
      photograph(there, photos.slice(first.length));
      const [standing] = there.reads.imports();
      if (
        standing !== undefined &&
        there.batch(() => atOnce(prepareShare(there, standing.decisionId, standing.people))?.write() ?? null) !== null
      )
        tally.late++;
    }
    expect(told(there)).toEqual(document);
    expect(there.batch(() => takeIn(there, parsePortable(document))).applied.decisionId).toBe(0);
    if (taken.applied.decisionId > 0) {
      there.close();
      there = openKeep({ libraryDir: dir });
      there.undo();
      expect(told(there)).toEqual(nothing);
      there.redo();
      expect(told(there)).toEqual(document);
    }
    there.close();
    checkLibrary(dir);
    rmSync(dir, { recursive: true, force: true });
    tally.people += document.people.length;
    tally.faces += document.photos.flatMap((photo) => photo.faces).length;
    tally.apart += document.apart.length;
    tally.albums += document.albums.length;
  });
  // A run in which nobody said anything would prove nothing.
  for (const [what, times] of Object.entries(tally)) expect([what, times > 10]).toEqual([what, true]);
}, 1_200_000);

/** Every fact row by its key. */
function rowsOf(store: Store): ReadonlyMap<string, string> {
  const rows = Object.keys(factTables).flatMap((name) => {
    const table = factTable(name);
    const { columns, keys } = factTables[table];
    return store
      .sql<[], Row>(`SELECT ${columns.join(", ")} FROM main.${table}`)
      .all()
      .map(
        (row) => [`${table} ${JSON.stringify(columns.slice(0, keys).map((column) => row[column]))}`, rowText(table, row) ?? ""] as const,
      );
  });
  return new Map(rows);
}

test("a file of another life adds to any history and overrules nothing; the second time it changes nothing; taken back all is as before", () => {
  const tally = { imports: 0, changed: 0, conflicts: 0 };
  let earlier: PortableDocument | null = null;
  playHistories(60, (libraryDir) => {
    const store = openStore({ libraryDir });
    const keep = new Keep(store);
    const own = told(keep);
    if (earlier !== null) {
      const document = earlier;
      const [facts, before] = [factsOf(store), rowsOf(store)];
      const { applied, conflicts } = keep.batch(() => takeIn(keep, document));
      tally.imports++;
      tally.conflicts += conflicts;
      if (applied.decisionId > 0) tally.changed++;
      const after = rowsOf(store);
      for (const [key, row] of before) {
        if (!key.startsWith("people ")) expect([key, after.get(key)]).toEqual([key, row]);
        else {
          const [was, is] = [JSON.parse(row) as Row, JSON.parse(after.get(key) ?? "{}") as Row];
          // What was not said may be learnt; what was said stands.
          const said = Object.keys(was).filter((column) => was[column] !== null && (column !== "state" || was["state"] !== "unnamed"));
          expect([key, said.map((column) => is[column])]).toEqual([key, said.map((column) => was[column])]);
        }
      }
      const twice = keep.batch(() => takeIn(keep, document));
      expect(twice.applied.decisionId).toEqual(0);
      if (applied.decisionId > 0) {
        keep.undo(applied.decisionId);
        expect(factsOf(store)).toBe(facts);
        keep.redo();
        expect(rowsOf(store)).toEqual(after);
        // Every third import stays, and what comes later builds on it.
        if (tally.imports % 3 !== 0) keep.undo();
      }
    }
    closeStore(store);
    checkLibrary(libraryDir);
    // Of this library or, after twenty, of another one with the same photos.
    if (tally.imports % 5 === 0) earlier = own;
  });
  expect([tally.imports, tally.changed > 10, tally.conflicts > 10]).toEqual([59, true, true]);
}, 1_200_000);
