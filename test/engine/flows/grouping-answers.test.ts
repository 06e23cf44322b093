import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PersonCard } from "../../../electron/contract/views.ts";
import { grouped, plantedEngine, type PlantedEngine } from "../../helpers/planted-engine.ts";
import { planted } from "../4-group/planted.ts";

const library = planted(1500);
const good = (row: number): boolean => (library.norms[row] ?? 0) > 60;
const rowsOf = (who: number): number[] => [...library.person.keys()].filter((row) => library.person[row] === who && good(row));
const bySize = [...new Set(library.person)].sort((a, b) => rowsOf(b).length - rowsOf(a).length);
const [ana = 0, ben = 0] = bySize;
/** Two of Ana's faces stand in one photo; every other photo has one face and a day. */
const [first = 0, second = 0] = rowsOf(ana);
const photos = [...library.person.keys()]
  .filter((row) => row !== second)
  .map((row) => ({ rows: row === first ? [first, second] : [row], takenAt: `20${10 + (row % 10)}-05-05T10:00:00` }));

let open: PlantedEngine;
beforeAll(async () => {
  open = await plantedEngine(library, photos);
}, 120_000);
afterAll(() => open.close());

/** The group that holds most of somebody's faces. */
async function groupOf(who: number): Promise<PersonCard> {
  const faces = await open.engine.request("faces", {});
  const count = new Map<number, number>();
  const wanted = new Set(rowsOf(who).map((row) => open.faceIds[row]));
  for (const { id, personId } of faces) if (personId !== null && wanted.has(id)) count.set(personId, (count.get(personId) ?? 0) + 1);
  const [most] = [...count].sort((a, b) => b[1] - a[1]);
  return open.engine.request("person.get", { personId: most?.[0] ?? 0 });
}

describe("what grouping says beside who is who", () => {
  it("shows what the sliders would do, and changes nothing", async () => {
    const before = await open.engine.request("status", {});
    const preview = await open.engine.request("grouping.preview", { daring: 0.3, checkAbove: 1e-3 });
    expect(preview.daring?.groupsBefore).toBeGreaterThan(0);
    expect(preview.daring?.joined).toBeGreaterThanOrEqual(preview.daring?.parted ?? 1);
    for (const { a, b, similarity } of preview.daring?.together ?? []) {
      expect([open.faceIds.includes(a), open.faceIds.includes(b)]).toEqual([true, true]);
      expect(Math.abs(similarity)).toBeLessThanOrEqual(1);
    }
    expect(preview.check?.toCheckAfter).toBeLessThanOrEqual(preview.check?.toCheckBefore ?? 0);
    expect((await open.engine.request("grouping.preview", { checkAbove: 1e-3 })).daring).toBeNull();
    const after = await open.engine.request("status", {});
    expect([after.unnamed, after.canUndo]).toEqual([before.unnamed, before.canUndo]);
    await expect(open.engine.request("grouping.preview", { daring: 7 })).rejects.toMatchObject({ code: "bad-request" });
  });

  it("suggests faces to somebody who has just been named, most certain first, and none that are settled", async () => {
    const whole = await groupOf(ben);
    const { items } = await open.engine.request("person.faces", { personId: whole.id, limit: 1000 });
    const [refused] = items.map(({ id }) => id);
    await open.engine.request("decide", { kind: "name", payload: { personId: whole.id, name: "Ben" } });
    await open.engine.request("decide", { kind: "reject", payload: { faceIds: [refused], personId: whole.id } });
    let all = 0;
    for (const who of bySize.slice(1, 40)) {
      const one = await groupOf(who);
      if (one.name === null) await open.engine.request("decide", { kind: "name", payload: { personId: one.id, name: `Person ${who}` } });
      const told = await open.engine.request("person.suggestions", { personId: one.id, limit: 5 });
      expect(told.items.length).toBe(Math.min(5, told.total));
      const similarities = told.items.map(({ similarity }) => similarity);
      expect(similarities).toEqual([...similarities].sort((x, y) => y - x));
      for (const { face } of told.items) {
        if (who === ben) expect(face.id).not.toBe(refused);
        expect(face.state === "proposed" && (face.personId === null || face.personState === "unnamed")).toBe(true);
        all++;
      }
    }
    expect(all).toBeGreaterThan(0);
    await expect(open.engine.request("person.suggestions", { personId: 999_999 })).rejects.toMatchObject({ code: "person-not-found" });
  });

  it("lists what does not fit with the decisions that settle it, and forgets what is left as it is", async () => {
    const person = await groupOf(ana);
    await open.engine.request("decide", { kind: "name", payload: { personId: person.id, name: "Ana" } });
    await open.engine.request("decide", { kind: "birthday", payload: { personId: person.id, date: "2014-01-01" } });
    const early = (await open.engine.request("conflicts", { limit: 500 })).items.filter(({ kind }) => kind === "before-birth");
    // Naming confirmed all of them, so that none is simply taken away: a person decides.
    expect(early.length).toBeGreaterThan(0);
    const [one] = early;
    if (!one) throw new Error("none");
    expect(one).toMatchObject({ birthdayInDoubt: true, person: { name: "Ana" } });
    const [act] = one.actions;
    if (!act) throw new Error("nothing to do");
    await open.engine.request("decide", { kind: act.kind, payload: act.payload });
    const [two] = early.slice(1);
    await open.engine.request("review.skip", { questionId: two?.id ?? "" });
    const left = new Set((await open.engine.request("conflicts", { limit: 500 })).items.map(({ id }) => id));
    expect([left.has(one.id), left.has(two?.id ?? ""), left.has(early[2]?.id ?? "")]).toEqual([false, false, true]);
  });

  it("says whether look-alikes are told apart by what was learned, and not when it is switched off", async () => {
    const figures = await open.engine.request("grouping.metric", {});
    expect(["too-few", "no-gain", "used"]).toContain(figures.state);
    expect(figures.state === "used").toBe((figures.after ?? 0) - (figures.before ?? 0) >= 0.02 && figures.pairs >= 50);
    await open.engine.request("settings.set", { lookAlikes: false });
    expect(await open.engine.request("grouping.metric", {})).toMatchObject({ state: "off", people: 0 });
    expect((await open.engine.request("conflicts", {})).total).toBeGreaterThan(0);
    await open.engine.request("settings.set", { lookAlikes: true });
  });
});

describe("groups that grew together", () => {
  it("are told, can be taken apart for good, and that can be undone", async () => {
    // Ana in two groups of an earlier run: nothing keeps them apart.
    const halves = new Int32Array(1500);
    rowsOf(ana).forEach((row, at) => (halves[row] = 1 + (at % 2)));
    const own = await plantedEngine(library, undefined, halves);
    try {
      const { engine } = own;
      const [joined] = (await engine.request("groups.joined", {})).items;
      if (!joined) throw new Error("nothing grew together");
      const hers = new Set(rowsOf(ana).map((row) => own.faceIds[row] ?? 0));
      expect(joined.faceIds.length).toBeGreaterThanOrEqual(3);
      expect(joined.faceIds.every((id) => hers.has(id))).toBe(true);
      const apart = await engine.request("decide", { kind: joined.takeBack.kind, payload: joined.takeBack.payload });
      const now = async (): Promise<readonly PersonCard[]> => {
        const faces = await engine.request("faces", {});
        const ids = new Set(faces.filter(({ id }) => joined.faceIds.includes(id)).map(({ personId }) => personId));
        return Promise.all([...ids].map((personId) => engine.request("person.get", { personId: personId ?? 0 })));
      };
      expect((await now()).map(({ id }) => id)).toEqual([apart.personId]);
      expect(apart.personId).not.toBe(joined.person.id);
      // Nobody is asked what was just said, and another look does not join them again.
      const { questions } = await engine.request("review.next", { limit: 100 });
      const pair = [apart.personId, joined.person.id];
      expect(questions.filter(({ a, b }) => pair.includes(a.id) && pair.includes(b.id))).toEqual([]);
      expect((await engine.request("person.get", { personId: joined.person.id })).neverMerged).toMatchObject([
        { personId: apart.personId },
      ]);
      const again = grouped(engine);
      await engine.request("settings.set", { daring: 0.3 });
      await again;
      expect((await now()).map(({ id }) => id)).toEqual([apart.personId]);
      expect((await engine.request("groups.joined", {})).items.map(({ id }) => id)).not.toContain(joined.id);
      await engine.request("undo", { decisionId: apart.decisionId });
      expect((await now()).map(({ id }) => id)).toEqual([joined.person.id]);
    } finally {
      await own.close();
    }
  });
});
