import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openEngine, type Engine } from "../../../electron/engine/index.ts";
import { readManifest } from "../../../electron/engine/flows/models.ts";
import { mobilefacenet, type EmbedderPlan } from "../../../models/packs.ts";

/** A pack as one that is fetched: the small built-in network's weights under another name, from a server on this computer. */
const source = mobilefacenet.source;
if (source.kind !== "package") throw new Error("the built-in pack comes in a package");
const own = join("node_modules", source.package, source.file);
const weights = readFileSync(own);

let dir = "";
let modelsDir = "";
let engine: Engine;
let server: Server;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: (string | undefined)[] = [];
let plan: EmbedderPlan;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "familiar-packs-"));
  modelsDir = join(dir, "models");
  cpSync("models/onnx", modelsDir, { recursive: true });
  // As in an installed app. (Root may write all the same: what is written is looked at too.)
  chmodSync(modelsDir, 0o555);
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.headers.range);
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  plan = {
    about: { ...mobilefacenet.about, name: "fetched", title: "Fetched", file: "fetched.onnx" },
    network: "mobilefacenet",
    source: {
      kind: "fetched",
      urls: [`http://127.0.0.1:${(server.address() as AddressInfo).port}/`],
      bytes: weights.length,
      sha256: createHash("sha256").update(weights).digest("hex"),
    },
  };
  engine = await open();
});
afterEach(async () => {
  await engine.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  chmodSync(modelsDir, 0o755);
  rmSync(dir, { recursive: true, force: true });
});
const open = (): Promise<Engine> => openEngine({ libraryDir: join(dir, "library"), modelsDir, workers: 1, plans: [mobilefacenet, plan] });
const packs = join("library", "packs");
const state = async () => (await engine.request("packs.list", {})).find(({ name }) => name === "fetched");
const whole = (request: IncomingMessage, response: ServerResponse): void => {
  const from = Number(/^bytes=(\d+)-$/u.exec(request.headers.range ?? "")?.[1] ?? 0);
  const head = { "content-length": String(weights.length - from) };
  if (from === 0) response.writeHead(200, head);
  else response.writeHead(206, { ...head, "content-range": `bytes ${from}-${weights.length - 1}/${weights.length}` });
  response.end(weights.subarray(from));
};
/** Gives half, and then nothing until the connection is closed. */
const half = (_request: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(200, { "content-length": String(weights.length) });
  response.write(weights.subarray(0, weights.length / 2));
};

describe("a pack that is fetched", () => {
  it("comes into the library's folder, never into that of the built-in ones, and serves after a restart", async () => {
    const before = readdirSync(modelsDir);
    answer = whole;
    expect(await state()).toMatchObject({ state: "fetchable", fetched: null, bytes: weights.length });
    const list = await engine.request("packs.fetch", { name: "fetched" });
    expect(list.find(({ name }) => name === "fetched")).toMatchObject({ state: "ready", inUse: false });
    expect(readdirSync(modelsDir)).toEqual(before);
    expect(readdirSync(join(dir, packs)).toSorted()).toEqual(["fetched.onnx", "manifest.json"]);
    await engine.close();
    engine = await open();
    await engine.request("packs.use", { name: "fetched" });
    expect(await state()).toMatchObject({ state: "ready", inUse: true });
    // It is opened by its whole path and reads photos.
    writeFileSync(join(dir, "empty.jpg"), "");
    expect(await engine.request("detect", { paths: [join(dir, "empty.jpg")] })).toMatchObject([{ problem: { code: "file-empty" } }]);
  });

  it("says how far it is, stops when asked, keeps what came, and goes on from there", async () => {
    answer = half;
    const told: string[][] = [];
    engine.onEvent((name, payload) => name === "changed" && "what" in payload && told.push([...payload.what]));
    const fetched = engine.request("packs.fetch", { name: "fetched" }).then(
      () => "ready",
      (thrown: { code: string }) => thrown.code,
    );
    await expect.poll(async () => (await state())?.fetched ?? 0).toBeGreaterThan(0);
    expect(await state()).toMatchObject({ state: "fetching" });
    expect(told).toContainEqual(["packs"]);
    await engine.request("packs.cancel", { name: "fetched" });
    expect(await fetched).toBe("cancelled");
    expect(await state()).toMatchObject({ state: "fetchable", fetched: null });
    expect(readdirSync(join(dir, packs))).toEqual(["fetched.weights.part"]);
    answer = whole;
    await engine.request("packs.fetch", { name: "fetched" });
    expect(Number(/^bytes=(\d+)-$/u.exec(asked[1] ?? "")?.[1])).toBeGreaterThan(0);
    expect(readdirSync(join(dir, packs)).toSorted()).toEqual(["fetched.onnx", "manifest.json"]);
  });

  it("is fetched once, however often it is asked for, and the engine answers meanwhile", async () => {
    answer = half;
    const both = [1, 2].map(() => engine.request("packs.fetch", { name: "fetched" }).catch((thrown: { code: string }) => thrown.code));
    await expect.poll(async () => (await state())?.fetched ?? 0).toBeGreaterThan(0);
    expect(await engine.request("status", {})).toMatchObject({ photos: 0 });
    await engine.request("packs.cancel", { name: "fetched" });
    expect(await Promise.all(both)).toEqual(["cancelled", "cancelled"]);
    expect(asked).toHaveLength(1);
  });

  it("stops with the engine, which does not wait for the rest", async () => {
    answer = half;
    const fetched = engine.request("packs.fetch", { name: "fetched" }).catch((thrown: { code: string }) => thrown.code);
    await expect.poll(async () => (await state())?.fetched ?? 0).toBeGreaterThan(0);
    await engine.close();
    expect(await fetched).toBe("cancelled");
    engine = await open();
    expect(await state()).toMatchObject({ state: "fetchable" });
  });

  it("is refused where its bytes are others, and nothing is left that could be taken for it", async () => {
    answer = (_request, response) => void response.writeHead(200).end(Buffer.alloc(weights.length));
    await expect(engine.request("packs.fetch", { name: "fetched" })).rejects.toMatchObject({ code: "model-mismatch" });
    answer = (_request, response) => void response.writeHead(503).end();
    await expect(engine.request("packs.fetch", { name: "fetched" })).rejects.toMatchObject({ code: "model-fetch" });
    await expect(engine.request("packs.fetch", { name: "nonsense" })).rejects.toMatchObject({ code: "not-found" });
    await expect(engine.request("packs.fetch", { name: "mobilefacenet" })).rejects.toMatchObject({ code: "bad-request" });
    expect(await state()).toMatchObject({ state: "fetchable" });
    expect(readdirSync(join(dir, packs))).toEqual([]);
  });
});

describe("a pack from a file", () => {
  it("is known by its bytes, whatever the file is called, without a connection", async () => {
    const file = join(dir, "something.bin");
    cpSync(own, file);
    const list = await engine.request("packs.import", { file });
    expect(list.find(({ name }) => name === "fetched")).toMatchObject({ state: "ready" });
    expect([asked, existsSync(file)]).toEqual([[], true]);
  });
  it("is refused where the file is none's, a folder or not there", async () => {
    const file = join(dir, "zeros.bin");
    writeFileSync(file, Buffer.alloc(weights.length));
    for (const path of [file, dir])
      await expect(engine.request("packs.import", { file: path })).rejects.toMatchObject({ code: "model-mismatch" });
    await expect(engine.request("packs.import", { file: join(dir, "nowhere") })).rejects.toMatchObject({ code: "file-vanished" });
  });
});

describe("the list of packs", () => {
  it("goes on with the built-in ones where that of the fetched ones is damaged or its file is gone", async () => {
    answer = whole;
    await engine.request("packs.fetch", { name: "fetched" });
    const names = () => readManifest(modelsDir, join(dir, packs)).embedders.map(({ name }) => name);
    expect(names()).toEqual(["mobilefacenet", "fetched"]);
    rmSync(join(dir, packs, "fetched.onnx"));
    expect(names()).toEqual(["mobilefacenet"]);
    writeFileSync(join(dir, packs, "manifest.json"), "{");
    expect(names()).toEqual(["mobilefacenet"]);
  });
});
