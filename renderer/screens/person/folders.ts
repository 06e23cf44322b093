import type { FaceView } from "../../../electron/contract/views.ts";
import { baseName } from "../../strings/format.ts";

/** The folder that a path lies in. */
export function folderOf(path: string): string {
  return path.replace(/[/\\][^/\\]*$/u, "");
}
/** Folders of some faces with how many lie in each, most first. Folders of the same name are told apart by the one above. */
export function foldersOf(faces: readonly FaceView[]): readonly { readonly path: string; readonly name: string; readonly faces: number }[] {
  const counts = new Map<string, number>();
  for (const { path } of faces) counts.set(folderOf(path), (counts.get(folderOf(path)) ?? 0) + 1);
  const names = new Map<string, number>();
  for (const path of counts.keys()) names.set(baseName(path), (names.get(baseName(path)) ?? 0) + 1);
  return [...counts]
    .map(([path, count]) => {
      const alone = (names.get(baseName(path)) ?? 0) < 2;
      return { path, name: alone ? baseName(path) : `${baseName(folderOf(path))} › ${baseName(path)}`, faces: count };
    })
    .sort((a, b) => b.faces - a.faces || a.name.localeCompare(b.name));
}
