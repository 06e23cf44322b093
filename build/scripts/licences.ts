import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One thing inside the app that somebody else made, with the licence it comes under. */
export interface Licence {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** The licence's own text as it came along, or "". */
  readonly text: string;
}
interface Package {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string | { readonly type: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Needed by a package's install script alone, which never runs: nothing of it is packed. */
const onlyForInstalling: Readonly<Record<string, readonly string[]>> = {
  "onnxruntime-node": ["adm-zip", "global-agent"],
  "better-sqlite3": ["node-addon-api"],
};

/** Folder of the package that a file belongs to, or null for a file of our own. */
export function packageOf(path: string): string | null {
  const found = /^(.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)/u.exec(path);
  return found?.[1] ?? null;
}

/** Folders of packages with everything they need when they run, so far as this system has it. */
export function closure(root: string, names: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const walk = (name: string, from: string): void => {
    const home = resolvePackage(name, from, root);
    if (home === null || found.has(home)) return;
    found.add(home);
    const { dependencies = {}, optionalDependencies = {} } = read(home);
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies }))
      if (!onlyForInstalling[name]?.includes(next)) walk(next, home);
  };
  for (const name of names) walk(name, root);
  return [...found].toSorted();
}

/** Licences of the packages in these folders, by name. Throws where one names none. */
export function licencesOf(folders: Iterable<string>): readonly Licence[] {
  const list = [...new Set(folders)].map((folder): Licence => {
    const { name = "", version = "", license } = read(folder);
    const text = textIn(folder);
    const named = typeof license === "string" ? license : (license?.type ?? "");
    // Some say it in the licence's own text alone.
    const licence = named === "" && /^(the )?mit license/iu.test(text) ? "MIT" : named;
    if (name === "" || licence === "") throw new Error(`${folder} names no licence.`);
    return { name, version, licence, text };
  });
  const single = new Map(list.map((one) => [`${one.name} ${one.version}`, one]));
  return [...single.values()].toSorted((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
}

function textIn(folder: string): string {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice|ofl)/iu.test(file));
  // libvips lists the licences of what it is made of in its README.
  const readme = folder.includes("sharp-libvips") ? readdirSync(folder).filter((file) => /^readme/iu.test(file)) : [];
  return [...files, ...readme].map((file) => readFileSync(join(folder, file), "utf8").trim()).join("\n\n");
}

function read(folder: string): Package {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Package;
}

function resolvePackage(name: string, from: string, root: string): string | null {
  for (let at = from; ; at = join(at, "..")) {
    const home = join(at, "node_modules", name);
    if (existsSync(join(home, "package.json"))) return home;
    if (at === root || at === join(at, "..")) return null;
  }
}
