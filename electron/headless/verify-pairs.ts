import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { DoorProblem, type EngineDoor } from "./engine-door.ts";
import { fileProblem } from "./file-problem.ts";

export interface PairsResult {
  readonly pairs: number;
  /** Pairs that could not be judged because a photo shows no face or does not open. */
  readonly failed: number;
  /** Mean accuracy of 10 folds, each judged at the best threshold of the other nine (the LFW protocol). */
  readonly accuracy: number;
  /** Share of same-person pairs accepted at the similarity that 1 in 1,000 different pairs reaches. */
  readonly tarAtFar1e3: number;
}

/** Judges every pair of a list of `a,b,same` lines (same: 1 or 0; paths relative to the list). */
export async function verifyPairs(engine: EngineDoor, listPath: string): Promise<PairsResult> {
  const file = resolve(listPath);
  const text = await readFile(file, "utf8").catch((thrown: unknown) => {
    throw fileProblem(thrown, file, "could not be read");
  });
  const base = dirname(file);
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== "");
  const judged: { readonly similarity: number; readonly same: boolean }[] = [];
  let failed = 0;
  for (const line of lines) {
    const [a, b, same] = line.split(",").map((word) => word.trim());
    if (!a || !b || same === undefined) throw new DoorProblem("bad-request", line, "Each line of the list is: photo,photo,1 or 0.");
    if (!/^[01]$/u.test(same)) continue;
    try {
      const { similarity } = await engine.request("verify", { a: resolve(base, a), b: resolve(base, b) });
      judged.push({ similarity, same: same === "1" });
    } catch {
      failed += 1;
    }
  }
  const folds = Array.from({ length: 10 }, (_, fold) => judged.filter((_pair, place) => place % 10 === fold)).filter(
    (fold) => fold.length > 0,
  );
  const shares = folds.map((fold) => share(fold, bestThreshold(judged.filter((pair) => !fold.includes(pair)))));
  const impostors = judged
    .filter((pair) => !pair.same)
    .map((pair) => pair.similarity)
    .toSorted((x, y) => y - x);
  const bar = impostors[Math.floor(impostors.length / 1000)] ?? 1;
  const genuine = judged.filter((pair) => pair.same);
  const accepted = genuine.filter((pair) => pair.similarity > bar).length;
  return {
    pairs: judged.length,
    failed,
    accuracy: shares.reduce((sum, one) => sum + one, 0) / Math.max(1, shares.length),
    tarAtFar1e3: genuine.length === 0 ? 0 : accepted / genuine.length,
  };
}

type Pair = { readonly similarity: number; readonly same: boolean };
function share(pairs: readonly Pair[], threshold: number): number {
  return pairs.filter((pair) => pair.similarity >= threshold === pair.same).length / Math.max(1, pairs.length);
}
function bestThreshold(pairs: readonly Pair[]): number {
  let best = { threshold: 0.5, share: -1 };
  for (const { similarity } of pairs) {
    const now = share(pairs, similarity);
    if (now > best.share) best = { threshold: similarity, share: now };
  }
  return best.threshold;
}
