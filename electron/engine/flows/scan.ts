import { stat } from "node:fs/promises";
import type { IndexResult } from "../../contract/views.ts";
import { walk } from "../1-read/walk.ts";
import type { Keep } from "../3-keep/keep.ts";
import type { FileToRead, FoundFile, Reading } from "../3-keep/shapes.ts";
import { asProblem, Problem } from "../errors.ts";
import type { Turns } from "../lib/turns.ts";
import { drivesAway } from "./drives-away.ts";
import type { Gate } from "./gate.ts";
import type { Progress } from "./progress.ts";
import { watchLeaving, type Leaving } from "./scan-away.ts";
import type { SeePool } from "./see-pool.ts";
import type { SeenPhoto } from "./see-task.ts";

/** Problems that stop the whole reading rather than one photo. */
const stopping = new Set(["disk-full", "library-damaged", "library-locked", "library-unwritable", "model-missing", "cancelled"]);

export interface ScanTools {
  readonly keep: Keep;
  readonly pool: SeePool;
  readonly progress: Progress;
  readonly reading: Reading;
  /** Pauses and cancels. */
  readonly gate: Gate;
  /** Called after each kept photo. */
  readonly onPhoto: () => void;
  /** A folder went away while it was read. */
  readonly onAway: (problem: Problem) => void;
}
export interface ScanOutcome {
  readonly photos: number;
  readonly read: number;
  readonly skipped: number;
  readonly faces: number;
  /** Folders that are not there, or went away meanwhile: nothing of theirs is forgotten. */
  readonly away: readonly { readonly path: string; readonly problem: Problem }[];
  readonly stages: Omit<IndexResult["stages"], "group">;
}

/**
 * Reads folders: walks them, finds out which content is new, and looks at it. What was read before is not read again. One bad
 * photo never stops it; a full disk or a cancelled run does, and the next scan goes on from there.
 */
export async function scan(tools: ScanTools, folderIds: readonly number[]): Promise<ScanOutcome> {
  const { keep, gate, progress, reading } = tools;
  progress.begin("looking");
  const walked: number[] = [];
  await noteVanished(keep, folderIds);
  for (const folder of keep.folders().filter((one) => folderIds.includes(one.id))) {
    await gate.pass();
    if (await walkFolder(keep, gate, folder.id, folder.path)) walked.push(folder.id);
  }
  const there = keep.folders().filter((folder) => walked.includes(folder.id));
  const leaving = watchLeaving(keep, there, tools.onAway);
  const unknown = keep.filesToIdentify(walked);
  progress.begin("looking", unknown.length);
  await inFlight(tools, leaving, unknown, async (file) => {
    const { hash } = await tools.pool.run({ kind: "identify", path: file.path });
    keep.fileIdentified(file.fileId, hash);
  });
  const files = keep.filesToRead(reading, { folderIds: walked.filter((id) => !leaving.folderIds.has(id)) });
  progress.begin("reading", files.length);
  const sums = { read: 0, faces: 0, decode: 0, detect: 0, embed: 0, keep: 0 };
  await inFlight(tools, leaving, files, async (file) => {
    const found = await readOne(tools, file);
    sums.read += 1;
    sums.faces += found.faces;
    sums.decode += found.stages.decode / 1000;
    sums.detect += found.stages.detect / 1000;
    sums.embed += found.stages.embed / 1000;
    sums.keep += found.stages.keep / 1000;
    progress.step({ faces: found.faces, at: file.path });
    tools.onPhoto();
  });
  for (const id of walked) if (!leaving.folderIds.has(id)) keep.folderRead(id);
  const folders = keep.folders();
  const photos = folders.filter((folder) => walked.includes(folder.id)).reduce((sum, folder) => sum + folder.photos, 0);
  return {
    photos,
    read: sums.read,
    skipped: Math.max(0, photos - sums.read),
    faces: sums.faces,
    away: folders
      .filter((folder) => folderIds.includes(folder.id) && folder.state !== "present")
      .map(({ path, state }) => ({ path, problem: new Problem(state === "unreadable" ? "folder-unreadable" : "folder-gone", path) })),
    stages: { decode: sums.decode, detect: sums.detect, embed: sums.embed, keep: sums.keep },
  };
}

/** Folders that are not read this time and whose place is gone, as one that was moved to where is read now: what they held is shown from there. */
async function noteVanished(keep: Keep, folderIds: readonly number[]): Promise<void> {
  for (const { id, path } of keep.folders().filter((folder) => folder.state === "present" && !folderIds.includes(folder.id))) {
    const code = await stat(path).then(
      () => null,
      (thrown: unknown) => asProblem(thrown, path).code,
    );
    if (code === "file-vanished") keep.folderAway(id, "gone");
  }
}

/** Walks one folder into the catalogue; false when it is not there, which forgets nothing. */
async function walkFolder(keep: Keep, gate: Gate, folderId: number, path: string): Promise<boolean> {
  const found: FoundFile[] = [];
  const odd: { readonly path: string; readonly problem: Problem }[] = [];
  const drives: string[] = [];
  try {
    const onProblem = (problem: Problem, where: string): unknown => odd.push({ path: where, problem });
    for await (const file of walk(path, { onProblem, onDrive: (where) => drives.push(where) })) {
      found.push(file);
      if (found.length % 2000 === 0) await gate.pass();
    }
  } catch (thrown) {
    const problem = asProblem(thrown, path);
    if (problem.code === "cancelled") throw problem;
    keep.folderAway(folderId, problem.code === "folder-unreadable" ? "unreadable" : "gone");
    return false;
  }
  const away = drivesAway(keep, path, drives, found);
  if (away.includes(path)) {
    keep.folderAway(folderId, "gone");
    return false;
  }
  const unreadable = odd.filter((one) => one.problem.code === "folder-unreadable").map((one) => one.path);
  keep.filesSeen(folderId, found, [...unreadable, ...away]);
  for (const one of odd) keep.failureAt(folderId, one.path, one.problem.view());
  return true;
}

/** Looks at one photo and keeps what was found. */
export async function readOne(
  tools: Pick<ScanTools, "keep" | "pool" | "reading">,
  file: Pick<FileToRead, "fileId" | "path" | "hash" | "bytes">,
): Promise<{ readonly photoId: number; readonly faces: number; readonly stages: ScanOutcome["stages"] }> {
  const { keep, pool, reading } = tools;
  let turns: Turns;
  let seen: SeenPhoto;
  // Turned while it was looked at: once more, as it stands now.
  do {
    turns = keep.turnsOf(file.hash);
    seen = await pool.run({ kind: "see", path: file.path, smallFaces: reading.smallFaces, crops: true, turns });
  } while (turns !== keep.turnsOf(file.hash));
  const startedAt = performance.now();
  const { width, height, facts, damaged, thumbhash, faces } = seen;
  const kept = keep.keepPhoto({
    fileId: file.fileId,
    hash: file.hash,
    bytes: file.bytes,
    width,
    height,
    facts,
    damaged,
    thumbhash,
    faces,
    reading,
    turns,
  });
  // Made now: later the drive may be away.
  if (seen.small) keep.keepPicture("photo", kept.photoId, "thumb", seen.small, turns);
  for (const [index, faceId] of kept.faceIds.entries()) {
    const crop = seen.crops[index];
    if (crop && !kept.adjusted.has(faceId)) keep.keepPicture("face", faceId, "256", crop, turns);
  }
  return { photoId: kept.photoId, faces: kept.faceIds.length, stages: { ...seen.stages, keep: performance.now() - startedAt } };
}

/** Keeps as many files in work as the pool can hold; a file's own problem is recorded, a stopping one ends the run after what is in hand. */
async function inFlight<F extends { readonly fileId: number; readonly path: string }>(
  tools: ScanTools,
  leaving: Leaving,
  files: readonly F[],
  work: (file: F) => Promise<void>,
): Promise<void> {
  let next = 0;
  let stop: Problem | null = null;
  const lane = async (): Promise<void> => {
    for (let file = files[next++]; file && !stop; file = files[next++]) {
      if (leaving.isAway(file.path)) continue;
      try {
        await tools.gate.pass();
        await work(file);
      } catch (thrown) {
        const problem = asProblem(thrown, file.path);
        if (stopping.has(problem.code)) stop ??= problem;
        else if (!(await leaving.hasLeft(file.path, problem))) {
          tools.keep.fileFailed(file.fileId, problem.view());
          tools.progress.step({ failed: 1, at: file.path });
        }
      }
    }
  };
  await Promise.all(Array.from({ length: tools.pool.width }, lane));
  if (stop) throw stop as Problem;
}
