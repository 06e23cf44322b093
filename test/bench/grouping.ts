import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { groupFaces } from "../../electron/engine/4-group/group-faces.ts";
import type { GroupResult } from "../../electron/engine/4-group/group-types.ts";
import { learnMetric } from "../../electron/engine/4-group/learned-metric.ts";
import { openSearcher, type NeighbourRows } from "../../electron/engine/4-group/neighbours.ts";
import { chooseExemplars, openRanker } from "../../electron/engine/4-group/rank-faces.ts";
import { step } from "../../electron/engine/4-group/steps.ts";
import type { Calibration } from "../../electron/engine/types.ts";
import { calibrate } from "../../models/calibrate.ts";
import { barsOf, sayBars } from "./grouping-bars.ts";
import { degradedFaces, questionsExperiment } from "./grouping-experiments.ts";
import { incremental } from "./grouping-incremental.ts";
import {
  labelledVectorsFolder,
  readLabelledVectors,
  readPackCalibration,
  untouchedLibrary,
  type LabelledFaces,
} from "./grouping-library.ts";
import { lookAlikes, plantedLibrary } from "./grouping-planted.ts";
import { nameInEngine } from "./grouping-request.ts";
import { scoreGrouping } from "./grouping-scores.ts";
import { splitFigures } from "./grouping-split.ts";
import { suggestionFigures } from "./grouping-suggestions.ts";
import { yardsticks } from "./grouping-yardsticks.ts";

export interface GroupingBenchOptions {
  /** Folder of labelled vectors; without it and without `faces` the one beside the repository, else 10,000 planted faces. */
  readonly vectors?: string | undefined;
  /** Planted library of so many faces. */
  readonly faces?: number | undefined;
  /** Folder of embeddings of degraded faces (`npm run models -- embed`). */
  readonly degraded?: string | undefined;
  /** One JSON document and nothing else. */
  readonly json?: boolean | undefined;
}

/** Faces up to which the slow experiments and yardsticks run too. */
const small = 20_000;

/** Groups labelled faces, scores the outcome beside five yardsticks, and prints it. Gives the document too. */
export async function benchGrouping(options: GroupingBenchOptions = {}): Promise<Readonly<Record<string, unknown>>> {
  const folder = options.vectors ?? (options.faces === undefined ? labelledVectorsFolder() : null);
  const planted = folder === null ? plantedLibrary(options.faces ?? 10_000) : null;
  const faces: LabelledFaces = planted ?? readLabelledVectors(folder ?? "");
  const calibration = planted?.calibration ?? calibrationFor(faces);
  const rows = faces.person.length;
  const before = process.cpuUsage();
  const began = performance.now();
  const result = await groupFaces(untouchedLibrary(faces, calibration), { checkMixed: false });
  const seconds = (performance.now() - began) / 1000;
  const cpu = process.cpuUsage(before);
  const peakMemoryMb = Math.round(process.resourceUsage().maxRSS / 1024);
  const document: Record<string, unknown> = {
    name: faces.name,
    rows,
    people: new Set(faces.person).size,
    ...scoreGrouping(result.personId, faces.person),
    seconds,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    peakMemoryMb,
    steps: result.seconds,
    cores: cpus().length,
    ...(await arrivals(faces, calibration, result)),
    nameToRankedMs: await nameToRanked(faces, calibration),
  };
  // Two threads hold the vectors in the engine; a million would need a machine of its own.
  if (rows <= 200_000) document["request"] = await nameInEngine(faces, calibration);
  if (rows <= small) Object.assign(document, await slowFigures(faces, calibration, result, options.degraded));
  document["bars"] = barsOf(document, planted === null);
  if (options.json === true) console.log(JSON.stringify(document));
  else {
    const { bars, ...figures } = document;
    say(figures);
    console.log(sayBars(bars as ReturnType<typeof barsOf>));
  }
  return document;
}

/** The shipped pack's where the vectors are as long as its, else measured on the faces themselves. */
function calibrationFor(faces: LabelledFaces): Calibration {
  return faces.dimensions === 192 ? readPackCalibration("mobilefacenet") : calibrate(faces);
}

/** A thousand more faces after the rest has been grouped; the median of five runs. */
async function arrivals(faces: LabelledFaces, calibration: Calibration, all: GroupResult): Promise<Record<string, unknown>> {
  const more = Math.min(1000, Math.floor(faces.person.length / 10));
  const old = faces.person.length - more;
  const d = faces.dimensions;
  const first = untouchedLibrary(
    { ...faces, vectors: faces.vectors.subarray(0, old * d), person: faces.person.subarray(0, old), norms: faces.norms.subarray(0, old) },
    calibration,
  );
  // As in the engine: its thread keeps the search open and knows the neighbours.
  const searcher = await openSearcher(1);
  const options = { checkMixed: false, questions: 0, searcher } as const;
  const grouped = old > 300_000 ? null : await groupFaces(first, options);
  if (grouped === null) {
    await searcher.close();
    return {};
  }
  const previous = new Int32Array(all.personId.length);
  previous.set(grouped.personId);
  let next = 2_000_000_000;
  const input = untouchedLibrary(faces, calibration, { previous, neighbours: grouped.neighbours, nextId: () => next++ });
  const runs: { readonly cpuSeconds: number; readonly result: GroupResult }[] = [];
  while (runs.length < 5) {
    const before = process.cpuUsage();
    const result = await groupFaces(input, { ...options, onlyNew: true });
    const cpu = process.cpuUsage(before);
    runs.push({ cpuSeconds: (cpu.user + cpu.system) / 1e6, result });
  }
  await searcher.close();
  const [opening] = runs;
  const bySeconds = [...runs].sort((a, b) => a.cpuSeconds - b.cpuSeconds);
  const middle = bySeconds[2];
  if (!opening || !middle) return {};
  return {
    arrivals: {
      faces: more,
      cpuSeconds: middle.cpuSeconds,
      // Of the five runs: the first, which opens the comparison of newcomers, and the quickest.
      firstCpuSeconds: opening.cpuSeconds,
      leastCpuSeconds: bySeconds[0]?.cpuSeconds,
      steps: middle.result.seconds,
      bcubedF: scoreGrouping(middle.result.personId, faces.person).bcubedF,
    },
  };
}

/** Milliseconds from a name on 16 faces to all faces ranked, the median of seven. */
async function nameToRanked(faces: LabelledFaces, calibration: Calibration): Promise<number> {
  const sizes = new Map<number, number[]>();
  for (const [row, who] of faces.person.entries()) sizes.set(who, [...(sizes.get(who) ?? []).slice(0, 200), row]);
  const biggest = [...sizes.values()].reduce((most, rows) => (rows.length > most.length ? rows : most), []);
  const ranker = await openRanker(1);
  const times: number[] = [];
  const faceIds = Int32Array.from(faces.person, (_, row) => row + 1);
  for (let run = 0; run < 7; run++) {
    const began = performance.now();
    const exemplars = chooseExemplars(faces.vectors, faces.dimensions, biggest);
    await ranker.rankFor({ exemplars, faceIds, vectors: faces.vectors, dimensions: faces.dimensions, calibration });
    times.push(performance.now() - began);
  }
  await ranker.close();
  return times.sort((a, b) => a - b)[3] ?? 0;
}

async function slowFigures(
  faces: LabelledFaces,
  calibration: Calibration,
  result: GroupResult,
  degraded?: string,
): Promise<Record<string, unknown>> {
  const { k, neighbours, similarity } = result.neighbours;
  const lists: NeighbourRows = { k, index: neighbours.map((face) => (face < 0 ? -1 : face - 1)), similarity };
  // The gate is ours: the yardsticks see every face.
  const ungated = await groupFaces(untouchedLibrary(faces, calibration), { checkMixed: false, questions: 0, gate: false });
  const open: NeighbourRows = {
    ...lists,
    index: ungated.neighbours.neighbours.map((face) => (face < 0 ? -1 : face - 1)),
    similarity: ungated.neighbours.similarity,
  };
  const groups = new Set(ungated.personId).size + ungated.personId.filter((id) => id === 0).length - 1;
  const { all, sampled } = await yardsticks(faces, open, groups, 500);
  const onSample = scoreGrouping(
    (await groupFaces(untouchedLibrary(sampled, calibration), { checkMixed: false })).personId,
    sampled.person,
  );
  const alike = lookAlikes(faces);
  const onAlike = scoreGrouping((await groupFaces(untouchedLibrary(alike, calibration), { checkMixed: false })).personId, alike.person);
  const metric = await learnMetric(faces, step({}, "metric", 0, 1));
  return {
    yardsticks: all,
    zLinkOnHdbscanSample: onSample,
    lookAlikes: onAlike,
    incremental: await incremental(faces, calibration),
    degraded: await degradedFaces(faces, calibration, degraded === undefined ? null : readLabelledVectors(degraded)),
    questions: await questionsExperiment(faces, calibration, 20),
    split: splitFigures(),
    suggestions: await suggestionFigures(faces, calibration, result),
    learnedMetric: { ...metric, map: undefined },
  };
}

function say(document: Readonly<Record<string, unknown>>, indent = ""): void {
  for (const [name, value] of Object.entries(document)) {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      console.log(`${indent}${name}`);
      say(value as Record<string, unknown>, `${indent}  `);
    } else
      console.log(`${indent}${name.padEnd(24 - indent.length)} ${typeof value === "number" ? Number(value.toFixed(4)) : String(value)}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { vectors: { type: "string" }, faces: { type: "string" }, degraded: { type: "string" }, json: { type: "boolean" } },
  });
  const { vectors, degraded, json } = values;
  await benchGrouping({ vectors, degraded, json, faces: values.faces === undefined ? undefined : Number(values.faces) });
}
