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
let worker: Worker | null = null;
let nextId = 1;
const waiting = new Map<number, (reply: Reply) => void>();

/** RGBA of a HEIC file's main picture, already upright. One worker serves all, started when first needed. */
export async function decodeHeic(file: Uint8Array, path: string): Promise<HeicPixels> {
  const id = nextId++;
  const thread = (worker ??= start());
  const reply = await new Promise<Reply>((resolve) => {
    const timer = setTimeout(() => {
      waiting.delete(id);
      worker = null;
      void thread.terminate();
      resolve({ id, error: "timeout" });
    }, settings.read.longestRead);
    waiting.set(id, (answer) => {
      clearTimeout(timer);
      resolve(answer);
    });
    thread.ref();
    thread.postMessage({ id, file });
  });
  if (waiting.size === 0) thread.unref();
  if (reply.ok) return { ...reply.ok, channels: 4 };
  if (reply.error === "timeout") throw new Problem("file-too-slow", path);
  throw new Problem("file-damaged", `${path}: ${reply.error ?? ""}`);
}

function start(): Worker {
  const thread = new Worker(new URL(`./heic-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url), {
    stdout: true,
    stderr: true,
  });
  thread.on("message", (reply: Reply) => {
    const answer = waiting.get(reply.id);
    waiting.delete(reply.id);
    answer?.(reply);
  });
  thread.on("error", (error) => {
    if (worker === thread) worker = null;
    for (const [id, answer] of waiting) answer({ id, error: error.message });
    waiting.clear();
  });
  return thread;
}
