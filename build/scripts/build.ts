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
  const workers = globSync("electron/engine/**/*-worker.ts", { cwd: root });
  const entries = ["electron/engine/process.ts", "electron/headless/cli.ts", ...workers];
  await bundle({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(entries.map((file) => [basename(file, ".ts"), file])),
    outdir: "dist/engine",
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    external,
    banner: { js: 'import { createRequire as __require } from "node:module"; const require = __require(import.meta.url);' },
    logLevel: "warning",
  });
  await buildPages({ configFile: join(root, "build", "vite.config.ts"), logLevel: "warn" });
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(stamp, now);
  console.log("Built into dist.");
}
