import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { candidates, chooseProvider, type ChooseOptions } from "../../../electron/engine/onnx/choose-provider.ts";
import { machineMark, markOf } from "../../../electron/engine/onnx/machine-mark.ts";
import { openProbeMemory } from "../../../electron/engine/onnx/probe-memory.ts";
import { probeProvider, type Probe } from "../../../electron/engine/onnx/probe-provider.ts";
import { forkProbe } from "../../../electron/engine/onnx/run-probe.ts";
import { openSession } from "../../../electron/engine/onnx/session.ts";

const dir = mkdtempSync(join(tmpdir(), "familiar-probe-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const model = "models/onnx/mobilefacenet.onnx";

/** A process that stands for a driver which does as `code` says. */
function child(name: string, code: string): ReturnType<typeof forkProbe> {
  const path = join(dir, `${name}.mjs`);
  writeFileSync(path, code);
  return forkProbe(path);
}
const say = (answer: object) =>
  `process.send(${JSON.stringify({ failed: "", difference: 0, accelerator: 1, cpu: 4, batch: 32, ...answer })});`;

describe("trying an accelerator in a process of its own", () => {
  it("the real one: the CPU beside itself gives the same results", async () => {
    const probe = await probeProvider("cpu", { model, timeLimit: 60_000 });
    expect(probe.available, JSON.stringify(probe.reason)).toBe(true);
    expect(probe.batch).toBe(8);
  });
  it("the real one: what this computer does not have is not available, with a reason", async () => {
    const absent = process.platform === "win32" ? "coreml" : "dml";
    expect(await probeProvider(absent, { model, timeLimit: 60_000 })).toMatchObject({
      available: false,
      speed: 0,
      reason: { code: "not-here" },
    });
  });
  it("a crash is a reason, not our end", async () => {
    const run = child("crash", "process.kill(process.pid, 'SIGSEGV'); setInterval(() => {}, 100);");
    const probe = await probeProvider("dml", { model, run });
    expect(probe.available).toBe(false);
    expect(probe.reason.code).toBe("crashed");
  });
  it("a hang ends at the time limit", async () => {
    const started = performance.now();
    const probe = await probeProvider("dml", { model, timeLimit: 1_000, run: child("hang", "for (;;) {}") });
    expect(probe).toMatchObject({ available: false, speed: 0, reason: { code: "silent", seconds: 1 } });
    expect(performance.now() - started).toBeLessThan(10_000);
  });
  it("wrong results, and results that are not numbers, disqualify it however quick it is", async () => {
    const wrong = await probeProvider("dml", { model, run: child("wrong", say({ difference: 0.5, cpu: 1000 })) });
    expect(wrong).toMatchObject({ available: false, reason: { code: "other-results" } });
    expect((await probeProvider("dml", { model, run: child("nan", say({ difference: null })) })).available).toBe(false);
  });
  it("right results make it available, with its speed and its batch", async () => {
    expect(await probeProvider("dml", { model, run: child("right", say({})) })).toMatchObject({ available: true, speed: 4, batch: 32 });
  });
});

const works = (speed: number): Probe => ({ available: true, speed, batch: 32, reason: { code: "works", speed } });
const absent: Probe = { available: false, speed: 0, batch: 8, reason: { code: "not-here" } };
let file = "";
let next = 0;
beforeEach(() => (file = join(dir, `memory-${next++}.json`)));
/** Chooses with what is remembered in the test's file, as at a new start. */
async function choose(wanted: string, probe: NonNullable<ChooseOptions["probe"]>, more: Partial<ChooseOptions> = {}) {
  const { view, batch } = await chooseProvider({ wanted, model, mark: "here", memory: openProbeMemory(file), probe, ...more });
  return { ...view, batch };
}

describe("choosing", () => {
  it("the CPU is the last candidate everywhere", () => {
    for (const platform of ["win32", "linux", "darwin", "freebsd"] as const) expect(candidates(platform).at(-1)).toBe("cpu");
    expect(candidates("win32")).toEqual(["dml", "webgpu", "cpu"]);
    expect(candidates("linux")).toEqual(["cuda", "webgpu", "cpu"]);
    expect(candidates("darwin")).toEqual(["coreml", "cpu"]);
  });
  it("takes the first that works, one at a time, with its batch", async () => {
    const asked: string[] = [];
    const probe = async (name: string) => (asked.push(name), name === "webgpu" ? works(3) : absent);
    expect(await choose("auto", probe, { platform: "win32" })).toMatchObject({ name: "webgpu", batch: 32 });
    expect(asked).toEqual(["dml", "webgpu"]);
  });
  it("keeps to the CPU where an accelerator is slower, and says so", async () => {
    const found = await choose("auto", async () => works(0.4), { platform: "darwin" });
    expect(found).toMatchObject({ name: "cpu", batch: 8 });
    expect(found.why).toMatch(/not faster/);
  });
  it("takes a slower one that somebody chose, and the CPU for one that does not work", async () => {
    expect((await choose("webgpu", async () => works(0.4))).name).toBe("webgpu");
    const found = await choose("cuda", async () => absent);
    expect(found).toMatchObject({
      name: "cpu",
      why: "NVIDIA graphics card (CUDA) cannot be used. It does not exist for this kind of computer.",
    });
    expect((await choose("abacus", async () => works(9))).name).toBe("cpu");
    expect((await choose("auto", async () => works(9), { model: join(dir, "nowhere.onnx") })).name).toBe("cpu");
  });
});

describe("remembering what was tried", () => {
  const counted = (found: Probe) => {
    const asked: string[] = [];
    return { asked, probe: async (name: string) => (asked.push(name), found) };
  };
  it("asks no second time on the same computer, good or bad, and anew after the driver, the runtime or the model changed", async () => {
    const good = counted(works(3));
    const first = await choose("auto", good.probe, { platform: "darwin" });
    expect(await choose("auto", good.probe, { platform: "darwin" })).toEqual(first);
    expect(good.asked).toEqual(["coreml"]);
    await choose("auto", good.probe, { platform: "darwin", mark: "another driver" });
    expect(good.asked).toEqual(["coreml", "coreml"]);
    const bad = counted(absent);
    await choose("auto", bad.probe, { platform: "win32" });
    await choose("auto", bad.probe, { platform: "win32" });
    expect(bad.asked).toEqual(["dml", "webgpu"]);
  });
  it("tries one that failed again when somebody chooses it", async () => {
    await choose("auto", async () => absent, { platform: "darwin" });
    expect((await choose("coreml", async () => works(2))).name).toBe("coreml");
    const { asked, probe } = counted(absent);
    expect((await choose("coreml", probe)).name).toBe("coreml");
    expect(asked).toEqual([]);
  });
  it("is an empty memory where the file is damaged or says what no trial says", async () => {
    for (const text of [
      "{",
      "[]",
      '{"trials":[["coreml here",{"available":true,"speed":3,"batch":8,"why":"as an older one said it"}],[1,2],null]}',
    ]) {
      writeFileSync(file, text);
      const { asked, probe } = counted(works(3));
      expect((await choose("auto", probe, { platform: "darwin" })).name).toBe("coreml");
      expect(asked).toEqual(["coreml"]);
    }
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ version: 1 });
  });
  it("does without where it cannot be written", async () => {
    const memory = openProbeMemory(join(dir, "no such folder", "memory.json"));
    expect((await choose("coreml", async () => works(3), { memory })).name).toBe("coreml");
  });
  it("the mark of this computer is the same each time, and another for other words", () => {
    expect(machineMark()).toBe(machineMark());
    expect(machineMark()).toMatch(/^[\w-]{22}$/u);
    expect(markOf(["a", "bc"])).not.toBe(markOf(["ab", "c"]));
  });
});

describe("sessions", () => {
  it("a file that is no model is model-missing, a provider that cannot be had accelerator-failed", async () => {
    await expect(openSession(Uint8Array.of(1, 2, 3), { provider: "cpu", threads: 1 })).rejects.toMatchObject({ code: "model-missing" });
    await expect(openSession(model, { provider: process.platform === "win32" ? "coreml" : "dml", threads: 1 })).rejects.toMatchObject({
      code: "accelerator-failed",
    });
  });
});
