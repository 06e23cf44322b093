import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { candidates, chooseProvider } from "../../../electron/engine/onnx/choose-provider.ts";
import { probeProvider, type Probe } from "../../../electron/engine/onnx/probe-provider.ts";
import { openSession } from "../../../electron/engine/onnx/session.ts";

const dir = mkdtempSync(join(tmpdir(), "familiar-probe-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const model = "models/onnx/mobilefacenet.onnx";

/** A process that stands for a driver which does as `code` says. */
function child(name: string, code: string): string {
  const path = join(dir, `${name}.mjs`);
  writeFileSync(path, code);
  return path;
}
const say = (answer: object) => `process.send(${JSON.stringify({ failed: "", difference: 0, accelerator: 1, cpu: 4, ...answer })});`;

describe("trying an accelerator in a process of its own", () => {
  it("the real one: the CPU beside itself gives the same results", async () => {
    const probe = await probeProvider("cpu", { model, timeLimit: 60_000 });
    expect(probe.available, probe.why).toBe(true);
  });
  it("the real one: what this computer does not have is not available, with a reason", async () => {
    const absent = process.platform === "win32" ? "coreml" : "dml";
    expect(await probeProvider(absent, { model, timeLimit: 60_000 })).toEqual({
      available: false,
      speed: 0,
      why: "It does not exist for this kind of computer.",
    });
  });
  it("a crash is a reason, not our end", async () => {
    const probe = await probeProvider("dml", {
      model,
      child: child("crash", "process.kill(process.pid, 'SIGSEGV'); setInterval(() => {}, 100);"),
    });
    expect(probe.available).toBe(false);
    expect(probe.why).toMatch(/crashed/);
  });
  it("a hang ends at the time limit", async () => {
    const started = performance.now();
    const probe = await probeProvider("dml", { model, timeLimit: 1_000, child: child("hang", "for (;;) {}") });
    expect(probe).toEqual({ available: false, speed: 0, why: "It did not answer within 1 seconds." });
    expect(performance.now() - started).toBeLessThan(10_000);
  });
  it("wrong results, and results that are not numbers, disqualify it", async () => {
    expect((await probeProvider("dml", { model, child: child("wrong", say({ difference: 0.5 })) })).available).toBe(false);
    expect((await probeProvider("dml", { model, child: child("nan", say({ difference: null })) })).available).toBe(false);
  });
  it("right results make it available, with its speed", async () => {
    expect(await probeProvider("dml", { model, child: child("right", say({})) })).toMatchObject({ available: true, speed: 4 });
  });
});

describe("choosing", () => {
  const modelsDir = "models/onnx";
  const works = (speed: number): Probe => ({ available: true, speed, why: "It works." });
  const absent: Probe = { available: false, speed: 0, why: "It is not there." };

  it("the CPU is the last candidate everywhere", () => {
    for (const platform of ["win32", "linux", "darwin", "freebsd"] as const) expect(candidates(platform).at(-1)).toBe("cpu");
  });
  it("takes the first that works, one at a time", async () => {
    const asked: string[] = [];
    const probe = async (name: string) => (asked.push(name), name === "webgpu" ? works(3) : absent);
    expect((await chooseProvider({ wanted: "auto", modelsDir, probe, platform: "win32" })).name).toBe("webgpu");
    expect(asked).toEqual(["dml", "webgpu"]);
  });
  it("keeps to the CPU where an accelerator is slower, and says so", async () => {
    const found = await chooseProvider({ wanted: "auto", modelsDir, probe: async () => works(0.4), platform: "darwin" });
    expect(found.name).toBe("cpu");
    expect(found.why).toMatch(/not faster/);
  });
  it("takes a slower one that somebody chose, and the CPU for one that does not work", async () => {
    expect((await chooseProvider({ wanted: "webgpu", modelsDir, probe: async () => works(0.4) })).name).toBe("webgpu");
    const found = await chooseProvider({ wanted: "cuda", modelsDir, probe: async () => absent });
    expect(found).toMatchObject({ name: "cpu", why: "NVIDIA graphics card (CUDA) cannot be used. It is not there." });
    expect((await chooseProvider({ wanted: "abacus", modelsDir, probe: async () => works(9) })).name).toBe("cpu");
    expect((await chooseProvider({ wanted: "auto", modelsDir: dir, probe: async () => works(9) })).name).toBe("cpu");
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
