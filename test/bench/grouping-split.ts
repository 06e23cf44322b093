import { splitPerson } from "../../electron/engine/4-group/split-person.ts";
import { settings } from "../../electron/engine/settings.ts";
import { pickRows, plantedLibrary } from "./grouping-planted.ts";
import { adjustedRand } from "./grouping-scores.ts";

export interface SplitFigures {
  readonly faces: number;
  /** Milliseconds and those of CPU, the median of five, on this thread. */
  readonly milliseconds: number;
  readonly cpuMilliseconds: number;
  /** Adjusted Rand index of the proposal to the two people that it holds. */
  readonly ari: number;
}

/** "Split this person" on a group that holds two people of a thousand faces each. */
export function splitFigures(): SplitFigures {
  const library = plantedLibrary(40_000);
  const rowsOf = new Map<number, number[]>();
  for (const [row, who] of library.person.entries()) {
    const rows = rowsOf.get(who);
    if (rows) rows.push(row);
    else rowsOf.set(who, [row]);
  }
  const [one = [], two = []] = [...rowsOf.values()].sort((a, b) => b.length - a.length);
  const faces = pickRows(library, [...one.slice(0, 1000), ...two.slice(0, 1000)]);
  const { vectors, dimensions } = faces;
  const job = { vectors, dimensions, calibration: library.calibration, alpha: settings.group.alpha, libraryFaces: 40_000 };
  const [times, cpu]: [number[], number[]] = [[], []];
  let ari = 0;
  for (let run = 0; run < 5; run++) {
    const [began, before] = [performance.now(), process.cpuUsage()];
    const { part } = splitPerson(job);
    times.push(performance.now() - began);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
    ari = adjustedRand(
      Array.from(part, (its) => its + 1),
      faces.person,
    );
  }
  const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[2] ?? NaN;
  return { faces: faces.person.length, milliseconds: median(times), cpuMilliseconds: median(cpu), ari };
}
