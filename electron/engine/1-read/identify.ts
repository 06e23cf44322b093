import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { asProblem, Problem } from "../errors.ts";

/** Bytes read at a time: a file of any size takes no more memory than this. */
const chunk = 1 << 20;

/** The content's SHA-256 (hex), size in bytes and time of change. Throws `file-changing` when it is written meanwhile, and read problems. */
export async function identify(path: string): Promise<{ readonly hash: string; readonly bytes: number; readonly mtimeMs: number }> {
  try {
    await using file = await open(path, "r");
    const before = await file.stat();
    if (!before.isFile()) throw new Problem("file-not-a-picture", path);
    if (before.size === 0) throw new Problem("file-empty", path);
    const hash = createHash("sha256");
    const buffer = Buffer.allocUnsafe(Math.min(chunk, before.size));
    let read = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, read);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      read += bytesRead;
    }
    const after = await file.stat();
    if (after.size !== before.size || after.mtimeMs !== before.mtimeMs || read !== before.size) throw new Problem("file-changing", path);
    return { hash: hash.digest("hex"), bytes: before.size, mtimeMs: before.mtimeMs };
  } catch (thrown) {
    throw asProblem(thrown, path);
  }
}
