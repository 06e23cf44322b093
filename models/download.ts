import { existsSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { asProblem, Problem } from "../electron/engine/errors.ts";
import { settings } from "../electron/engine/settings.ts";
import { sha256OfFile } from "./files.ts";
import type { FetchedSource } from "./packs.ts";

export interface DownloadOptions {
  /** Told now and then how many bytes of how many are here. */
  readonly onProgress?: (bytes: number, total: number) => void;
  /** Stops the download; what has come so far is kept for the next time. */
  readonly signal?: AbortSignal;
  /** Milliseconds without a byte before an address is given up. */
  readonly silence?: number;
}

/**
 * Brings a source's bytes to `part`, whole and of the right hash, or throws. Goes on where an earlier try was cut off, and from one
 * address to the next. A file that turns out to be another is deleted; nothing is left that could be taken for the model.
 * Throws `model-fetch` (no address answered to the end), `model-mismatch` (all that came was another file), `cancelled`, `disk-full`.
 */
export async function download(source: FetchedSource, part: string, options: DownloadOptions = {}): Promise<void> {
  const failures: string[] = [];
  let mismatched = false;
  for (const url of source.urls) {
    // What lies there from earlier may itself be wrong: then the same address gets a second chance from the start.
    for (let resumed = sizeOf(part) > 0, again = true; again; resumed = false) {
      again = false;
      try {
        if (sizeOf(part) !== source.bytes) await bring(url, source.bytes, part, options);
        if ((await sha256OfFile(part, options.signal)) === source.sha256) return;
        rmSync(part, { force: true });
        mismatched = true;
        failures.push(`${new URL(url).host}: another file`);
        again = resumed;
      } catch (error) {
        if (options.signal?.aborted) throw new Problem("cancelled", url);
        const problem = asProblem(error);
        if (problem.code === "disk-full" || problem.code === "file-unreadable") throw problem;
        failures.push(`${new URL(url).host}: ${reason(error)}`);
      }
    }
  }
  const onlyMismatches = mismatched && failures.every((failure) => failure.endsWith(": another file"));
  throw new Problem(onlyMismatches ? "model-mismatch" : "model-fetch", failures.join("; "));
}

/** Appends to `part` from one address until all bytes are there. Throws whatever went wrong; what came stays. */
async function bring(url: string, total: number, part: string, options: DownloadOptions): Promise<void> {
  if (sizeOf(part) > total) rmSync(part, { force: true });
  const have = sizeOf(part);
  const stop = new AbortController();
  const silence = options.silence ?? settings.fetch.silence;
  const timer = setTimeout(() => stop.abort(new Error("it stopped answering")), silence);
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  try {
    const answer = await fetch(url, { signal, headers: have > 0 ? { range: `bytes=${have}-` } : {} });
    const resumes = answer.status === 206 && answer.headers.get("content-range")?.startsWith(`bytes ${have}-`) === true;
    if (!resumes && answer.status !== 200) throw new Error(`it answered ${answer.status}`);
    const start = resumes ? have : 0;
    const length = answer.headers.get("content-length");
    if (length !== null && Number(length) !== total - start && !answer.headers.has("content-encoding"))
      throw new Error(`it offers ${length} bytes, not ${total - start}`);
    if (!answer.body) throw new Error("it answered nothing");
    const file = await open(part, resumes ? "a" : "w");
    try {
      let bytes = start;
      for await (const piece of answer.body) {
        timer.refresh();
        bytes += piece.length;
        if (bytes > total) break;
        await file.writeFile(piece);
        options.onProgress?.(bytes, total);
      }
      if (bytes < total) throw new Error(`it broke off after ${bytes} of ${total} bytes`);
      if (bytes > total) {
        rmSync(part, { force: true });
        throw new Error(`it sent more than ${total} bytes`);
      }
    } finally {
      await file.close();
    }
  } finally {
    clearTimeout(timer);
  }
}

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

/** What a failed request says, with the cause that `fetch` hides behind "fetch failed". */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message || error.cause.name})` : error.message;
}
