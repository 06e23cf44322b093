import { Buffer } from "node:buffer";
import type { Dirent, Stats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { asProblem, Problem } from "../errors.ts";
import { pictureEndings } from "./kinds.ts";

/** One file on disk. */
export interface FoundFile {
  /** As the file system gives it, never normalised. */
  readonly path: string;
  readonly bytes: number;
  readonly mtimeMs: number;
  readonly inode: number;
}
export interface WalkOptions {
  /** A part that could not be looked into (`folder-unreadable`, `file-name-odd`, ...); the walk goes on. */
  readonly onProblem: (problem: Problem, path: string) => void;
  /** A folder (or the folder itself) that lies on another drive than the one around it. */
  readonly onDrive?: (path: string) => void;
}

/** Hidden things, and what network drives, recycle bins and file managers leave behind. */
const leftOut = /^(\..*|@eaDir|#recycle|\$RECYCLE\.BIN|System Volume Information|Thumbs\.db|desktop\.ini)$/iu;

/**
 * All picture files under a folder, sorted by code point within each folder. Hidden files and folders are left out. Linked folders come
 * after everything that lies there really, and no folder is entered twice: loops end, and a photo is found where it is. Throws
 * `folder-gone`, `folder-unreadable`, `folder-not-a-folder` for the folder itself, also when it goes away meanwhile.
 */
export async function* walk(folder: string, options: WalkOptions): AsyncGenerator<FoundFile> {
  const { dev } = await mustBeFolder(folder);
  if (options.onDrive && (await deviceAround(folder)) !== dev) options.onDrive(folder);
  const entered = new Set([await realpath(folder)]);
  const links: string[] = [];
  yield* inside(folder, { ...options, entered, links }, true);
  for (let link = links.shift(); link !== undefined; link = links.shift()) {
    if (await isNew(link, entered)) yield* inside(link, { ...options, entered, links }, false);
  }
  // A drive that was pulled out looks like a folder that was emptied.
  await mustBeFolder(folder);
}

interface Walking extends WalkOptions {
  /** Real paths of the folders that were entered. */
  readonly entered: Set<string>;
  /** Linked folders still to be looked into. */
  readonly links: string[];
}

async function mustBeFolder(folder: string): Promise<Stats> {
  try {
    const facts = await stat(folder);
    if (facts.isDirectory()) return facts;
  } catch (thrown) {
    const code = asProblem(thrown).code === "file-unreadable" ? "folder-unreadable" : "folder-gone";
    throw new Problem(code, folder, { cause: thrown });
  }
  throw new Problem("folder-not-a-folder", folder);
}

/** The device of the folder that a path is listed in; -1 where that cannot be told. */
async function deviceAround(path: string): Promise<number> {
  return stat(dirname(path)).then(
    (facts) => facts.dev,
    () => -1,
  );
}

async function isNew(folder: string, entered: Set<string>): Promise<boolean> {
  const real = await realpath(folder);
  if (entered.has(real)) return false;
  entered.add(real);
  return true;
}

async function* inside(folder: string, walking: Walking, top: boolean): AsyncGenerator<FoundFile> {
  let entries: Dirent<Buffer>[];
  try {
    entries = await readdir(Buffer.from(folder), { withFileTypes: true, encoding: "buffer" });
  } catch (thrown) {
    const unreadable = asProblem(thrown).code === "file-unreadable";
    if (top) throw new Problem(unreadable ? "folder-unreadable" : "folder-gone", folder, { cause: thrown });
    return walking.onProblem(new Problem("folder-unreadable", folder, { cause: thrown }), folder);
  }
  for (const entry of entries.toSorted((a, b) => Buffer.compare(a.name, b.name))) {
    const name = entry.name.toString("utf8");
    if (leftOut.test(name) || (entry.isFile() && !isPictureName(name))) continue;
    const path = join(folder, name);
    if (!Buffer.from(name, "utf8").equals(entry.name)) {
      walking.onProblem(new Problem("file-name-odd", path), path);
      continue;
    }
    try {
      const facts = await stat(path);
      if (facts.isDirectory()) {
        if (walking.onDrive && (await deviceAround(path)) !== facts.dev) walking.onDrive(path);
        if (entry.isSymbolicLink()) walking.links.push(path);
        else if (await isNew(path, walking.entered)) yield* inside(path, walking, false);
      } else if (facts.isFile() && isPictureName(name)) {
        yield { path, bytes: facts.size, mtimeMs: facts.mtimeMs, inode: facts.ino };
      }
    } catch (thrown) {
      const problem = asProblem(thrown, path);
      // Gone since the folder was listed, a link to nothing, or a link to itself: there is no file to tell of.
      if (problem.code === "file-vanished" || entry.isSymbolicLink()) continue;
      walking.onProblem(problem, path);
    }
  }
}

function isPictureName(name: string): boolean {
  const dot = name.lastIndexOf(".");
  return dot > 0 && pictureEndings.has(name.slice(dot + 1).toLowerCase());
}
