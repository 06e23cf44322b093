import { globSync, mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Packages with files of their own. */
const external = ["onnxruntime-node", "better-sqlite3", "sharp", "libheif-js", "exifreader", "hdbscan-ts", "esbuild"];

/** The engine and the child in few files, its threads beside them: a process that dies hundreds of times should not take long to start. */
export async function bundleChild(): Promise<{ readonly child: string; readonly remove: () => void }> {
  // Under the project, so that packages are found.
  const outdir = join(root, "dist", `faults-${process.pid}`);
  mkdirSync(outdir, { recursive: true });
  const threads = globSync("electron/engine/**/*-{worker,child}.ts", { cwd: root });
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(["test/faults/child.ts", ...threads].map((file) => [basename(file, ".ts"), file])),
    outdir,
    bundle: true,
    platform: "node",
    target: "node22",
    format: "esm",
    logLevel: "error",
    external,
    banner: { js: 'import { createRequire as __require } from "node:module"; const require = __require(import.meta.url);' },
  });
  return { child: join(outdir, "child.js"), remove: () => rmSync(outdir, { recursive: true, force: true }) };
}
