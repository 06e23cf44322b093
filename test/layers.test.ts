import { globSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, posix } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

/**
 * The plan of the house as data. A file belongs to the first layer whose pattern fits; `ours` are the layers it may import besides its
 * own, `packages` the packages (`node:` stands for everything that comes with Node).
 */
interface Layer {
  readonly name: string;
  readonly files: RegExp;
  readonly ours: readonly string[];
  readonly packages: readonly string[];
}
const words = ["contract", "engine-words"];
const low = [...words, "lib"];
const layers: readonly Layer[] = [
  { name: "contract", files: /^electron\/contract\//u, ours: [], packages: ["valibot"] },
  {
    name: "engine-words",
    files: /^electron\/engine\/(types|errors|settings|machine-settings|log|version)\.ts$/u,
    ours: ["contract"],
    packages: [],
  },
  { name: "lib", files: /^electron\/engine\/lib\//u, ours: ["engine-words"], packages: [] },
  { name: "onnx", files: /^electron\/engine\/onnx\//u, ours: low, packages: ["node:", "onnxruntime-node"] },
  {
    name: "1-read",
    files: /^electron\/engine\/1-read\//u,
    ours: low,
    packages: ["node:", "sharp", "exifreader", "libheif-js", "thumbhash", "kdbush", "geokdbush"],
  },
  { name: "2-see", files: /^electron\/engine\/2-see\//u, ours: [...low, "onnx"], packages: ["node:"] },
  { name: "3-keep", files: /^electron\/engine\/3-keep\//u, ours: low, packages: ["node:", "better-sqlite3"] },
  { name: "4-group", files: /^electron\/engine\/4-group\//u, ours: [...low, "onnx"], packages: ["hdbscan-ts"] },
  { name: "5-decide", files: /^electron\/engine\/5-decide\//u, ours: low, packages: [] },
  {
    name: "flows",
    files: /^electron\/engine\/flows\//u,
    // Fetching a pack means exporting it: see packs.ts.
    ours: [...low, "onnx", "1-read", "2-see", "3-keep", "4-group", "5-decide", "models"],
    packages: ["node:", "valibot"],
  },
  { name: "requests", files: /^electron\/engine\/requests\//u, ours: [...words, "flows", "3-keep"], packages: ["node:"] },
  {
    name: "engine-door",
    files: /^electron\/engine\/(index|process)\.ts$/u,
    ours: [...words, "flows", "requests"],
    packages: ["node:", "valibot"],
  },
  { name: "main", files: /^electron\/main\//u, ours: ["contract", "engine-door"], packages: ["node:", "electron", "valibot"] },
  { name: "preload", files: /^electron\/preload\.ts$/u, ours: ["contract"], packages: ["electron"] },
  { name: "headless", files: /^electron\/headless\//u, ours: ["contract", "engine-door"], packages: ["node:"] },
  {
    name: "renderer",
    files: /^renderer\//u,
    ours: ["contract"],
    packages: ["svelte", "bits-ui", "@lucide/svelte", "thumbhash", "@internationalized/date", "@fontsource-variable/inter"],
  },
  // Calibration measures with the rooms themselves.
  {
    name: "models",
    files: /^models\//u,
    ours: [...low, "1-read", "2-see", "4-group", "onnx"],
    packages: ["node:", "sharp", "onnxruntime-node"],
  },
];

interface Source {
  readonly path: string;
  readonly lines: number;
  /** Files of ours that it imports, from the root; and packages, `node:` and relative endings left out. */
  readonly ours: readonly string[];
  /** Those of them that are still imported when the types are gone. */
  readonly running: readonly string[];
  readonly packages: readonly string[];
}
const builtin = new Set(builtinModules);

function importsOf(code: string): string[] {
  return ts.preProcessFile(code, true, true).importedFiles.map((file) => file.fileName);
}
function read(path: string): Source {
  const text = readFileSync(path, "utf8");
  const code = path.endsWith(".svelte")
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/gu)].map((part) => part[1]).join("\n")
    : text;
  const named = importsOf(code);
  const own = (names: readonly string[]) =>
    names.filter((name) => name.startsWith(".")).map((name) => posix.join(dirname(path), name.replace(/\?.*$/u, "")));
  const running = own(importsOf(code.replace(/^(?:import|export) type [\s\S]*?;$/gmu, "")));
  const outside = named
    .filter((name) => !name.startsWith("."))
    .map((name) =>
      name.startsWith("node:") || builtin.has(name)
        ? "node:"
        : name
            .split("/")
            .slice(0, name.startsWith("@") ? 2 : 1)
            .join("/"),
    );
  return { path, lines: text.trimEnd().split("\n").length, ours: own(named), running, packages: [...new Set(outside)] };
}
const everything = globSync([
  "electron/**/*.ts",
  "renderer/**/*.{ts,svelte}",
  "models/**/*.ts",
  "build/**/*.{ts,mjs,js}",
  "test/**/*.{ts,mjs,svelte}",
])
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => !path.startsWith("models/onnx/"))
  .toSorted()
  .map(read);
const product = everything.filter(({ path }) => /^(electron|renderer|models)\//u.test(path));
const layerOf = (path: string): Layer | undefined => layers.find((layer) => layer.files.test(path));

describe("the plan of the house", () => {
  it("has a place for every file", () => {
    expect(product.length).toBeGreaterThan(200);
    expect(product.filter(({ path }) => layerOf(path) === undefined).map(({ path }) => path)).toEqual([]);
  });
  it("is kept by what imports what", () => {
    const wrong = product.flatMap(({ path, ours }) => {
      const layer = layerOf(path);
      return ours.flatMap((to) => {
        const target = layerOf(to)?.name ?? "nowhere";
        return target === layer?.name || layer?.ours.includes(target) ? [] : [`${path} -> ${to} (${layer?.name} may not import ${target})`];
      });
    });
    expect(wrong).toEqual([]);
  });
  it("gives each package its owner", () => {
    const wrong = product.flatMap(({ path, packages }) =>
      packages.filter((name) => !layerOf(path)?.packages.includes(name)).map((name) => `${path} -> ${name}`),
    );
    expect(wrong).toEqual([]);
  });
  it("lets only the desktop host know Electron", () => {
    const who = everything.filter(({ packages }) => packages.includes("electron")).map(({ path }) => path);
    expect(who.filter((path) => !/^(electron\/main\/|electron\/preload\.ts$|test\/main\/)/u.test(path))).toEqual([]);
  });
  it("has no circle of imports", () => {
    const byPath = new Map(product.map((source) => [source.path, source]));
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (path: string, way: readonly string[]): void => {
      if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(" -> "));
      if (way.includes(path) || done.has(path)) return;
      for (const next of byPath.get(path)?.running ?? []) walk(next, [...way, path]);
      done.add(path);
    };
    for (const { path } of product) walk(path, []);
    expect(circles).toEqual([]);
  });
  it("keeps files at 300 lines or fewer", () => {
    expect(everything.filter(({ lines }) => lines > 300).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });
  it("names files of what it imports that exist", () => {
    const known = new Set(globSync(["electron/**/*", "renderer/**/*", "models/**/*"]).map((path) => path.replaceAll("\\", "/")));
    const missing = product.flatMap(({ path, ours }) => ours.filter((to) => !known.has(join(to))).map((to) => `${path} -> ${to}`));
    expect(missing).toEqual([]);
  });
});
