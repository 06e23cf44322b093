import { constants, type Stats } from "node:fs";
import { access, copyFile, lstat, mkdir, readlink, realpath, rm, stat, symlink, utimes } from "node:fs/promises";
import { basename, extname, join, resolve, sep } from "node:path";
import type { ParsedArgs } from "../../contract/args.ts";
import type { ExportView } from "../../contract/finding-views.ts";
import { asProblem, Problem } from "../errors.ts";
import type { House } from "./house.ts";
import { settings } from "../settings.ts";

type Made = "written" | "already";

/**
 * Writes one page of what a search finds, or of photos that somebody chose, into a folder, as copies or as links. Photos are only read. A file that is there already is
 * never written over: the new one gets a number, unless it is the same file from an earlier export. One photo that cannot be read is
 * told and the rest goes on. Throws `folder-gone`, `folder-not-a-folder`, `folder-watched`, `folder-unwritable`.
 */
export async function exportPhotos(house: House, args: ParsedArgs<"photos.export">): Promise<ExportView> {
  const { keep } = house;
  const chosen = await usableFolder(house, resolve(args.into));
  const into = args.newFolder === undefined ? chosen : await folderIn(chosen, args.newFolder);
  const { total, photoIds } = args.photoIds === undefined ? keep.reads.found(args) : page(args.photoIds, args);
  let [written, already] = [0, 0];
  const failed: ExportView["failed"][number][] = [];
  for (const photoId of photoIds) {
    const paths = keep.photoSpot(photoId)?.paths ?? [];
    try {
      const made = await firstThatWorks(paths, (from) => (args.how === "link" ? link(from, into) : copy(from, into)));
      if (made === "written") written += 1;
      else already += 1;
    } catch (thrown) {
      const problem = asProblem(thrown, paths[0] ?? "");
      if (problem.code === "disk-full" || problem.code === "links-refused" || problem.code === "folder-unwritable")
        return { into, total, written, already, failed, stopped: problem.view() };
      failed.push({ path: paths[0] ?? "", problem: problem.view() });
    }
  }
  return { into, total, written, already, failed, stopped: null };
}

function page(ids: readonly number[], { offset, limit }: { readonly offset: number; readonly limit: number }) {
  return { total: ids.length, photoIds: ids.slice(offset, offset + limit) };
}

async function usableFolder(house: House, path: string): Promise<string> {
  let facts: Stats;
  try {
    facts = await stat(path);
  } catch (thrown) {
    throw new Problem("folder-gone", path, { cause: thrown });
  }
  if (!facts.isDirectory()) throw new Problem("folder-not-a-folder", path);
  const real = await realpath(path);
  for (const folder of house.keep.folders()) {
    // A folder that is away cannot be written into either.
    const watched = await realpath(folder.path).catch(() => folder.path);
    if (real === watched || real.startsWith(watched.endsWith(sep) ? watched : watched + sep)) throw new Problem("folder-watched", path);
  }
  await access(real, constants.W_OK).catch((thrown: unknown) => {
    throw new Problem("folder-unwritable", path, { cause: thrown });
  });
  return real;
}

/** A folder of that name inside, made where it is missing. Signs that some systems cannot have in a name become dashes. */
async function folderIn(parent: string, wanted: string): Promise<string> {
  const name = wanted
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, "-")
    .replace(/[. ]+$/u, "")
    .trim();
  if (name === "" || name === "." || name === "..") return parent;
  const path = join(parent, name);
  try {
    await mkdir(path);
  } catch (thrown) {
    if (codeOf(thrown) !== "EEXIST")
      throw codeOf(thrown) === "ENOSPC" ? asProblem(thrown) : new Problem("folder-unwritable", path, { cause: thrown });
    if (!(await stat(path)).isDirectory()) throw new Problem("folder-not-a-folder", path);
  }
  return path;
}

/** Tries each copy of the photo in turn: one of two drives may be away. */
async function firstThatWorks(paths: readonly string[], run: (path: string) => Promise<Made>): Promise<Made> {
  let last: unknown = new Problem("file-vanished");
  for (const path of paths) {
    try {
      return await run(path);
    } catch (thrown) {
      last = thrown;
    }
  }
  throw last;
}

async function copy(from: string, into: string): Promise<Made> {
  const source = await stat(from);
  return underFreeName(from, into, async (to) => {
    try {
      await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      await utimes(to, source.atime, source.mtime);
      return true;
    } catch (thrown) {
      if (codeOf(thrown) !== "EEXIST") {
        // Half a picture under a whole one's name would be worse than none.
        await rm(to, { force: true });
        throw codeOf(thrown) === "EACCES" ? await whose(from, into, thrown) : thrown;
      }
      const there = await lstat(to);
      return there.isFile() && there.size === source.size && Math.abs(there.mtimeMs - source.mtimeMs) <= settings.scan.sameTime
        ? null
        : false;
    }
  });
}

async function link(from: string, into: string): Promise<Made> {
  await stat(from);
  return underFreeName(from, into, async (to) => {
    try {
      await symlink(from, to, "file");
      return true;
    } catch (thrown) {
      if (codeOf(thrown) === "EEXIST") return (await readlink(to).catch(() => "")) === from ? null : false;
      if (["EPERM", "ENOTSUP", "ENOSYS", "EOPNOTSUPP"].includes(codeOf(thrown)))
        throw new Problem("links-refused", into, { cause: thrown });
      throw codeOf(thrown) === "EACCES" ? new Problem("folder-unwritable", into, { cause: thrown }) : thrown;
    }
  });
}

/** `write` answers true: written, null: the same is there already, false: the name is taken by something else. */
async function underFreeName(from: string, into: string, write: (to: string) => Promise<boolean | null>): Promise<Made> {
  const kind = extname(from);
  const name = basename(from, kind);
  for (let number = 1; ; number += 1) {
    const made = await write(join(into, number === 1 ? `${name}${kind}` : `${name} (${number})${kind}`));
    if (made !== false) return made === null ? "already" : "written";
  }
}

/** Whether it was the photo or the folder that this account may not touch. */
async function whose(from: string, into: string, thrown: unknown): Promise<Problem> {
  const readable = await access(from, constants.R_OK).then(
    () => true,
    () => false,
  );
  return new Problem(readable ? "folder-unwritable" : "file-unreadable", readable ? into : from, { cause: thrown });
}

function codeOf(thrown: unknown): string {
  return typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : "";
}
