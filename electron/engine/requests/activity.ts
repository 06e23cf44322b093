import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { asProblem, Problem } from "../errors.ts";
import { places } from "../flows/places.ts";
import { indexResult } from "../flows/scanner.ts";
import { choosePack } from "../flows/packs.ts";
import type { House } from "../flows/house.ts";
import { version } from "../version.ts";
import type { Handlers } from "./handlers.ts";

/** Welcome, Activity and the status line. */
export const activityHandlers = {
  status(house) {
    const { keep } = house;
    const counts = keep.reads.counts();
    const { photos, faces, people, unnamed, strangers, questions, failed } = counts;
    return {
      version,
      library: keep.libraryDir,
      photos,
      faces,
      people,
      unnamed,
      strangers,
      questions,
      failed,
      folders: keep.folders(),
      progress: house.progress.view(),
      pack: house.packName(),
      provider: house.provider(),
      canUndo: keep.reads.canUndo(),
      undoSaid: keep.reads.undoSaid(),
      redoSaid: keep.reads.redoSaid(),
      canRedo: keep.reads.canRedo(),
    };
  },
  "places.list": (_house, { path }) => places(path),
  async "folders.add"(house, { paths }) {
    const ids = await addFolders(house, paths);
    house.emit("changed", { what: ["folders"], personIds: [] });
    house.scanner.start(ids);
    return house.keep.folders();
  },
  async "folders.remove"(house, { folderId }) {
    if (house.scanner.busy) await house.scanner.cancel();
    house.keep.removeFolder(folderId);
    house.grouper.soon();
    house.emit("changed", { what: ["folders", "photos", "people"], personIds: [] });
    return house.keep.folders();
  },
  "scan.start"(house, { folderIds }) {
    house.scanner.start(folderIds ?? house.keep.folders().map((folder) => folder.id));
    return null;
  },
  "scan.pause"(house) {
    house.scanner.pause();
    return null;
  },
  "scan.resume"(house) {
    house.scanner.resume();
    return null;
  },
  async "scan.cancel"(house) {
    await house.scanner.cancel();
    return null;
  },
  async index(house, { folders, pack }) {
    const startedAt = performance.now();
    if (pack !== undefined) await choosePack(house, pack);
    const ids = await addFolders(house, folders);
    house.emit("changed", { what: ["folders"], personIds: [] });
    return indexResult(house, await house.scanner.run(ids), startedAt);
  },
  failures: (house, page) => house.keep.reads.failures(page),
  "failures.retry"(house, { fileIds }) {
    house.keep.clearFailures(fileIds);
    house.scanner.start(house.keep.folders().map((folder) => folder.id));
    return null;
  },
} satisfies Partial<Handlers>;

/** Adds folders after looking that each is one; throws before any is added, so that a slip of the pen changes nothing. */
async function addFolders(house: House, paths: readonly string[]): Promise<number[]> {
  const whole = paths.map((path) => resolve(path));
  for (const path of whole) {
    let isFolder: boolean;
    try {
      isFolder = (await stat(path)).isDirectory();
    } catch (thrown) {
      const problem = asProblem(thrown, path);
      throw new Problem(problem.code === "file-unreadable" ? "folder-unreadable" : "folder-gone", path, { cause: thrown });
    }
    if (!isFolder) throw new Problem("folder-not-a-folder", path);
  }
  return whole.map((path) => house.keep.addFolder(path));
}
