import { groupFaces } from "../../electron/engine/4-group/group-faces.ts";
import type { GroupInput, GroupOptions, GroupPerson } from "../../electron/engine/4-group/group-types.ts";
import { seededRandom } from "../../electron/engine/4-group/random.ts";
import type { Calibration } from "../../electron/engine/types.ts";
import { untouchedLibrary, type LabelledFaces } from "./grouping-library.ts";
import { degrade } from "./grouping-planted.ts";
import { scoreGrouping, type GroupingScores } from "./grouping-scores.ts";

const quick: GroupOptions = { checkMixed: false, questions: 0 };

export interface DegradedFigures {
  readonly withGate: GroupingScores;
  readonly withoutGate: GroupingScores;
  /** Wrong faces where nothing is degraded: these no degraded face has made. */
  readonly clean: { readonly withGate: number; readonly withoutGate: number };
  /** Wrong faces with the gate as a share of those without (GROUPING: section 7, bar 4). */
  readonly wrongShare: number;
  /** The same without what is wrong where nothing is degraded: what the degraded faces add. */
  readonly addedShare: number;
}

/**
 * With and without the gate: the faces and severely degraded ones. `real`: embeddings of degraded crops, added to the faces (make
 * them by `npm run models -- embed`); without them every seventh face is degraded by simulation on its vector.
 */
export async function degradedFaces(
  faces: LabelledFaces,
  calibration: Calibration,
  real: LabelledFaces | null = null,
): Promise<DegradedFigures> {
  const poor = real === null ? degrade(faces).faces : joined(faces, real);
  const run = async (of: LabelledFaces, gate: boolean): Promise<GroupingScores> =>
    scoreGrouping((await groupFaces(untouchedLibrary(of, calibration), { ...quick, gate })).personId, of.person);
  const [withGate, withoutGate] = [await run(poor, true), await run(poor, false)];
  const clean = { withGate: (await run(faces, true)).wrong, withoutGate: (await run(faces, false)).wrong };
  const added = Math.max(0, withGate.wrong - clean.withGate) / Math.max(1, withoutGate.wrong - clean.withoutGate);
  return { withGate, withoutGate, clean, wrongShare: withGate.wrong / Math.max(1, withoutGate.wrong), addedShare: added };
}

/** Faces of both; people of one name are one. */
function joined(one: LabelledFaces, two: LabelledFaces): LabelledFaces {
  const numbers = new Map(one.names.map((name, number) => [name, number]));
  const number = (name: string): number => numbers.get(name) ?? (numbers.set(name, numbers.size), numbers.size - 1);
  const vectors = new Float32Array(one.vectors.length + two.vectors.length);
  vectors.set(one.vectors);
  vectors.set(two.vectors, one.vectors.length);
  const person = Int32Array.from([...one.person, ...[...two.person].map((who) => number(two.names[who] ?? `? ${who}`))]);
  return { ...one, name: `${one.name} and ${two.name}`, vectors, person, norms: Float32Array.from([...one.norms, ...two.norms]) };
}

export interface QuestionFigures {
  /** BCubed F after 0, 10, 20, ... answers. */
  readonly byGain: readonly number[];
  /** The same, three random orders, their mean. */
  readonly random: readonly number[];
  readonly yesByGain: number;
}

/** Answers questions truthfully, ten a round: in order of gain, and in random order from the same band. */
export async function questionsExperiment(faces: LabelledFaces, calibration: Calibration, answers: number): Promise<QuestionFigures> {
  const byGain = await ask(faces, calibration, answers, null);
  const orders = [
    await ask(faces, calibration, answers, 1),
    await ask(faces, calibration, answers, 2),
    await ask(faces, calibration, answers, 3),
  ];
  const random = byGain.scores.map(
    (_, at) => orders.reduce((sum, one) => sum + (one.scores[at] ?? one.scores.at(-1) ?? 0), 0) / orders.length,
  );
  return { byGain: byGain.scores, random, yesByGain: byGain.yes };
}

async function ask(
  faces: LabelledFaces,
  calibration: Calibration,
  answers: number,
  seed: number | null,
): Promise<{ readonly scores: number[]; readonly yes: number }> {
  const n = faces.person.length;
  const neverMerge: [number, number][] = [];
  const confirmed = new Int32Array(n);
  let next = 1000;
  let input: GroupInput = untouchedLibrary(faces, calibration, { nextId: () => next++, confirmed });
  const skip = new Set<string>();
  const scores: number[] = [];
  const random = seededRandom(seed ?? 0);
  let yes = 0;
  for (let done = 0; ; done += 10) {
    const result = await groupFaces(input, { checkMixed: false, questions: seed === null ? 10 : 1_000_000, skip });
    scores.push(scoreGrouping(result.personId, faces.person).bcubedF);
    if (done >= answers || result.questions.length === 0) return { scores, yes };
    const order =
      seed === null
        ? result.questions
        : [...result.questions]
            .map((question) => ({ question, key: random() }))
            .sort((a, b) => a.key - b.key)
            .map(({ question }) => question);
    const main = mainPerson(result.personId, faces.person);
    const into = new Map<number, number>();
    const living = (id: number): number => (into.has(id) ? living(into.get(id) ?? id) : id);
    for (const { a, b, key } of order.slice(0, 10)) {
      skip.add(key);
      const [from, to] = [living(a), living(b)];
      if (from === to) continue;
      if (main.get(a) !== main.get(b)) neverMerge.push([from, to]);
      else {
        yes++;
        for (let row = 0; row < n; row++)
          if (living(result.personId[row] ?? 0) === from || living(result.personId[row] ?? 0) === to) confirmed[row] = to;
        into.set(from, to);
      }
    }
    const people = [...new Set(confirmed)].filter((id) => id !== 0).map((id): GroupPerson => ({ id, state: "named", birthday: NaN }));
    const pairs = neverMerge.map(([x, y]) => [living(x), living(y)] as const);
    input = { ...input, previous: result.personId.map(living), confirmed, people, neverMerge: pairs, neighbours: result.neighbours };
  }
}

/** Most frequent person of each group. */
function mainPerson(label: Int32Array, person: Int32Array): Map<number, number> {
  const counts = new Map<number, Map<number, number>>();
  for (let row = 0; row < label.length; row++) {
    const id = label[row] ?? 0;
    const its = counts.get(id) ?? new Map<number, number>();
    counts.set(id, its.set(person[row] ?? 0, (its.get(person[row] ?? 0) ?? 0) + 1));
  }
  return new Map([...counts].map(([id, its]) => [id, [...its].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? -1]));
}
