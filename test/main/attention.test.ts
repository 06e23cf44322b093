import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ProgressView, ScanPhase } from "../../electron/contract/views.ts";
import { app } from "./double/app.ts";
import { shown } from "./double/small.ts";
import { Notification } from "./double/system.ts";

vi.mock("electron", () => import("./double/electron.ts"));
const { Attention } = await import("../../electron/main/attention.ts");
const { startAtLogin } = await import("../../electron/main/start-at-login.ts");
beforeAll(() => app.whenReady());

describe("the end of a long reading", () => {
  let now = 0;
  let title: string | null = "Read";
  let front = 0;
  let attention: InstanceType<typeof Attention>;
  beforeEach(() => {
    now = 0;
    title = "Read";
    shown.length = 0;
    app.told.length = 0;
    const host = { window: () => null, notify: () => title, show: () => void front++, questions: async () => 7 };
    attention = new Attention(host, () => now);
  });
  const hear = (phase: ScanPhase, at: number): void => {
    now = at;
    const view = { phase, done: 1, total: 2, faces: 0, failed: 0, secondsLeft: null, photosPerSecond: null, problem: null };
    attention.heard({ ...view, words: "2 photos" } satisfies ProgressView);
  };
  const notes = () => shown.filter(({ what }) => what === "notification").map(({ detail }) => detail);

  it("is told once, with the questions that wait, and a click brings the window", async () => {
    for (const [phase, at] of [
      ["looking", 0],
      ["reading", 5_000],
      ["grouping", 80_000],
      ["idle", 90_000],
      ["idle", 91_000],
    ] as const)
      hear(phase, at);
    await expect.poll(notes).toEqual(["Read: 2 photos"]);
    expect(app.told).toEqual(["badge 7"]);
    Notification.last?.emit("click");
    expect(front).toBe(1);
    attention.seen();
    attention.seen();
    expect(app.told).toEqual(["badge 7", "badge 0"]);
  });
  it("is not told after a short one, nor where nobody wants to hear", async () => {
    hear("reading", 0);
    hear("idle", 30_000);
    title = null;
    hear("reading", 40_000);
    hear("idle", 240_000);
    await expect.poll(() => app.told).toEqual(["badge 7"]);
    expect(notes()).toEqual([]);
  });
  it("counts a pause as part of the reading", async () => {
    hear("reading", 0);
    hear("paused", 10_000);
    hear("reading", 100_000);
    hear("idle", 101_000);
    await expect.poll(notes).toEqual(["Read: 2 photos"]);
  });
});

describe("starting with the session", () => {
  it("is Electron's own where it can, and a file that every Linux desktop reads", () => {
    app.told.length = 0;
    startAtLogin(true, "win32");
    startAtLogin(false, "darwin");
    expect(app.told).toEqual(["login true", "login false"]);
    const dir = mkdtempSync(join(tmpdir(), "familiar-login-"));
    vi.stubEnv("XDG_CONFIG_HOME", dir);
    vi.stubEnv("APPIMAGE", '/opt/50% "best"/Familiar.AppImage');
    startAtLogin(true, "linux");
    const path = join(dir, "autostart", "familiar.desktop");
    expect(readFileSync(path, "utf8")).toContain('Exec="/opt/50%% \\"best\\"/Familiar.AppImage" --quietly\n');
    startAtLogin(false, "linux");
    expect(() => readFileSync(path)).toThrow("ENOENT");
    startAtLogin(false, "linux");
    vi.unstubAllEnvs();
    rmSync(dir, { recursive: true });
  });
});
