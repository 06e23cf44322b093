import { open } from "node:fs/promises";
import { asProblem, Problem } from "../errors.ts";
import { settings } from "../settings.ts";

/** A file's bytes, or only the `first` so many. Throws the problems of one file: a drive that does not answer is waited for only so long. */
export async function readWhole(path: string, first?: number): Promise<Buffer> {
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Problem("file-busy", path)), settings.read.longestRead);
  });
  try {
    return await Promise.race([read(path, first), tooSlow]);
  } catch (thrown) {
    throw asProblem(thrown, path);
  } finally {
    clearTimeout(timer);
  }
}

async function read(path: string, first: number | undefined): Promise<Buffer> {
  await using file = await open(path, "r");
  const facts = await file.stat();
  if (!facts.isFile()) throw new Problem("file-not-a-picture", path);
  if (facts.size > settings.read.largestFile) throw new Problem("file-too-large", path);
  if (first === undefined || first >= facts.size) return file.readFile();
  const { buffer, bytesRead } = await file.read(Buffer.alloc(first), 0, first, 0);
  return buffer.subarray(0, bytesRead);
}
