import { readdirSync, readFileSync } from "node:fs";
import { getPriority } from "node:os";
import { expect, test } from "vitest";
import { SeePool } from "../../../electron/engine/flows/see-pool.ts";
import type { SeeWorkerData } from "../../../electron/engine/flows/see-task.ts";
import { settings } from "../../../electron/engine/settings.ts";

/** The nice value of every thread of this process: the 19th field of its line, counted after the name, which may hold anything. */
const priorities = (): readonly number[] =>
  readdirSync("/proc/self/task").map((thread) => {
    const line = readFileSync(`/proc/self/task/${thread}/stat`, "utf8");
    return Number(line.slice(line.lastIndexOf(")") + 2).split(" ")[16]);
  });

test.skipIf(process.platform !== "linux")(
  "the threads that read give way to everything else, and nothing else does (skipped: not Linux)",
  async () => {
    const before = getPriority();
    const lower = Math.min(19, before + settings.scan.nice);
    expect(priorities()).not.toContain(lower);
    // No model is opened for a look at a file that is not there.
    const pool = new SeePool({ modelsDir: "." } as SeeWorkerData, { workers: 2 });
    const looks = [1, 2].map((n) => pool.run({ kind: "identify", path: `/nowhere/${n}.jpg` }).catch(() => undefined));
    await Promise.all(looks);
    expect(priorities().filter((nice) => nice === lower).length).toBeGreaterThanOrEqual(1);
    expect(getPriority()).toBe(before);
    await pool.close();
  },
);
