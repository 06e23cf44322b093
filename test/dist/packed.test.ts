import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { notAllowed } from "../../build/scripts/dist-allowed.ts";
import { packAndOpen, type PackedApp } from "../../build/scripts/dist-check.ts";
import { startEngine } from "./engine-process.ts";
import { writePeople } from "./real-people.ts";

const dir = mkdtempSync(join(tmpdir(), "familiar-packed-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const system = `${process.platform}-${process.arch}`;

describe.skipIf(process.platform !== "linux" || !existsSync("dist/engine/process.js"))(
  "the packed app (Linux, with a stand-in for Electron's own program; needs a build)",
  () => {
    let packed: PackedApp;
    beforeAll(async () => {
      packed = await packAndOpen(dir);
    });

    it("holds nothing that is not allowed, and of machine code this system's alone", () => {
      expect(packed.notAllowed).toEqual([]);
      expect(packed.natives.length).toBeGreaterThan(4);
      expect(packed.natives.filter((path) => !path.includes(system) && !path.includes(system.replace("-", "/")))).toEqual([]);
    });
    it("keeps what the system's loader opens outside the archive, and the engine inside it", () => {
      expect(packed.natives.filter((path) => !packed.unpacked.has(path))).toEqual([]);
      expect(packed.unpacked.has("app/dist/engine/process.js")).toBe(false);
      for (const name of [
        "process",
        "see-worker",
        "group-worker",
        "split-worker",
        "heic-worker",
        "pack-worker",
        "check-copy-worker",
        "probe-child",
      ])
        expect([...packed.files.keys()]).toContain(`app/dist/engine/${name}.js`);
    });
    it("stays small", () => {
      // 80 MB when this was written; a forgotten folder is more than the rest.
      expect(packed.bytes / 1e6).toBeLessThan(100);
    });
    it("cannot be used as Node, debugged or made to load other code", () => {
      expect(packed.fusesOn).toEqual(["EnableCookieEncryption", "EnableEmbeddedAsarIntegrityValidation", "OnlyLoadAppFromAsar"]);
    });
    it("brings the licences of everything in it", () => {
      const text = readFileSync(join(packed.appDir, "dist", "renderer", "licences.json"), "utf8");
      const licences = JSON.parse(text) as { name: string; licence: string }[];
      const names = new Set(licences.map(({ name }) => name));
      const inside = [...packed.files.keys()].flatMap((path) => /^app\/node_modules\/((?:@[^/]+\/)?[^/]+)\//u.exec(path)?.[1] ?? []);
      expect(inside.filter((name) => !names.has(name))).toEqual([]);
      for (const name of ["svelte", "valibot", "@fontsource-variable/inter", "MTCNN"]) expect(names).toContain(name);
      expect(licences.filter(({ licence }) => licence === "")).toEqual([]);
    });
    it("reads, groups, names and searches from inside the package, without this project's folder", async () => {
      const photos = await writePeople(join(dir, "photos"), 2);
      const entry = join(packed.appDir, "dist", "engine", "process.js");
      const engine = await startEngine(entry, { libraryDir: join(dir, "library"), modelsDir: packed.modelsDir });
      const told = await engine.ask("index", { folders: [join(dir, "photos")] });
      expect([told.photos, told.failed]).toEqual([photos, []]);
      const [first] = (await engine.ask("people.list", { show: "unnamed" })).items;
      await engine.ask("decide", { kind: "name", payload: { personId: first?.id, name: "Ana" } });
      const found = await engine.ask("people.find", { text: "ana" });
      expect(found[0]?.name).toBe("Ana");
      expect((await engine.ask("search", { query: { all: [first?.id ?? 0] } })).total).toBeGreaterThan(1);
      expect((await engine.ask("status", {})).provider.why).not.toMatch(/crashed|did not answer/u);
      expect([engine.said(), await engine.close()]).toEqual(["", 0]);
    });
  },
);

describe("the list of what may be packed", () => {
  it("lets no source, no other system's file and no stray file through", () => {
    const stray = [
      "app/electron/main/main.ts",
      "app/dist/engine/cli.js",
      "app/dist/main/main.js.map",
      "app/node_modules/better-sqlite3/prebuilds/linuxmusl-x64.node",
      "app/node_modules/onnxruntime-node/bin/napi-v6/win32/x64/DirectML.dll",
      "app/node_modules/left-pad/index.js",
      "models/facenet.onnx",
      "app/.env",
    ];
    expect(notAllowed(stray, "linux-x64")).toEqual(stray);
    expect(notAllowed(["app/node_modules/better-sqlite3/prebuilds/linux-x64.node", "models/pnet.onnx"], "linux-x64")).toEqual([]);
  });
});
