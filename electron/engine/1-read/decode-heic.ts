import { Worker } from "node:worker_threads";
import { Problem } from "../errors.ts";
import { settings } from "../settings.ts";

export interface HeicPixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 4;
}
interface Reply {
  readonly id: number;
  readonly ok?: Omit<HeicPixels, "channels">;
  readonly error?: string;
}
/** A running thread and who waits for it. */
interface Helper {
  readonly thread: Worker;
  readonly waiting: Map<number, (reply: Reply) => void>;
  idle: NodeJS.Timeout | null;
}
let helper: Helper | null = null;
let nextId = 1;

/**
 * RGBA of a HEIC file's main picture, already upright. One worker serves all: started when first needed, ended when it has had nothing
 * to do for a while. Throws `file-damaged`, `file-too-large`, `file-too-slow`.
 */
export async function decodeHeic(file: Uint8Array, path: string): Promise<HeicPixels> {
  const mine = (helper ??= start());
  const id = nextId++;
  if (mine.idle) clearTimeout(mine.idle);
  mine.thread.ref();
  const reply = await new Promise<Reply>((resolve) => {
    const timer = setTimeout(() => end(mine, "too slow"), settings.read.longestRead);
    mine.waiting.set(id, (answer) => {
      clearTimeout(timer);
      resolve(answer);
    });
    mine.thread.postMessage({ id, file });
  });
  if (mine.waiting.size === 0) rest(mine);
  if (reply.ok) return { ...reply.ok, channels: 4 };
  if (reply.error === "too slow") throw new Problem("file-too-slow", path);
  if (reply.error === "exceeds pixel limit") throw new Problem("file-too-large", path);
  throw new Problem("file-damaged", `${path}: ${reply.error ?? ""}`);
}

function start(): Helper {
  const thread = new Worker(new URL(`./heic-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url), {
    // libheif talks to the console about every broken file.
    stdout: true,
    stderr: true,
    workerData: { largestPixels: settings.read.largestPixels },
  });
  const mine: Helper = { thread, waiting: new Map(), idle: null };
  thread.on("message", (reply: Reply) => {
    const answer = mine.waiting.get(reply.id);
    mine.waiting.delete(reply.id);
    answer?.(reply);
  });
  thread.on("error", (error) => end(mine, error.message));
  return mine;
}

/** Lets the process end although the thread still runs, and ends the thread after a while: it holds the memory of its largest picture. */
function rest(mine: Helper): void {
  mine.thread.unref();
  mine.idle = setTimeout(() => end(mine, "idle"), settings.read.heicIdle);
  mine.idle.unref();
}

function end(mine: Helper, why: string): void {
  if (helper === mine) helper = null;
  for (const [id, answer] of mine.waiting) answer({ id, error: why });
  mine.waiting.clear();
  void mine.thread.terminate();
}
