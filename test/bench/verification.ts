import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { detectorOf, embedderOf, readPacks } from "../../electron/engine/2-see/packs.ts";
import { seededRandom } from "../../electron/engine/4-group/random.ts";
import { SeePool } from "../../electron/engine/flows/see-pool.ts";
import { overlap, toPixelBox } from "../../electron/engine/lib/boxes.ts";
import { readLabels } from "../../models/embed-labelled.ts";
import { print } from "./print.ts";
import { scoreVerification, type JudgedPair, type VerificationScores } from "./verification-scores.ts";

type Label = ReturnType<typeof readLabels>[number];
/** A labelled face as it was found and embedded. */
export interface NamedFace {
  readonly person: string;
  readonly embedding: Float32Array;
}
export interface VerificationBench extends VerificationScores {
  readonly pack: string;
  /** Labelled faces, those of them found, and further ones left out because the same file came before. */
  readonly labelled: number;
  readonly found: number;
  readonly copies: number;
  readonly people: number;
  /** Photos of the labelled faces that were not found, one for each. */
  readonly missed: readonly string[];
}

const rates = [1e-3, 1e-4] as const;
/** A label's box is often no more than the middle of a cut-out, so half of the usual overlap of two good boxes must do. */
const leastOverlap = 0.3;

/** Every pair of labelled faces of `labels.csv` in `folder`, each read and embedded as when a folder is read. */
export async function benchVerification(folder: string, modelsDir: string): Promise<VerificationBench> {
  const labels = readLabels(readFileSync(join(folder, "labels.csv"), "utf8"));
  const packs = await readPacks(modelsDir);
  const embedder = embedderOf(packs);
  const first = new Map<string, string>();
  for (const { path } of labels) {
    const hash = createHash("sha256")
      .update(readFileSync(join(folder, path)))
      .digest("hex");
    if (!first.has(hash)) first.set(hash, path);
  }
  const once = new Set(first.values());
  const kept = labels.filter(({ path }) => once.has(path));
  const embeddings = new Map<Label, Float32Array>();
  const waiting = [...Map.groupBy(kept, ({ path }) => path)];
  const pool = new SeePool({ modelsDir, detector: detectorOf(packs), embedder, provider: "cpu", threads: 1 });
  const lane = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [path, wanted] = next;
      const seen = await pool.run({ kind: "see", path: join(folder, path), smallFaces: false, crops: false });
      const boxes = seen.faces.map((face) => toPixelBox(face.box, seen.width, seen.height));
      for (const [label, place] of matchLabels(wanted, boxes)) {
        const embedding = seen.faces[place]?.embedding;
        if (embedding) embeddings.set(label, embedding);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: pool.width }, lane));
  } finally {
    await pool.close();
  }
  // In the order of the labels, not in that of the threads.
  const faces = kept.flatMap((label): NamedFace[] => {
    const embedding = embeddings.get(label);
    return embedding ? [{ person: label.person, embedding }] : [];
  });
  const people = new Set(faces.map((face) => face.person)).size;
  return {
    pack: embedder.name,
    labelled: kept.length,
    found: faces.length,
    copies: labels.length - kept.length,
    people,
    missed: kept.filter((label) => !embeddings.has(label)).map(({ path }) => path),
    ...scoreVerification(pairsOf(faces), rates),
  };
}

/** Each label with the place of the box that is its face, best overlap first, each box once. */
export function matchLabels(labels: readonly Label[], boxes: readonly Label["box"][]): Map<Label, number> {
  const candidates = labels
    .flatMap((label) => boxes.map((box, place) => ({ label, place, shared: overlap(label.box, box) })))
    .filter(({ shared }) => shared >= leastOverlap)
    .toSorted((a, b) => b.shared - a.shared);
  const matched = new Map<Label, number>();
  const taken = new Set<number>();
  for (const { label, place } of candidates) {
    if (matched.has(label) || taken.has(place)) continue;
    matched.set(label, place);
    taken.add(place);
  }
  return matched;
}

/** All pairs, in an order that is always the same and says nothing. */
export function pairsOf(faces: readonly NamedFace[]): JudgedPair[] {
  const pairs: JudgedPair[] = [];
  for (const [place, a] of faces.entries()) {
    for (const b of faces.slice(place + 1)) {
      let similarity = 0;
      for (let i = 0; i < a.embedding.length; i++) similarity += (a.embedding[i] as number) * (b.embedding[i] as number);
      pairs.push({ similarity, same: a.person === b.person });
    }
  }
  const random = seededRandom(1);
  for (let i = pairs.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [one, other] = [pairs[i], pairs[j]];
    if (one && other) [pairs[i], pairs[j]] = [other, one];
  }
  return pairs;
}

function verificationTable(bench: VerificationBench): string {
  const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
  return [
    `${bench.pack}: ${bench.found} of ${bench.labelled} labelled faces found (${bench.copies} on exact copies left out), ${bench.people} people`,
    ...bench.missed.map((path) => `  not found: ${path}`),
    `${bench.same} pairs of one person, ${bench.different} of different people`,
    `accuracy, ten folds, both kinds weighing the same: ${percent(bench.accuracy)} +- ${percent(bench.accuracyDeviation)}`,
    ...bench.acceptances.map(
      ({ far, accepted, threshold }) =>
        `true accepts at a false-accept rate of ${far}: ${percent(accepted)} (cosine over ${threshold.toFixed(3)})`,
    ),
  ].join("\n");
}

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({ options: { json: { type: "boolean", default: false } }, allowPositionals: true });
  const folder = positionals[0] ?? join(root, "../shared/photos");
  if (existsSync(join(folder, "labels.csv")))
    print(await benchVerification(folder, join(root, "models/onnx")), values.json, verificationTable);
  else print({ skipped: `no labels.csv in ${folder}` }, values.json, ({ skipped }) => `skipped: ${skipped}`);
}
