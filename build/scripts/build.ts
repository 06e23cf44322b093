import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build as bundle } from "esbuild";
import { build as buildPages } from "vite";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Packages with files of their own that must stay packages. */
const external = ["onnxruntime-node", "better-sqlite3", "sharp", "libheif-js", "exifreader", "hdbscan-ts", "electron", "@xmldom/xmldom"];

/** A mark of all sources: when it is the same as last time there is nothing to build. */
function mark(): string {
  const hash = createHash("sha256");
  const files = globSync(["electron/**/*.ts", "models/**/*.{ts,json}", "renderer/**/*", "build/*.ts", "package-lock.json"], { cwd: root });
  for (const file of files.toSorted()) {
    const facts = statSync(join(root, file));
    if (facts.isFile()) hash.update(`${file} ${facts.size} ${facts.mtimeMs}\n`);
  }
  return hash.digest("hex");
}

const stamp = join(root, "dist", ".built");
const now = mark();
if (existsSync(stamp) && readFileSync(stamp, "utf8") === now) console.log("Nothing has changed since the last build.");
else {
  // Everything that is started by its file: each lies flat beside the engine, where it is looked for.
  const workers = globSync("electron/engine/**/*-{worker,child}.ts", { cwd: root });
  const entries = ["electron/engine/process.ts", "electron/headless/cli.ts", ...workers];
  const common = { absWorkingDir: root, bundle: true, platform: "node", target: "node22", logLevel: "warning" } as const;
  await bundle({
    ...common,
    entryPoints: Object.fromEntries(entries.map((file) => [basename(file, ".ts"), file])),
    outdir: "dist/engine",
    format: "esm",
    external,
    banner: { js: 'import { createRequire as __require } from "node:module"; const require = __require(import.meta.url);' },
  });
  await bundle({ ...common, entryPoints: ["electron/main/main.ts"], outdir: "dist/main", format: "esm", external: ["electron"] });
  // A sandboxed preload is one CommonJS file.
  await bundle({ ...common, entryPoints: ["electron/preload.ts"], outfile: "dist/preload.cjs", format: "cjs", external: ["electron"] });
  await buildPages({ configFile: join(root, "build", "vite.config.ts"), logLevel: "error" });
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(stamp, now);
  console.log("Built into dist.");
}
