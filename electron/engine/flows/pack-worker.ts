import { parentPort, workerData } from "node:worker_threads";
import { addPack } from "../../../models/fetch-pack.ts";
import { asProblem } from "../errors.ts";
import type { PackReply, PackWork } from "./pack-fetcher.ts";
import { settings } from "../settings.ts";

/** Fetches and exports one pack on a thread of its own: hashing and exporting a hundred megabytes takes seconds. Any message stops it. */
const { plan, outDir, file } = workerData as PackWork;
const stop = new AbortController();
const reply = (message: PackReply): void => parentPort?.postMessage(message);
parentPort?.once("message", () => stop.abort());

let told = 0;
function onProgress(bytes: number, total: number): void {
  const now = Date.now();
  if (now - told < settings.patience.tellEvery && bytes < total) return;
  told = now;
  reply({ part: bytes / total });
}

addPack(plan, { outDir, signal: stop.signal, onProgress, ...(file === undefined ? {} : { file }) }).then(
  () => reply({ done: null }),
  (thrown: unknown) => reply({ done: asProblem(thrown, plan.about.name).view() }),
);
