import Sqlite from "better-sqlite3";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ProgressView } from "../../../electron/contract/views.ts";
import type { Engine } from "../../../electron/engine/index.ts";
import { adjustedRand } from "../../bench/grouping-scores.ts";
import { grouped, plantedEngine, type PlantedEngine } from "../../helpers/planted-engine.ts";
import { planted } from "../4-group/planted.ts";

const library = planted(3000);

async function standing(engine: Engine, faceIds: readonly number[]): Promise<Int32Array> {
  const faces = new Map((await engine.request("faces", {})).map((face) => [face.id, face.personId ?? 0]));
  return Int32Array.from(faceIds, (id) => faces.get(id) ?? 0);
}
/** Faces by whether their kept neighbours are exact, and the kept neighbours themselves. */
function kept({ libraryDir }: PlantedEngine): { readonly exact: number; readonly rough: number; readonly neighbours: readonly number[] } {
  const db = new Sqlite(join(libraryDir, "derived.db"), { readonly: true });
  const blocks = db.prepare("SELECT data FROM neighbour_blocks ORDER BY pack, block").raw().all() as [Buffer][];
  db.close();
  let [exact, rough] = [0, 0];
  const neighbours: number[] = [];
  for (const [bytes] of blocks) {
    const words = new Int32Array(new Uint8Array(bytes).buffer);
    const [, count = 0, k = 0] = words;
    const isExact = words.subarray(3 + count, 3 + 2 * count).reduce((sum, flags) => sum + (flags & 1), 0);
    exact += isExact;
    rough += count - isExact;
    neighbours.push(...words.subarray(3 + 3 * count, 3 + (3 + k) * count));
  }
  return { exact, rough, neighbours };
}
/** Waits for a word of progress that fits. */
function told(engine: Engine, fits: (progress: ProgressView) => boolean): Promise<ProgressView> {
  return new Promise((resolve) => {
    const awake = setInterval(() => undefined, 1000);
    const stop = engine.onEvent((name, payload) => {
      if (name !== "progress" || !("phase" in payload) || !fits(payload)) return;
      stop();
      clearInterval(awake);
      resolve(payload);
    });
  });
}

describe("a library with more faces than are compared exactly at once", () => {
  it("is grouped from coarse lists, then looked at closer while nothing else is done, and ends as if it had been exact at once", async () => {
    const exactly = await plantedEngine(library);
    onTestFinished(() => exactly.close());
    const open = await plantedEngine(library, undefined, undefined, { exactUpTo: 500 });
    onTestFinished(() => open.close());
    const closer = told(open.engine, ({ closer }) => (closer?.done ?? 0) > 0);
    const { engine, faceIds } = open;
    // It says so as it is: read, and being looked at closer.
    const said = await closer;
    expect(said.phase).toBe("idle");
    expect(said.words).toContain("taking a closer look at all faces");
    // Whoever asks meanwhile is answered, and the look goes on after a decision and the grouping that follows from it.
    const [biggest] = (await engine.request("people.list", { show: "unnamed", sort: "faces", limit: 1 })).items;
    const ended = told(engine, ({ closer }) => closer === null);
    await engine.request("decide", { kind: "name", payload: { personId: biggest?.id ?? 0, name: "Ana" } });
    const suggestions = await engine.request("person.suggestions", { personId: biggest?.id ?? 0 });
    expect(suggestions.personId).toBe(biggest?.id);
    await ended;
    await grouped(engine);
    const done = kept(open);
    expect(done.rough).toBe(0);
    expect(done.exact).toBe(library.norms.length);
    // Face ids and the order of faces are the same in both libraries; cosines may differ in their last digit.
    const wanted = kept(exactly).neighbours;
    expect(done.neighbours.filter((face, at) => face === wanted[at]).length / wanted.length).toBeGreaterThan(0.999);
    expect(adjustedRand(await standing(engine, faceIds), await standing(exactly.engine, exactly.faceIds))).toBeGreaterThan(0.99);
    const { progress } = await engine.request("status", {});
    expect([progress.closer ?? null, progress.words.includes("closer")]).toEqual([null, false]);
  });

  it("goes on where it was after it was closed half-way", async () => {
    const open = await plantedEngine(library, undefined, undefined, { exactUpTo: 500 });
    onTestFinished(() => open.close());
    await told(open.engine, ({ closer }) => (closer?.done ?? 0) > 0);
    await open.engine.close();
    const half = kept(open);
    expect(half.exact).toBeGreaterThan(0);
    expect(half.exact + half.rough).toBe(library.norms.length);
    const engine = await open.reopen(() => undefined);
    const first = await told(engine, ({ closer }) => closer !== null && closer !== undefined);
    expect(first.closer?.done).toBeGreaterThan(half.exact);
    await told(engine, ({ closer }) => closer === null);
    expect(kept(open).rough).toBe(0);
  });
});
