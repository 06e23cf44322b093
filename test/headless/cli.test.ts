import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const photos = "../shared/photos";
const library = mkdtempSync(join(tmpdir(), "familiar-cli-"));
afterAll(() => rmSync(library, { recursive: true, force: true }));

function familiar(...args: string[]): { readonly status: number | null; readonly answer: never } {
  const run = spawnSync(process.execPath, ["electron/headless/cli.ts", "--library", library, "--json", ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return { status: run.status, answer: JSON.parse(run.stdout) as never };
}
interface CliPerson {
  readonly id: number;
  readonly name: string | null;
  readonly faces: readonly { readonly id: number; readonly path: string; readonly box: readonly number[]; readonly state: string }[];
}

describe("bad calls", () => {
  it.each([
    [["fly"], "bad-request"],
    [["index"], "bad-request"],
    [["index", "/no/such/folder"], "folder-gone"],
    [["decide", "name", "{"], "bad-request"],
    [["decide", "name", '{"personId": 99, "name": "Ana"}'], "person-not-found"],
    [["search", "--all", "Nobody"], "person-not-found"],
    [["undo"], "nothing-to-undo"],
    [["verify", "--pairs", "/no/such/list.csv"], "not-found"],
    [["verify", "/no/a.jpg", "/no/b.jpg"], "file-vanished"],
    [["import", "/no/such/names.json"], "not-found"],
    [["status", "--frobnicate"], "bad-request"],
  ])("%j answers a problem of the closed list and exits with 1", (args, code) => {
    const { status, answer } = familiar(...args);
    expect([status, (answer as { problem: { code: string } }).problem.code]).toEqual([1, code]);
  });
});

interface Label {
  readonly person: string;
  readonly box: readonly [number, number, number, number];
}
/** Labelled faces of people, by path below the photos folder; boxes in pixels. */
function labels(): Map<string, Label[]> {
  const byPath = new Map<string, Label[]>();
  for (const line of readFileSync(join(photos, "labels.csv"), "utf8").split("\n").slice(1)) {
    const cells = [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/gu)].map((cell) =>
      (cell[1] ?? "").replace(/^"|"$/gu, "").replaceAll('""', '"'),
    );
    const [path = "", person = "", role = "", x, y, w, h] = cells;
    if (person === "" || (role !== "known" && role !== "stranger")) continue;
    byPath.set(path, [...(byPath.get(path) ?? []), { person, box: [Number(x), Number(y), Number(w), Number(h)] }]);
  }
  return byPath;
}

describe.skipIf(!existsSync(photos))("the main job on real photographs (skipped without them)", () => {
  let groups: readonly CliPerson[] = [];
  beforeAll(() => {
    const { status, answer } = familiar("index", join(photos, "library"));
    expect(status).toBe(0);
    expect((answer as { photos: number }).photos).toBeGreaterThan(900);
    groups = familiar("people", "--unnamed").answer;
  }, 600_000);

  it("gathers the faces into people: BCubed F at least 0.95 on single-face photos, no hard merge", () => {
    const truth = labels();
    const personOf = new Map<string, string>();
    const groupOf = new Map<string, string>();
    const byPath = new Map<string, string[]>();
    const all: readonly { readonly id: number; readonly path: string }[] = familiar("faces").answer;
    for (const face of all) byPath.set(face.path, [...(byPath.get(face.path) ?? []), String(face.id)]);
    const groupOfFace = new Map(groups.flatMap((group) => group.faces.map((face) => [String(face.id), String(group.id)] as const)));
    for (const [path, ids] of byPath) {
      const known = truth.get(path.slice(path.indexOf("/photos/") + 8));
      const [only] = ids;
      if (ids.length !== 1 || known?.length !== 1 || only === undefined || !known[0]) continue;
      personOf.set(only, known[0].person);
      groupOf.set(only, groupOfFace.get(only) ?? `alone ${only}`);
    }
    const faces = [...personOf.keys()];
    expect(faces.length).toBeGreaterThan(600);
    const members = (of: Map<string, string>): Map<string, string[]> =>
      Map.groupBy(faces, (face) => of.get(face) ?? "") as Map<string, string[]>;
    const [people, found] = [members(personOf), members(groupOf)];
    let precision = 0;
    let recall = 0;
    for (const face of faces) {
      const mine = found.get(groupOf.get(face) ?? "") ?? [];
      const same = mine.filter((other) => personOf.get(other) === personOf.get(face)).length;
      precision += same / mine.length;
      recall += same / (people.get(personOf.get(face) ?? "")?.length ?? 1);
    }
    const [p, r] = [precision / faces.length, recall / faces.length];
    const hard = [...found.values()].filter((group) => {
      const counts = [...Map.groupBy(group, (face) => personOf.get(face)).values()].map((list) => list.length).toSorted((a, b) => b - a);
      return group.length >= 3 && (counts[1] ?? 0) >= 2;
    }).length;
    console.log(
      `${faces.length} labelled faces: BCubed P ${p.toFixed(4)} R ${r.toFixed(4)} F ${((2 * p * r) / (p + r)).toFixed(4)}, hard merges ${hard}`,
    );
    expect((2 * p * r) / (p + r)).toBeGreaterThanOrEqual(0.95);
    expect(hard).toBe(0);
  });

  it("reads nothing a second time, and names, searches, takes back and does again across restarts", () => {
    expect((familiar("index", join(photos, "library")).answer as { read: number }).read).toBe(0);
    const first = groups[0];
    if (!first) throw new Error("no group was found");
    expect(familiar("decide", "name", JSON.stringify({ personId: first.id, name: "  Ana   Lima " })).answer).toMatchObject({
      changed: first.faces.length,
    });
    const named: readonly CliPerson[] = familiar("people").answer;
    expect(named.map((person) => [person.name, person.faces.filter((face) => face.state === "confirmed").length])).toEqual([
      ["Ana Lima", first.faces.length],
    ]);
    const found: readonly { readonly path: string }[] = familiar("search", "--all", "ana lima").answer;
    expect(new Set(found.map((photo) => photo.path)).size).toBeGreaterThan(5);
    familiar("undo");
    expect(familiar("people").answer).toEqual([]);
    familiar("redo");
    expect((familiar("people").answer as readonly CliPerson[])[0]?.faces.length).toBe(first.faces.length);
  });
});
