import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { endWorker } from "../../../electron/engine/flows/end-worker.ts";

test("a thread that is ended while it loads or works does not take the engine with it", () => {
  const dir = mkdtempSync(join(tmpdir(), "familiar-end-"));
  const run = spawnSync(process.execPath, ["test/engine/flows/end-worker-child.ts", join(dir, "library"), "30"], { encoding: "utf8" });
  rmSync(dir, { recursive: true, force: true });
  expect([run.signal, run.status, run.stdout]).toEqual([null, 0, "30\n"]);
});

test("one that does not hear is ended all the same, and one that has ended is not waited for", async () => {
  const deaf = new Worker("for (;;);", { eval: true });
  const ended = new Promise((done) => deaf.once("exit", done));
  await endWorker(deaf);
  await ended;
  await endWorker(deaf);
  expect(deaf.threadId).toBe(-1);
});
