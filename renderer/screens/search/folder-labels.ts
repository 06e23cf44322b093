import { baseName, crumbs } from "../../strings/format.ts";

/** Names of folders for a list: the last part of the path, and as many parts before it as tell equal names apart. */
export function folderLabels(paths: readonly string[]): readonly string[] {
  return paths.map((path) => {
    for (let parts = 1; parts < 12; parts += 1) {
      const words = parts === 1 ? baseName(path) : crumbs(path, parts);
      const same = paths.filter((other) => (parts === 1 ? baseName(other) : crumbs(other, parts)) === words);
      if (same.length === 1) return words;
    }
    return path;
  });
}
