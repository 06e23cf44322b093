import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { decide } from "../../../electron/engine/5-decide/decide.ts";
import type { DecisionKind } from "../../../electron/contract/args.ts";
import { openKeep, type Keep } from "../../../electron/engine/3-keep/keep.ts";
import type { PhotoFacts } from "../../../electron/engine/types.ts";
import { addPhotos, noFacts, seenFace } from "../../helpers/synthetic-library.ts";

let dir = "";
let keep: Keep;
let ana = 0;
let ben = 0;
const at = (takenAt: string, takenFrom: NonNullable<PhotoFacts["takenFrom"]>): PhotoFacts => ({ ...noFacts, takenAt, takenFrom });
const page = { offset: 0, limit: 50 };
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "familiar-dates-"));
  keep = openKeep({ libraryDir: dir });
  const face = seenFace([0.1, 0.1, 0.2, 0.2], null);
  const other = seenFace([0.6, 0.1, 0.2, 0.2], null);
  const kept = addPhotos(keep, "/pictures", [
    { name: "Summer/a.jpg", hash: "a", facts: at("2004-07-02T10:00:00", "exif"), faces: [face, other] },
    { name: "Summer/b.jpg", hash: "b", facts: at("2011-01-05T10:00:00", "file-name"), faces: [face] },
    { name: "Scans/c.jpg", hash: "c", facts: at("2025-11-11T10:00:00", "file-time"), faces: [face, other] },
  ]);
  ana = keep.reservePersonIds(2);
  ben = ana + 1;
  const proposals = kept.flatMap(({ faceIds }) =>
    faceIds.map((faceId, i) => ({
      faceId,
      personId: i === 0 ? ana : ben,
      similarity: 0.9,
      far: 1e-6,
      rule: "linked" as const,
      band: "sure" as const,
    })),
  );
  keep.keepGrouping({ proposals, groups: [], questions: [] });
  apply("name", { personId: ana, name: "Ana Weiß" });
  apply("birthday", { personId: ana, date: "2001-07-03" });
});
afterEach(() => {
  keep.close();
  rmSync(dir, { recursive: true, force: true });
});
function apply(kind: DecisionKind, payload: Record<string, unknown>): void {
  keep.apply({ kind, payload, ...decide(keep.facts(), kind, payload as never) });
}
const faces = () => keep.reads.personFaces({ personId: ana, show: "everything", sort: "date", ...page }).items;

describe("a date that is only the time of the file", () => {
  test("makes neither years nor ages, and its faces come last", () => {
    const card = keep.reads.card(ana);
    expect([card?.firstYear, card?.lastYear]).toEqual([2004, 2011]);
    expect(faces().map((face) => [face.takenAt?.slice(0, 4) ?? null, face.age])).toEqual([
      ["2011", 9],
      ["2004", 2],
      [null, null],
    ]);
    expect(keep.reads.person(ana).years.map((year) => year.year)).toEqual([2004, 2011, null]);
  });
  test("is still where the photo stands among the months, with who is in it; the photo says where the date is from", () => {
    const months = keep.reads.months();
    expect(months.map((month) => [month.month, month.people.map((person) => person.name)])).toEqual([
      ["2025-11", ["Ana Weiß"]],
      ["2011-01", ["Ana Weiß"]],
      ["2004-07", ["Ana Weiß"]],
    ]);
    expect(keep.reads.personPhotos({ personId: ana, ...page }).items.map((photo) => photo.takenFrom)).toEqual([
      "file-name",
      "exif",
      "file-time",
    ]);
  });
  test("never stands in a strip through the years", () => {
    expect(keep.reads.growthFaces(ana).map((face) => face.takenAt.slice(0, 4))).toEqual(["2004", "2011"]);
  });
  test("is forgotten in a library that was made when it still counted", () => {
    keep.close();
    const derived = new Sqlite(join(dir, "derived.db"));
    derived.exec("UPDATE members SET taken_at = '2025-11-11T10:00:00' WHERE taken_at IS NULL; DELETE FROM cards; PRAGMA user_version = 2");
    derived.exec("INSERT OR IGNORE INTO stale SELECT DISTINCT person_id FROM members");
    derived.close();
    keep = openKeep({ libraryDir: dir });
    expect(keep.reads.card(ana)?.lastYear).toBe(2011);
  });
});

describe("finding on the people's screens", () => {
  test("shows only what somebody has in common with another", () => {
    const both = { personId: ana, with: ben, ...page };
    expect(keep.reads.personFaces({ ...both, show: "everything", sort: "date" }).total).toBe(2);
    expect(keep.reads.personPhotos(both).items.map((photo) => photo.path)).toEqual(["/pictures/Summer/a.jpg", "/pictures/Scans/c.jpg"]);
  });
  test("finds groups by a date and by a part of the path", () => {
    const found = (args: object) => keep.reads.people({ show: "unnamed", sort: "faces", ...page, ...args }).items.map((group) => group.id);
    expect(found({ folder: "summer" })).toEqual([ben]);
    expect(found({ folder: "Su_mer" })).toEqual([]);
    expect(found({ from: "2004-07", to: "2004-07" })).toEqual([ben]);
    expect(found({ from: "2011" })).toEqual([]);
    expect(found({ from: "2004", to: "2004", folder: "Scans" })).toEqual([]);
  });
  test("finds a name by letters without accents and by another form of it", () => {
    apply("name", { personId: ben, name: "William Hurt" });
    const names = (text: string) => keep.reads.findPeople(text, 8).map((person) => person.name);
    expect(names("weiss")).toEqual(["Ana Weiß"]);
    expect(names("Bill")).toEqual(["William Hurt"]);
    expect(names("%")).toEqual([]);
  });
});
