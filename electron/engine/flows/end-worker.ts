import type { Worker } from "node:worker_threads";
import { settings } from "../settings.ts";

/** What a worker is told when it is to end itself. */
export const endMessage = { end: true } as const;

/**
 * Ends a worker by asking it to: one that is ended from outside while it loads or calls a native module takes the whole process down
 * with it. Only one that does not hear is.
 */
export async function endWorker(worker: Worker): Promise<void> {
  // It has ended already.
  if (worker.threadId < 0) return;
  const gone = new Promise<void>((done) => worker.once("exit", () => done()));
  worker.postMessage(endMessage);
  const timer = setTimeout(() => void worker.terminate(), settings.patience.thread);
  await gone;
  clearTimeout(timer);
}
