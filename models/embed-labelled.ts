import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { seededRandom } from "../electron/engine/4-group/random.ts";
import { alignment, cropFace } from "../electron/engine/2-see/align.ts";
import { buildMips } from "../electron/engine/2-see/mips.ts";
import { openDetector } from "../electron/engine/2-see/open-detector.ts";
import { embedMirrored } from "../electron/engine/2-see/embed-mirrored.ts";
import { openEmbedder } from "../electron/engine/2-see/open-embedder.ts";
import { detectorOf, embedderOf, readPacks } from "../electron/engine/2-see/packs.ts";
import type { PixelBox } from "../electron/engine/types.ts";
import { degradeCrop, severe } from "./degrade-crop.ts";

interface Label {
  readonly path: string;
  readonly person: string;
  readonly box: PixelBox;
}
interface EmbeddedFace {
  readonly label: Label;
  readonly embedding: Float32Array;
  readonly norm: number;
}

/** Rows of a labels file with a named person and a box: `path,person,role,x,y,w,h,...`, quoted where needed. */
export function readLabels(csv: string): Label[] {
  const [head = [], ...rows] = csv.trim().split(/\r?\n/).map(cells);
  const at = (name: string): number => head.indexOf(name);
  return rows
    .filter((row) => row[at("person")] && Number(row[at("w")]) > 0)
    .map((row) => {
      const [x = 0, y = 0, w = 0, h = 0] = ["x", "y", "w", "h"].map((name) => Number(row[at(name)]));
      return { path: row[at("path")] ?? "", person: row[at("person")] ?? "", box: [x, y, w, h] };
    });
}

function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) => (match[1] ?? match[2] ?? "").replaceAll('""', '"'));
}

/** Embeds every labelled face twice, as Familiar does (mirrored too): as it is, and severely degraded. Faces that the detector does not find are left out. */
export async function embedLabelled(
  labelsFile: string,
  pack: string,
  modelsDir: string,
): Promise<{ clean: EmbeddedFace[]; degraded: EmbeddedFace[] }> {
  const manifest = await readPacks(modelsDir);
  const embedderPack = embedderOf(manifest, pack);
  const detector = await openDetector({ pack: detectorOf(manifest), modelsDir });
  const embedder = await openEmbedder({ pack: embedderPack, modelsDir });
  const random = seededRandom(1);
  const clean: EmbeddedFace[] = [];
  const degraded: EmbeddedFace[] = [];
  for (const label of readLabels(readFileSync(labelsFile, "utf8"))) {
    const file = join(dirname(labelsFile), label.path);
    const read = await sharp(file, { failOn: "none" })
      .rotate()
      .toColourspace("srgb")
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
      .catch(() => null);
    if (read === null || read.info.channels !== 3) continue;
    const mips = buildMips({ data: new Uint8Array(read.data), width: read.info.width, height: read.info.height });
    const faces = await detector.detect(mips, { smallest: 40 });
    const face = faces.find(({ box }) => overlap(box, label.box) > 0.3);
    const matrix = face && alignment(embedderPack, face);
    if (!matrix) continue;
    const crop = cropFace(mips, matrix, embedderPack);
    const poor = degradeCrop(crop, embedderPack.input, severe(random), random);
    const [first, second] = await embedMirrored(embedder, [crop, poor], embedderPack.input);
    if (first?.embedding && second?.embedding) {
      clean.push({ label, embedding: first.embedding, norm: first.norm });
      degraded.push({ label, embedding: second.embedding, norm: second.norm });
    }
  }
  await detector.close();
  await embedder.close();
  return { clean, degraded };
}

function overlap(a: PixelBox, b: PixelBox): number {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / (a[2] * a[3] + b[2] * b[3] - shared);
}

/** Writes a folder as `calibrate` reads it. */
export function writeVectorsFolder(dir: string, name: string, faces: readonly EmbeddedFace[]): void {
  mkdirSync(dir, { recursive: true });
  const dimensions = faces[0]?.embedding.length ?? 0;
  const vectors = new Float16Array(faces.length * dimensions);
  for (const [row, { embedding }] of faces.entries()) vectors.set(embedding, row * dimensions);
  writeFileSync(join(dir, "vectors.f16"), new Uint8Array(vectors.buffer));
  writeFileSync(
    join(dir, "meta.json"),
    JSON.stringify({ name, rows: faces.length, dimensions, type: "float16, little endian, row-major" }, null, 1),
  );
  const lines = faces.map(({ label, norm }, row) => `${row},${label.person},${row}.jpg,${norm.toFixed(2)}`);
  writeFileSync(join(dir, "faces.csv"), ["row,person,photo,norm", ...lines, ""].join("\n"));
}

/** `npm run models -- embed --labels labels.csv --out DIR [--pack NAME]`: DIR/clean and DIR/degraded, for `calibrate`: embedded as Familiar embeds, mirrored too. */
export async function embedCommand(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { labels: { type: "string" }, out: { type: "string" }, pack: { type: "string", default: "mobilefacenet" } },
  });
  if (!values.labels || !values.out) throw new Error("Say which labels and where to: --labels labels.csv --out DIR");
  const { clean, degraded } = await embedLabelled(values.labels, values.pack, fileURLToPath(new URL("onnx", import.meta.url)));
  writeVectorsFolder(join(values.out, "clean"), `${values.pack}, clean`, clean);
  writeVectorsFolder(join(values.out, "degraded"), `${values.pack}, severely degraded`, degraded);
  console.log(`${clean.length} faces, clean and degraded, written to ${values.out}`);
}
