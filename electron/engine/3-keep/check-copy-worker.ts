import { parentPort, workerData } from "node:worker_threads";
import { standsAlone } from "./backup-files.ts";

/** Looks at a copy on a thread of its own. */
const { file } = workerData as { readonly file: string };
parentPort?.postMessage(standsAlone(file));
