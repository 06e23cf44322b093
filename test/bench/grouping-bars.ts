/** One figure of issue 4 beside its bar. */
export interface Bar {
  readonly what: string;
  readonly value: number;
  readonly bar: string;
  readonly met: boolean;
}
type Document = Readonly<Record<string, unknown>>;

/** A number somewhere in the document, or null where this run did not measure it. */
function at(document: Document, ...path: readonly (string | number)[]): number | null {
  let here: unknown = document;
  for (const step of path) {
    if (typeof here !== "object" || here === null) return null;
    here = Array.isArray(here) ? (here as readonly unknown[]).at(Number(step)) : (here as Record<string, unknown>)[step];
  }
  return typeof here === "number" ? here : null;
}

/** The figures that this run measured, each with its bar and whether it is met. `real`: labelled photographs, not planted people. */
export function barsOf(document: Document, real: boolean): readonly Bar[] {
  const bars: Bar[] = [];
  const least = (what: string, value: number | null, bar: number): void => {
    if (value !== null && Number.isFinite(value)) bars.push({ what, value, bar: `at least ${bar}`, met: value >= bar });
  };
  const most = (what: string, value: number | null, bar: number): void => {
    if (value !== null && Number.isFinite(value)) bars.push({ what, value, bar: `at most ${bar}`, met: value <= bar });
  };
  const difference = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a - b);
  const rows = at(document, "rows") ?? 0;
  if (real) {
    least("BCubed F at the default setting", at(document, "bcubedF"), 0.975);
    most("hard merges", at(document, "hard"), 3);
    most("mixed groups", at(document, "mixed"), 12);
    most("degraded faces: wrong faces with the gate, as a share of those without", at(document, "degraded", "wrongShare"), 0.2);
  }
  const hdbscan = at(document, "yardsticks", "hdbscan", "bcubedF");
  least("BCubed F above plain HDBSCAN, same sample", difference(at(document, "zLinkOnHdbscanSample", "bcubedF"), hdbscan), 0.03);
  least("BCubed F on look-alikes", at(document, "lookAlikes", "bcubedF"), 0.9);
  least("incremental: adjusted Rand index to all at once", at(document, "incremental", "ariToAllAtOnce"), 0.995);
  least("incremental: ids kept", at(document, "incremental", "idsKept"), 0.99);
  most("incremental: confirmed faces changed", at(document, "incremental", "confirmedChanged"), 0);
  least("a fifth gone: adjusted Rand index to all at once of the rest", at(document, "incremental", "ariAfterRemoval"), 0.995);
  least("and back: adjusted Rand index to how it was", at(document, "incremental", "ariAfterReturn"), 0.995);
  least("and back: ids that came back too", at(document, "incremental", "idsAfterReturn"), 0.99);
  most("a mixed group of 2,000 faces split, milliseconds", at(document, "split", "milliseconds"), 1000);
  const rise = (which: string): number | null => difference(at(document, "questions", which, -1), at(document, "questions", which, 0));
  const random = rise("random");
  if (random !== null)
    least("rise by 20 questions in order of gain, over that of random ones", (rise("byGain") ?? 0) / Math.max(random, 1e-6), 2);
  if (rows >= 90_000 && rows <= 110_000) {
    most("100,000 faces from scratch, seconds of CPU", at(document, "cpuSeconds"), 40);
    most("100,000 faces, megabytes", at(document, "peakMemoryMb"), 600);
    most("1,000 more, seconds of CPU", at(document, "arrivals", "cpuSeconds"), 1);
    most("name to ranked suggestions through the engine, milliseconds", at(document, "request", "suggestionsMs"), 60);
  }
  if (rows >= 900_000) {
    most("a million faces by lists, seconds of CPU", at(document, "cpuSeconds"), 240);
    most("a million faces, megabytes", at(document, "peakMemoryMb"), 3000);
  }
  return bars;
}

/** A line a bar, for people. */
export function sayBars(bars: readonly Bar[]): string {
  const lines = bars.map(({ what, value, bar, met }) => `${met ? "pass " : "SHORT"}  ${what}: ${Number(value.toFixed(4))} (${bar})`);
  return ["", ...lines].join("\n");
}
