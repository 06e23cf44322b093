import { mkdir, stat, writeFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import type { SavedGrowth } from "../../contract/growth-views.ts";
import { asJpeg, contactSheet } from "../1-read/contact-sheet.ts";
import { asProblem, Problem } from "../errors.ts";
import { settings } from "../settings.ts";
import { alignedPicture } from "./aligned-face.ts";
import type { House } from "./house.ts";

/** Longest part of a person's name in the name of a folder: file systems end at 255 bytes. */
const longestName = 80;

/**
 * Writes the faces, aligned on the eyes, as JPEGs into a new folder inside `folder`, and one sheet with all of them. Nothing is ever
 * written over. Throws `folder-watched` (they would come back as photos), `folder-gone`, `folder-unwritable`, `disk-full`,
 * `person-not-found`.
 */
export async function saveGrowth(
  { keep }: Pick<House, "keep">,
  { personId, faceIds, folder }: { readonly personId: number; readonly faceIds: readonly number[]; readonly folder: string },
): Promise<SavedGrowth> {
  const person = keep.reads.person(personId);
  const into = resolve(folder);
  for (const read of keep.folders()) {
    const below = relative(read.path, into);
    if (below === "" || (!below.startsWith(`..${sep}`) && below !== ".." && !below.includes(":")))
      throw new Problem("folder-watched", read.path);
  }
  const faces = new Map(keep.reads.facesById(faceIds).map((face) => [face.id, face]));
  const made: { readonly name: string; readonly bytes: Uint8Array; readonly words: string }[] = [];
  let left = 0;
  for (const faceId of faceIds) {
    const face = faces.get(faceId);
    try {
      const { bytes } = await alignedPicture(keep, faceId);
      const age = face?.age === null || face === undefined || face.age < 0 ? "" : `, ${face.age}`;
      const date = face?.takenAt?.slice(0, 10) ?? "";
      const number = String(made.length + 1).padStart(3, "0");
      made.push({ name: `${number} ${date}${age}.jpg`, bytes: await asJpeg(bytes), words: `${date.slice(0, 4)}${age}` });
    } catch (thrown) {
      if (asProblem(thrown).code === "disk-full") throw thrown;
      left += 1;
    }
  }
  const place = await newFolder(into, tidy(person.name ?? ""));
  try {
    for (const { name, bytes } of made) await writeFile(join(place, name), bytes, { flag: "wx" });
    if (made.length > 0) await writeFile(join(place, "000 all.jpg"), await contactSheet(made, settings.growth.sheet), { flag: "wx" });
  } catch (thrown) {
    throw folderProblem(thrown, place);
  }
  return { folder: place, pictures: made.length, left };
}

/** A folder that was not there before: the name, or the name with a number. */
async function newFolder(into: string, name: string): Promise<string> {
  try {
    if (!(await stat(into)).isDirectory()) throw new Problem("folder-not-a-folder", into);
    for (let number = 1; ; number += 1) {
      const place = join(into, number === 1 ? name : `${name} ${number}`);
      try {
        await mkdir(place);
        return place;
      } catch (thrown) {
        if (!(typeof thrown === "object" && thrown !== null && "code" in thrown && thrown.code === "EEXIST")) throw thrown;
      }
    }
  } catch (thrown) {
    throw folderProblem(thrown, into);
  }
}

function folderProblem(thrown: unknown, place: string): Problem {
  const problem = asProblem(thrown, place);
  if (problem.code === "file-vanished") return new Problem("folder-gone", place, { cause: thrown });
  if (problem.code === "file-unreadable" || problem.code === "library-unwritable") {
    return new Problem("folder-unwritable", place, { cause: thrown });
  }
  return problem;
}

/** The name as a file system takes it, everywhere. */
function tidy(name: string): string {
  const plain = [...name.replace(/[\p{Cc}/\\:*?"<>|]/gu, " ").replace(/\s+/gu, " ")].slice(0, longestName).join("");
  return plain.trim().replace(/[. ]+$/u, "") || "Through the years";
}
