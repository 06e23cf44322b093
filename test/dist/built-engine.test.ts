import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../models/files.ts";
import { mobilefacenet, type EmbedderPlan } from "../../models/packs.ts";
import { startEngine, type EngineProcess } from "./engine-process.ts";
import { writePeople } from "./real-people.ts";

const dir = mkdtempSync(join(tmpdir(), "familiar-built-"));
const source = mobilefacenet.source;
const weights = source.kind === "package" ? resolve("node_modules", source.package, source.file) : "";
/** The built-in network's weights as a pack that somebody imports. */
const plan: EmbedderPlan = {
  about: { ...mobilefacenet.about, name: "imported", file: "imported.onnx" },
  network: "mobilefacenet",
  source: { kind: "fetched", urls: [], bytes: readFileSync(weights).length, sha256: sha256(readFileSync(weights)) },
};

/** Everything that the engine starts by its file (a worker, a child process) is used once here, from the bundle. */
describe.skipIf(!existsSync("dist/engine/process.js"))("the built engine (needs a build, which npm test makes)", () => {
  let engine: EngineProcess;
  let photos = 0;
  beforeAll(async () => {
    photos = await writePeople(join(dir, "photos"), 3);
    // The first bytes of an iPhone's photo, and nothing after them.
    writeFileSync(join(dir, "photos", "broken.heic"), Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"));
    const options = { libraryDir: join(dir, "library"), modelsDir: resolve("models/onnx"), workers: 1, plans: [mobilefacenet, plan] };
    engine = await startEngine(resolve("dist/engine/process.js"), options);
  });
  afterAll(async () => {
    expect(await engine.close()).toBe(0);
    rmSync(dir, { recursive: true, force: true });
  });

  it("has every worker and child beside it", () => {
    const wanted = readdirSync("electron/engine", { recursive: true, encoding: "utf8" })
      .map((path) => /([\w-]+-(?:worker|child))\.ts$/u.exec(path)?.[1])
      .filter((name) => name !== undefined);
    expect(wanted.length).toBeGreaterThan(4);
    expect(wanted.filter((name) => !existsSync(`dist/engine/${name}.js`))).toEqual([]);
  });
  it("reads and groups: the see, HEIC and group workers", async () => {
    const told = await engine.ask("index", { folders: [join(dir, "photos")] });
    expect([told.photos, told.read]).toEqual([photos, photos]);
    expect(told.faces).toBeGreaterThan(photos);
    expect(told.failed).toMatchObject([{ path: join(dir, "photos", "broken.heic") }]);
    expect(["file-damaged", "file-cut-short"]).toContain(told.failed[0]?.code);
    expect((await engine.ask("people.list", { show: "unnamed" })).total).toBeGreaterThan(3);
  });
  it("tried an accelerator in a process of its own", async () => {
    const { provider } = await engine.ask("status", {});
    expect(provider.why).not.toMatch(/crashed|could not be tried|did not answer/u);
    const kept = JSON.parse(readFileSync(join(dir, "library", "accelerators.json"), "utf8")) as { trials: unknown[] };
    expect(kept.trials.length).toBeGreaterThan(0);
  });
  it("names, and searches by name", async () => {
    const [first] = (await engine.ask("people.list", { show: "unnamed" })).items;
    await engine.ask("decide", { kind: "name", payload: { personId: first?.id, name: "Ana" } });
    expect((await engine.ask("search", { query: { all: [first?.id ?? 0] } })).total).toBeGreaterThan(1);
  });
  it("splits: the split worker", async () => {
    const [a, b] = (await engine.ask("people.list", { show: "all" })).items;
    await engine.ask("decide", { kind: "merge", payload: { into: a?.id, from: [b?.id] } });
    const split = await engine.ask("person.split", { personId: a?.id ?? 0, parts: 2 });
    expect(split.parts.map((part) => part.faceIds.length > 0)).toEqual([true, true]);
  });
  it("imports a pack: the pack worker", async () => {
    cpSync(weights, join(dir, "weights"));
    const list = await engine.ask("packs.import", { file: join(dir, "weights") });
    expect(list.find(({ name }) => name === "imported")?.state).toBe("ready");
  });
  it("says nothing on its outputs", () => expect(engine.said()).toBe(""));
});
