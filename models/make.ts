import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { asProblem } from "../electron/engine/errors.ts";
import { calibrateCommand } from "./calibrate-command.ts";
import { embedCommand } from "./embed-labelled.ts";
import { fetchPack } from "./fetch-pack.ts";
import { makePacks, planOf } from "./make-packs.ts";

/**
 * `npm run models` makes the built-in packs; `npm run models -- facenet [--file PATH]` also adds FaceNet, fetched or from a file;
 * `npm run models -- calibrate --vectors DIR [--degraded DIR] [--pack NAME]` measures how a pack's similarities behave;
 * `npm run models -- embed --labels FILE --out DIR [--pack NAME]` makes such vectors, clean and degraded, from labelled photos.
 * Says what it does in a few lines; a problem is one sentence, and exit code 1.
 */
async function main(): Promise<void> {
  if (process.argv[2] === "calibrate") return calibrateCommand(process.argv.slice(3));
  if (process.argv[2] === "embed") return embedCommand(process.argv.slice(3));
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { file: { type: "string" } } });
  const outDir = fileURLToPath(new URL("onnx", import.meta.url));
  const packagesDir = fileURLToPath(new URL("../node_modules", import.meta.url));
  const { written, manifest } = await makePacks({ packagesDir, outDir });
  const names = [...manifest.detectors, ...manifest.embedders].map((pack) => pack.name).join(", ");
  console.log(written.length > 0 ? `Models made in models/onnx: ${names}.` : `Models are ready: ${names}.`);
  for (const name of positionals) await add(name, outDir, values.file);
}

async function add(name: string, outDir: string, file: string | undefined): Promise<void> {
  const { about, source } = planOf(name);
  if (source.kind !== "fetched") return console.log(`${about.title} needs no fetching.`);
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
  let told = 0;
  const onProgress = (bytes: number, total: number): void => {
    const quarter = Math.floor((4 * bytes) / total);
    if (quarter > told && quarter < 4) console.log(`  ${megabytes(bytes)} of ${megabytes(total)} MB`);
    told = Math.max(told, quarter);
  };
  console.log(file === undefined ? `Fetching ${about.title}, ${megabytes(source.bytes)} MB.` : `Reading ${about.title} from ${file}.`);
  await fetchPack(name, { outDir, onProgress, ...(file === undefined ? {} : { file }) });
  console.log(`${about.title} is ready.`);
}

main().catch((error: unknown) => {
  const { code, sentence, act, detail } = asProblem(error).view();
  if (code === "model-fetch") console.error(`It could not be fetched (${detail}), so the built-in model goes on serving.`);
  else console.error(`${sentence} ${code === "file-vanished" ? "" : act}${detail ? `\n  ${detail}` : ""}`);
  process.exitCode = 1;
});
