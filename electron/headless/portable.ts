import { constants } from "node:fs";
import { access, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { ImportResult } from "../contract/views.ts";
import type { PortableDocument } from "../contract/portable.ts";
import { largestPortable, portableText } from "../contract/portable-text.ts";
import { DoorProblem, type EngineDoor } from "./engine-door.ts";
import { fileProblem } from "./file-problem.ts";

export { portableText };

/** What an export to a file answers. */
export interface Exported {
  readonly file: string;
  readonly people: number;
  readonly photos: number;
}

/** Every decision's outcome: the document itself or, with a file, what was written to it. A file is there as a whole or not at all. */
export async function exportTo(engine: EngineDoor, file: string | null): Promise<PortableDocument | Exported> {
  const document = await engine.request("export", {});
  if (file === null) return document;
  const half = `${file}.part`;
  try {
    await access(dirname(file), constants.W_OK);
    await using handle = await open(half, "w");
    await handle.writeFile(portableText(document));
    await handle.sync();
    await rename(half, file);
  } catch (thrown) {
    await rm(half, { force: true });
    throw fileProblem(thrown, file, "could not be written");
  }
  return { file, people: document.people.length, photos: document.photos.length };
}

const tooLarge = "This file is larger than anything Familiar exports. Nothing was changed.";

/** Takes a portable file in. Throws `bad-request` for anything else, with a sentence that says why. */
export async function importFrom(engine: EngineDoor, file: string): Promise<ImportResult> {
  let text: string;
  try {
    const { size } = await stat(file);
    if (size > largestPortable) throw new DoorProblem("bad-request", `${file}: ${size} bytes`, tooLarge);
    text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (thrown) {
    throw thrown instanceof DoorProblem ? thrown : fileProblem(thrown, file, "could not be read");
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : "";
    throw new DoorProblem(
      "bad-request",
      `${file}: ${why}`,
      "This is not a file that Familiar exported, or it is damaged. Nothing was changed.",
    );
  }
  return engine.request("import", { document });
}
