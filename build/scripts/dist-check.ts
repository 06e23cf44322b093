import { extractAll, listPackage, statFile } from "@electron/asar";
import { FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { spawnSync } from "node:child_process";
import { appendFileSync, chmodSync, cpSync, existsSync, globSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { natives, notAllowed } from "./dist-allowed.ts";

/** A packed app, taken apart to be looked at. */
export interface PackedApp {
  /** Every file, by its path: `app/...` is what the archive holds, the rest lies in resources beside it. */
  readonly files: ReadonlyMap<string, number>;
  /** Files that lie outside the archive because the system's loader opens them by path. */
  readonly unpacked: ReadonlySet<string>;
  readonly notAllowed: readonly string[];
  readonly natives: readonly string[];
  /** Names of the switches that are on. */
  readonly fusesOn: readonly string[];
  /** The archive as plain files, with what lay unpacked beside it: `dist/`, `node_modules/`. */
  readonly appDir: string;
  readonly modelsDir: string;
  /** Bytes of everything besides Electron itself. */
  readonly bytes: number;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const system = `${process.platform}-${process.arch}`;

/**
 * Packs an unpacked folder with a stand-in for Electron's program (a copy of Node, since Electron's own cannot be had everywhere) into
 * `dir`, and takes it apart. Needs `npm run build` and `npm run models`. Linux only: elsewhere the builder edits the real program.
 */
export async function packAndOpen(dir: string): Promise<PackedApp> {
  const standIn = makeStandIn(join(dir, "electron"));
  const builder = join(root, "node_modules", "electron-builder", "cli.js");
  const args = ["--dir", "--config", "build/electron-builder.yml", "--publish", "never"];
  const own = [`-c.electronDist=${standIn}`, `-c.directories.output=${join(dir, "out")}`];
  const packing = spawnSync(process.execPath, [builder, ...args, ...own], { cwd: root, encoding: "utf8" });
  if (packing.status !== 0) throw new Error(`The builder did not pack.\n${packing.stdout}${packing.stderr}`);
  const [resources] = globSync(join(dir, "out", "*-unpacked", "resources"));
  if (resources === undefined) throw new Error("The builder packed nothing.");
  const asar = join(resources, "app.asar");
  const files = new Map<string, number>();
  const unpacked = new Set<string>();
  for (const entry of listPackage(asar, { isPack: false })) {
    const facts = statFile(asar, entry.slice(1));
    if (!("size" in facts)) continue;
    const path = `app${entry.split(sep).join("/")}`;
    files.set(path, facts.size);
    if ("unpacked" in facts && facts.unpacked === true) unpacked.add(path);
  }
  for (const path of globSync(join(resources, "**"), { exclude: (name) => name.endsWith("app.asar.unpacked") })) {
    const facts = statSync(path);
    if (facts.isFile()) files.set(relative(resources, path).split(sep).join("/"), facts.size);
  }
  const appDir = join(dir, "app");
  extractAll(asar, appDir);
  const names = [...files.keys()];
  const archive = files.get("app.asar") ?? 0;
  const beside = [...files].filter(([path]) => path !== "app.asar" && (!path.startsWith("app/") || unpacked.has(path)));
  return {
    files,
    unpacked,
    notAllowed: notAllowed(names, system),
    natives: natives(names),
    fusesOn: await fuses(join(resources, "..", "familiar")),
    appDir,
    modelsDir: join(resources, "models"),
    bytes: beside.reduce((sum, [, size]) => sum + size, archive),
  };
}

/** Mark in front of a program's switches, as Electron's own carries it, and an arbitrary state of nine of them. */
const sentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";

function makeStandIn(dir: string): string {
  mkdirSync(dir, { recursive: true });
  const program = join(dir, "electron");
  cpSync(process.execPath, program);
  chmodSync(program, 0o755);
  appendFileSync(program, Buffer.concat([Buffer.from(sentinel), Buffer.from([1, 9]), Buffer.from("101100010")]));
  writeFileSync(join(dir, "version"), "45.4.1");
  mkdirSync(join(dir, "resources"));
  mkdirSync(join(dir, "locales"));
  for (const name of ["LICENSE", "LICENSES.chromium.html", "locales/en-US.pak", "locales/de.pak", "locales/fr.pak"])
    writeFileSync(join(dir, name), "");
  return dir;
}

async function fuses(program: string): Promise<readonly string[]> {
  const wire = await getCurrentFuseWire(program);
  return Object.entries(FuseV1Options)
    .filter((entry): entry is [string, FuseV1Options] => typeof entry[1] === "number")
    .filter(([, option]) => String.fromCharCode(wire[option] ?? 0) === "1")
    .map(([name]) => name);
}

/** `npm run dist:check`: packs, and prints what is inside, largest first. Exit code 1 where something does not belong there. */
async function main(): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), "familiar-dist-"));
  try {
    const packed = await packAndOpen(dir);
    const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
    console.log(`${packed.files.size} files, ${megabytes(packed.bytes)} beside Electron itself. The largest:`);
    const largest = [...packed.files].filter(([path]) => path !== "app.asar").toSorted((a, b) => b[1] - a[1]);
    for (const [path, bytes] of largest.slice(0, 12)) console.log(`  ${megabytes(bytes).padStart(9)}  ${path}`);
    console.log(`Machine code:\n${packed.natives.map((path) => `  ${path}`).join("\n")}`);
    console.log(`Switched on: ${packed.fusesOn.join(", ")}`);
    for (const path of packed.notAllowed) console.error(`Does not belong there: ${path}`);
    return packed.notAllowed.length > 0 ? 1 : 0;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
if (process.argv[1] !== undefined && existsSync(process.argv[1]) && process.argv[1].endsWith("dist-check.ts")) process.exit(await main());
