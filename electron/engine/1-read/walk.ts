import { readdir, realpath, stat } from "node:fs/promises";
import { Buffer } from "node:buffer";
import { join } from "node:path";
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
}

const leftOut = /^(\..*|@eaDir|#recycle|\$RECYCLE\.BIN|System Volume Information|Thumbs\.db|desktop\.ini)$/iu;

/**
 * All picture files under a folder, sorted by code point within each folder. Hidden files and folders are left out; a linked folder
 * is entered once only, so that loops end. Throws `folder-gone`, `folder-unreadable`, `folder-not-a-folder` for the folder itself.
 */
export async function* walk(folder: string, options: WalkOptions): AsyncGenerator<FoundFile> {
  await mustBeFolder(folder);
  yield* inside(folder, options, new Set([await realpath(folder)]), true);
}

async function mustBeFolder(folder: string): Promise<void> {
  try {
    if ((await stat(folder)).isDirectory()) return;
  } catch (thrown) {
    const code = asProblem(thrown).code === "file-unreadable" ? "folder-unreadable" : "folder-gone";
    throw new Problem(code, folder, { cause: thrown });
  }
  throw new Problem("folder-not-a-folder", folder);
}

async function* inside(folder: string, options: WalkOptions, entered: Set<string>, top: boolean): AsyncGenerator<FoundFile> {
  let entries;
  try {
    entries = await readdir(Buffer.from(folder), { withFileTypes: true, encoding: "buffer" });
  } catch (thrown) {
    const code = asProblem(thrown).code === "file-unreadable" ? "folder-unreadable" : "folder-gone";
    const problem = new Problem(code, folder, { cause: thrown });
    if (top) throw problem;
    return options.onProblem(new Problem("folder-unreadable", folder, { cause: thrown }), folder);
  }
  const sorted = entries.toSorted((a, b) => Buffer.compare(a.name, b.name));
  for (const entry of sorted) {
    const name = entry.name.toString("utf8");
    if (leftOut.test(name)) continue;
    const path = join(folder, name);
    if (!Buffer.from(name, "utf8").equals(entry.name)) {
      options.onProblem(new Problem("file-name-odd", path), path);
      continue;
    }
    if (entry.isFile() && !isPictureName(name)) continue;
    try {
      const facts = await stat(path);
      if (facts.isDirectory()) {
        const real = await realpath(path);
        if (entered.has(real)) continue;
        entered.add(real);
        yield* inside(path, options, entered, false);
      } else if (facts.isFile() && isPictureName(name)) {
        yield { path, bytes: facts.size, mtimeMs: facts.mtimeMs, inode: facts.ino };
      }
    } catch (thrown) {
      const problem = asProblem(thrown, path);
      if (problem.code === "file-vanished") continue;
      options.onProblem(problem, path);
    }
  }
}

function isPictureName(name: string): boolean {
  return pictureEndings.has(name.slice(name.lastIndexOf(".") + 1).toLowerCase());
}
