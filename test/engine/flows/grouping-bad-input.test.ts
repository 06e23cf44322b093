import Sqlite from "better-sqlite3";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "../../../electron/engine/index.ts";
import { adjustedRand } from "../../bench/grouping-scores.ts";
import { settings } from "../../../electron/engine/settings.ts";
import { plantedEngine, type PlantedEngine } from "../../helpers/planted-engine.ts";
import { planted } from "../4-group/planted.ts";

const library = planted(600);
let open: PlantedEngine;
/** Person of each row, 0 none, and what was decided: neither may be worse for any of this. */
async function standing(engine: Engine): Promise<Int32Array> {
  const faces = new Map((await engine.request("faces", {})).map((face) => [face.id, face.personId ?? 0]));
  return Int32Array.from(open.faceIds, (id) => faces.get(id) ?? 0);
}
async function decided(engine: Engine): Promise<readonly number[]> {
  const { items } = await engine.request("people.list", { show: "named" });
  const faces = await Promise.all(items.map(({ id }) => engine.request("person.faces", { personId: id, show: "confirmed", limit: 1000 })));
  return faces.flatMap((page) => page.items.map(({ id }) => id)).sort((a, b) => a - b);
}
let word: readonly number[] = [];
let before = new Int32Array(0);

beforeAll(async () => {
  open = await plantedEngine(library);
  const { items } = await open.engine.request("people.list", { show: "unnamed", limit: 2 });
  for (const [at, { id }] of items.entries())
    await open.engine.request("decide", { kind: "name", payload: { personId: id, name: `Person ${at}` } });
  word = await decided(open.engine);
  before = Int32Array.from(await standing(open.engine));
}, 120_000);
afterAll(() => open.close());

/** Runs SQL on the derived data, as a crash or an older version may have left it. */
function derived(sql: string, ...values: unknown[]): void {
  const db = new Sqlite(join(open.libraryDir, "derived.db"));
  db.prepare(sql).run(...values);
  db.close();
}

describe("grouping a library that is not as it should be", () => {
  it("finishes what a crash cut off half-way, and no word is lost", async () => {
    const engine = await open.reopen((keep) => {
      keep.keepProposals(
        [],
        open.faceIds.filter((_, row) => row % 2 === 0),
      );
    });
    expect(await decided(engine)).toEqual(word);
    // Groups that lost half of their faces find them again, and keep their ids.
    expect(adjustedRand(await standing(engine), before)).toBeGreaterThan(0.97);
  });

  it("compares the vectors of one pack alone, whatever else is there", async () => {
    const now = await standing(open.engine);
    const engine = await open.reopen((keep) => {
      const vector = new Float32Array(32).fill(1 / Math.sqrt(32));
      keep.keepEmbeddings(open.faceIds.map((faceId) => ({ faceId, pack: "another", vector, norm: 50 })));
    });
    expect(adjustedRand(await standing(engine), now)).toBeGreaterThan(0.999);
    expect(await decided(engine)).toEqual(word);
  });

  it("sets vectors of another length, of zeros and of NaN aside, and nobody is lost for them", async () => {
    const [long = 0, zero = 0, nothing = 0] = word;
    const engine = await open.reopen(() => {
      const write = "UPDATE embeddings SET vector = ?, norm = norm + 1 WHERE face_id = ? AND pack <> 'another'";
      derived(write, Buffer.from(new Float16Array(2 * library.dimensions).fill(0.1).buffer), long);
      derived(write, Buffer.from(new Float16Array(library.dimensions).buffer), zero);
      derived(write, Buffer.from(new Float16Array(library.dimensions).fill(NaN).buffer), nothing);
    });
    expect(await decided(engine)).toEqual(word);
    const why = await engine.request("face.why", { faceId: nothing });
    expect([why.rule, why.nearest]).toEqual(["confirmed", []]);
    const { items } = await engine.request("people.list", { show: "named" });
    for (const { id } of items) expect((await engine.request("person.suggestions", { personId: id })).personId).toBe(id);
    expect((await engine.request("conflicts", {})).total).toBeGreaterThanOrEqual(0);
  });

  it("does not mix two versions of a pack while photos are read anew: what waits stands as it stood", async () => {
    const now = await standing(open.engine);
    const unsettled = open.faceIds.filter((id, row) => now[row] !== 0 && !word.includes(id));
    const engine = await open.reopen(() => {
      // Half of the photos have been read with a newer version, whose vectors have nothing to do with the old ones.
      derived("UPDATE seen SET embedder_version = embedder_version + 1 WHERE photo_id % 2 = 0");
      const vector = Buffer.from(new Float16Array(library.dimensions).fill(1 / Math.sqrt(library.dimensions)).buffer);
      const other = new Sqlite(join(open.libraryDir, "catalog.db"), { readonly: true });
      const newer = other.prepare("SELECT id FROM faces WHERE photo_id % 2 = 0").raw().all() as [number][];
      other.close();
      for (const [id] of newer)
        derived("UPDATE embeddings SET vector = ?, norm = norm + 2 WHERE face_id = ? AND pack <> 'another'", vector, id);
    });
    const after = await standing(engine);
    const faces = await engine.request("faces", {});
    const old = new Set(faces.filter(({ photoId }) => photoId % 2 === 1).map(({ id }) => id));
    const rows = open.faceIds.flatMap((id, row) => (old.has(id) && unsettled.includes(id) ? [row] : []));
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.map((row) => after[row])).toEqual(rows.map((row) => now[row]));
    expect(await decided(engine)).toEqual(word);
  });

  it("closed while it groups, at whatever moment: nothing that was decided is touched, and the next start finds everybody again", async () => {
    for (const [at, after] of [0, 10, 40, 120].entries()) {
      const grouping = new Promise<void>((resolve) => {
        setTimeout(resolve, settings.group.quiet + after);
      });
      // Everything that nobody acted on is grouped from nothing.
      await open.engine.request("settings.set", { daring: at % 2 === 0 ? 0.3 : 0.05 });
      await grouping;
      const engine = await open.reopen(() => undefined);
      expect(await decided(engine)).toEqual(word);
    }
    expect((await open.engine.request("status", {})).unnamed).toBeGreaterThan(0);
  });

  it("of nobody, and of one face", async () => {
    const nobody = await plantedEngine({ ...library, vectors: new Float32Array(0), norms: new Float32Array(0) });
    const one = await plantedEngine({
      ...library,
      vectors: library.vectors.slice(0, library.dimensions),
      norms: library.norms.slice(0, 1),
    });
    try {
      for (const { engine } of [nobody, one]) {
        expect(await engine.request("status", {})).toMatchObject({ unnamed: 0, people: 0, questions: 0 });
        expect(await engine.request("conflicts", {})).toMatchObject({ total: 0 });
        expect((await engine.request("grouping.preview", { daring: 0.3 })).daring?.groupsAfter ?? 0).toBe(0);
      }
      const why = await one.engine.request("face.why", { faceId: one.faceIds[0] ?? 0 });
      expect([why.rule, why.nearest]).toEqual(["none", []]);
    } finally {
      await nobody.close();
      await one.close();
    }
  });
});
