import { describe, expect, it } from "vitest";
import type { ConflictJob } from "../../../electron/engine/4-group/conflict-types.ts";
import { findConflicts } from "../../../electron/engine/4-group/conflicts.ts";
import { groupFaces } from "../../../electron/engine/4-group/group-faces.ts";
import { learnMetric, mapped } from "../../../electron/engine/4-group/learned-metric.ts";
import { previewCheck, previewDaring } from "../../../electron/engine/4-group/preview-effect.ts";
import { chooseExemplars, openRanker } from "../../../electron/engine/4-group/rank-faces.ts";
import { step } from "../../../electron/engine/4-group/steps.ts";
import { similarityAt, sureness } from "../../../electron/engine/4-group/sureness.ts";
import { dot } from "../../../electron/engine/4-group/vectors.ts";
import { whyFace } from "../../../electron/engine/4-group/why-face.ts";
import { settings } from "../../../electron/engine/settings.ts";
import { untouchedLibrary } from "../../bench/grouping-library.ts";
import { planted, plantedInput } from "./planted.ts";

const library = planted(1500);
const d = library.dimensions;
const { calibration, vectors, person } = library;
const faceIds = Int32Array.from(person, (_, row) => row + 1);
const rowsOf = (who: number): number[] => [...person.keys()].filter((row) => person[row] === who && (library.norms[row] ?? 0) > 60);
const bySize = [...new Set(person)].sort((a, b) => rowsOf(b).length - rowsOf(a).length);
const [ana = 0] = bySize;

describe("rankFor", () => {
  it("puts the person's own faces first, most certain first, and leaves out what it is told to", async () => {
    const exemplars = chooseExemplars(vectors, d, rowsOf(ana).slice(0, 8));
    const skip = new Uint8Array(1500);
    for (const row of rowsOf(ana).slice(0, 8)) skip[row] = 1;
    const ranker = await openRanker();
    const ranked = await ranker.rankFor({ exemplars, faceIds, vectors, dimensions: d, calibration, skip });
    await ranker.close();
    expect(ranked.every(({ face }) => skip[face - 1] === 0)).toBe(true);
    expect(ranked.every(({ similarity }, at) => similarity <= (ranked[at - 1]?.similarity ?? 1))).toBe(true);
    const others = rowsOf(ana).length - 8;
    const top = ranked.slice(0, others).filter(({ face }) => person[face - 1] === ana).length;
    expect(top / others).toBeGreaterThan(0.95);
    const [first] = ranked;
    const cosines = rowsOf(ana)
      .slice(0, 8)
      .map((row) => dot(vectors, row * d, vectors, ((first?.face ?? 1) - 1) * d, d))
      .sort((a, b) => b - a);
    expect(first?.similarity).toBeCloseTo(((cosines[0] ?? 0) + (cosines[1] ?? 0) + (cosines[2] ?? 0)) / 3, 4);
    expect(first).toMatchObject(sureness(first?.similarity ?? 0, calibration));
  });

  it("chooses exemplars that differ from each other", () => {
    const rows = rowsOf(ana);
    expect(rows.length).toBeGreaterThan(settings.group.exemplars);
    const spread = (chosen: Float32Array): number => {
      let sum = 0;
      for (let a = 0; a < settings.group.exemplars; a++) for (let b = 0; b < a; b++) sum += dot(chosen, a * d, chosen, b * d, d);
      return sum;
    };
    expect(spread(chooseExemplars(vectors, d, rows))).toBeLessThan(
      spread(chooseExemplars(vectors, d, rows.slice(0, settings.group.exemplars))),
    );
  });
});

describe("the two sliders", () => {
  it("say beforehand what moving them does", async () => {
    const input = plantedInput(1500, { alpha: 0.01 });
    const { effect, now } = await previewDaring(input, 2);
    const before = await groupFaces(input, { checkMixed: false, questions: 0, mode: "anew" });
    const after = await groupFaces({ ...input, alpha: 2 }, { checkMixed: false, questions: 0, mode: "anew" });
    const groups = (ids: Int32Array): number => new Set(ids.filter((id) => id !== 0)).size;
    expect([effect.groupsBefore, effect.groupsAfter]).toEqual([groups(before.personId), groups(after.personId)]);
    expect(effect.joined).toBeGreaterThan(0);
    expect(effect.together.length).toBeGreaterThan(0);
    for (const { a, b } of effect.together) {
      expect(after.personId[a - 1]).toBe(after.personId[b - 1]);
      expect(before.personId[a - 1] === before.personId[b - 1] && before.personId[a - 1] !== 0).toBe(false);
    }
    const { effect: same } = await previewDaring(input, 0.01, {}, now);
    expect([same.joined, same.parted, same.together.length]).toEqual([0, 0, 0]);
  });

  it("count the faces to check", () => {
    const far = Float64Array.of(1e-6, 5e-5, 5e-4, 5e-3, NaN);
    expect(previewCheck(Int32Array.of(1, 2, 3, 4, 5), far, 1e-5, 1e-3)).toEqual({ toCheckBefore: 3, toCheckAfter: 1, changing: [3, 2] });
  });
});

describe("why", () => {
  it("names the nearest confirmed faces, the next closest person and how sure it is", async () => {
    const result = await groupFaces(plantedInput(1500), { checkMixed: false });
    const row = rowsOf(ana).find((at) => result.personId[at] !== 0) ?? 0;
    const confirmed = new Uint8Array(1500);
    const said = rowsOf(ana)
      .filter((other) => other !== row && result.personId[other] === result.personId[row])
      .slice(0, 2);
    for (const other of said) confirmed[other] = 1;
    const why = whyFace({ faceIds, vectors, dimensions: d, personId: result.personId, confirmed, calibration, row, rule: "linked" });
    expect(
      why.nearest
        .slice(0, 2)
        .map(({ face }) => face)
        .sort(),
    ).toEqual(said.map((other) => other + 1).sort());
    expect(why.similarity).toBeCloseTo(result.similarity[row] ?? 0, 3);
    expect(why.next?.personId).not.toBe(result.personId[row]);
    expect(why.next?.similarity).toBeLessThan(why.similarity);
    const alone = whyFace({
      faceIds: Int32Array.of(1),
      vectors: vectors.slice(0, d),
      dimensions: d,
      personId: Int32Array.of(0),
      confirmed: new Uint8Array(1),
      calibration,
      row: 0,
      rule: "none",
    });
    expect(alone).toMatchObject({ nearest: [], next: null, similarity: NaN });
  });
});

describe("conflicts", () => {
  const job = (change: Partial<ConflictJob>): ConflictJob => ({
    ...untouchedLibrary(library, calibration),
    usable: new Uint8Array(1500).fill(1),
    personId: person.map((who) => who + 1),
    confirmed: new Uint8Array(1500),
    people: [],
    alpha: 0.05,
    calibration,
    map: null,
    ...change,
  });
  const kinds = (change: Partial<ConflictJob>, kind: string): ReturnType<typeof findConflicts> =>
    findConflicts(job(change)).filter((one) => one.kind === kind);

  it("lists the same person twice in a photo, with the face that fits best first, but not where a person said so", () => {
    const [a = 0, b = 0] = rowsOf(ana);
    const photoIds = Int32Array.from(person, (_, row) => (row === a || row === b ? 5000 : row + 1));
    const confirmed = new Uint8Array(1500);
    confirmed[b] = 1;
    expect(kinds({ photoIds, confirmed }, "twice-in-photo")).toEqual([
      { kind: "twice-in-photo", personId: ana + 1, photoId: 5000, faces: [b + 1, a + 1], action: "reject-others" },
    ]);
    confirmed[a] = 1;
    expect(kinds({ photoIds, confirmed }, "twice-in-photo")).toEqual([]);
  });

  it("lists faces from before a birth and faces far from everyone of that name", () => {
    const [a = 0] = rowsOf(ana);
    const takenAt = new Float64Array(1500).fill(1000);
    takenAt[a] = 400;
    const people = [{ id: ana + 1, state: "named", birthday: 500 } as const];
    expect(kinds({ takenAt, people }, "before-birth")).toEqual([
      { kind: "before-birth", personId: ana + 1, face: a + 1, days: 100, action: "reject" },
    ]);
    const stranger = rowsOf(bySize[9] ?? 0)[0] ?? 0;
    const personId = person.map((who, row) => (row === stranger ? ana : who) + 1);
    expect(kinds({ personId }, "far-from-everyone").map((one) => "face" in one && one.face)).toContain(stranger + 1);
  });

  it("lists two people that look like one, until somebody says that they are two", () => {
    const half = rowsOf(ana);
    const personId = person.map((who, row) => (half.indexOf(row) % 2 === 1 ? 9000 : who + 1));
    const people = [ana + 1, 9000].map((id) => ({ id, state: "named", birthday: NaN }) as const);
    const [found] = kinds({ personId, people }, "look-like-one");
    expect(found).toMatchObject({ people: [ana + 1, 9000], action: "merge-or-never" });
    expect(kinds({ personId, people, neverMerge: [[9000, ana + 1]] }, "look-like-one")).toEqual([]);
    expect(kinds({ personId, people: people.map((one) => ({ ...one, state: "stranger" })) }, "look-like-one")).toEqual([]);
  });
});

describe("more like another", () => {
  it("lists a proposal that is more like the confirmed faces of a look-alike than like its own person's", () => {
    const [one = 0, two = 0] = bySize.slice(0, 2);
    const [strays, confirmed] = [rowsOf(two).slice(-1), new Uint8Array(1500)];
    for (const row of [...rowsOf(one), ...rowsOf(two)]) confirmed[row] = strays.includes(row) ? 0 : 1;
    const personId = person.map((who, row) => (strays.includes(row) ? one : who) + 1);
    const people = [one + 1, two + 1].map((id) => ({ id, state: "named", birthday: NaN }) as const);
    const all = { ...untouchedLibrary(library, calibration), usable: new Uint8Array(1500).fill(1), alpha: 0.05, calibration, people };
    const turned = new Float32Array(d * d);
    for (let i = 0; i < d; i++) turned[i * d + i] = 1;
    for (const map of [null, turned]) {
      const found = findConflicts({ ...all, personId, confirmed, map }).filter(({ kind }) => kind === "more-like-another");
      expect(found).toMatchObject([{ personId: one + 1, otherId: two + 1, face: (strays[0] ?? 0) + 1, action: "move" }]);
    }
  });
});

describe("the learned metric", () => {
  it("is measured on faces it was not trained on, and used only where it gains two points", async () => {
    const steps = step({}, "", 0, 1);
    const chosen = bySize.slice(0, 12).flatMap((who) => rowsOf(who).slice(0, 16));
    const faces = new Float32Array(chosen.length * d);
    for (const [place, row] of chosen.entries()) faces.set(vectors.subarray(row * d, (row + 1) * d), place * d);
    const who = Int32Array.from(chosen, (row) => person[row] ?? 0);
    const learned = await learnMetric({ vectors: faces, dimensions: d, person: who }, steps);
    expect(learned.map?.length).toBe(d * d);
    expect(learned.used).toBe(learned.pairs >= settings.group.metric.fewestPairs && learned.gain >= settings.group.metricGain);
    expect(learned.gain).toBeCloseTo(learned.after - learned.before, 10);
    const away = Math.sqrt(
      (learned.map ?? new Float32Array(0)).reduce((sum, value, i) => sum + (value - (i % (d + 1) === 0 ? 1 : 0)) ** 2, 0),
    );
    expect(away).toBeGreaterThan(0);
    expect(away).toBeLessThan(3);
    const through = mapped(faces.slice(0, d), d, learned.map ?? new Float32Array(0));
    expect(dot(through, 0, through, 0, d)).toBeCloseTo(1, 5);
    expect((await learnMetric({ vectors: faces.slice(0, 3 * d), dimensions: d, person: who.slice(0, 3) }, steps)).map).toBeNull();
  });

  it("learns a direction that tells two look-alikes apart", async () => {
    const n = 80;
    const size = 16;
    const faces = new Float32Array(n * size);
    const who = new Int32Array(n);
    let seed = 1;
    const random = (): number => ((seed = (seed * 16807) % 2147483647) / 2147483647) * 2 - 1;
    for (let row = 0; row < n; row++) {
      who[row] = row % 2;
      const one = faces.subarray(row * size, (row + 1) * size);
      for (let i = 0; i < size; i++) one[i] = i === 0 ? 2 : i === 1 ? (who[row] === 0 ? 0.35 : -0.35) : 0.35 * random();
      const length = Math.hypot(...one);
      for (let i = 0; i < size; i++) one[i] = (one[i] ?? 0) / length;
    }
    const learned = await learnMetric({ vectors: faces, dimensions: size, person: who }, step({}, "", 0, 1));
    expect(learned.gain).toBeGreaterThan(0.02);
    expect(learned.used).toBe(true);
  });
});

describe("sureness", () => {
  it("goes from cosine to rate and back, and its bands are those of the settings", () => {
    for (const far of [5e-2, 1e-3, 3e-5, 1e-6, 1e-8])
      expect(sureness(similarityAt(far, calibration), calibration).far / far).toBeCloseTo(1, 6);
    const bandsSeen = [1e-6, 5e-5, 5e-4, 5e-3].map((far) => sureness(similarityAt(far, calibration), calibration).band);
    expect(bandsSeen).toEqual(["sure", "fairly-sure", "not-sure", "guess"]);
  });
});
