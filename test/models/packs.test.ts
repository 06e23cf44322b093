import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Problem } from "../../electron/engine/errors.ts";
import type { PackManifest } from "../../electron/engine/types.ts";
import { addPack, fetchPack } from "../../models/fetch-pack.ts";
import { sha256 } from "../../models/files.ts";
import { makePacks } from "../../models/make-packs.ts";
import { embedders, mobilefacenet, mtcnn, type EmbedderPlan, type PackageSource } from "../../models/packs.ts";
import { readCalibration } from "../../models/read-calibration.ts";
import { runNetwork } from "./run-network.ts";

const root = join(import.meta.dirname, "../..");
const packagesDir = join(root, "node_modules");
const builtIn = mobilefacenet.source as PackageSource;
const weights = readFileSync(join(packagesDir, builtIn.package, builtIn.file));
let outDir = "";
beforeEach(() => {
  outDir = mkdtempSync(join(tmpdir(), "familiar-models-"));
});
afterEach(() => rmSync(outDir, { recursive: true, force: true }));
const manifest = (): PackManifest => JSON.parse(readFileSync(join(outDir, "manifest.json"), "utf8")) as PackManifest;

describe("making the built-in packs", () => {
  it("writes networks and a manifest that says what they are, and nothing the second time", async () => {
    const first = await makePacks({ packagesDir, outDir });
    expect(first.written).toEqual(["pnet.onnx", "rnet.onnx", "onet.onnx", "mobilefacenet.onnx", "manifest.json"]);
    expect(manifest()).toEqual(first.manifest);
    const [embedder] = manifest().embedders;
    expect(embedder?.sha256).toBe(sha256(readFileSync(join(outDir, "mobilefacenet.onnx"))));
    expect(embedder?.bytes).toBe(statSync(join(outDir, "mobilefacenet.onnx")).size);
    expect(manifest().detectors[0]?.sha256.onet).toBe(sha256(readFileSync(join(outDir, "onet.onnx"))));
    expect((await makePacks({ packagesDir, outDir })).written).toEqual([]);
    expect(readdirSync(outDir).sort()).toEqual(["manifest.json", "mobilefacenet.onnx", "onet.onnx", "pnet.onnx", "rnet.onnx"]);
  });

  it("makes a damaged network anew", async () => {
    await makePacks({ packagesDir, outDir });
    writeFileSync(join(outDir, "rnet.onnx"), "not a network");
    expect((await makePacks({ packagesDir, outDir })).written).toEqual(["rnet.onnx"]);
  });

  it("keeps a fetched pack that is still whole, under today's description, and forgets one that changed", async () => {
    await makePacks({ packagesDir, outDir });
    const plan = embedders.find(({ about }) => about.name === "facenet");
    if (!plan) throw new Error("there is no FaceNet");
    const network = new TextEncoder().encode("stands for a network of 94 MB");
    const entry = { ...plan.about, title: "an older title", sha256: sha256(network), bytes: network.length };
    writeFileSync(join(outDir, plan.about.file), network);
    writeFileSync(join(outDir, "manifest.json"), JSON.stringify({ ...manifest(), embedders: [...manifest().embedders, entry] }));
    await makePacks({ packagesDir, outDir });
    expect(manifest().embedders[1]).toEqual({ ...entry, title: plan.about.title });
    writeFileSync(join(outDir, plan.about.file), "changed");
    await makePacks({ packagesDir, outDir });
    expect(manifest().embedders.map(({ name }) => name)).toEqual(["mobilefacenet"]);
  });

  it("refuses a package's file that is not the pinned one, and says so when it is missing", async () => {
    const packages = join(outDir, "packages");
    for (const source of [mtcnn.sources.pnet, mtcnn.sources.rnet, mtcnn.sources.onet]) {
      const to = join(packages, source.package, source.file);
      mkdirSync(dirname(to), { recursive: true });
      copyFileSync(join(packagesDir, source.package, source.file), to);
    }
    await expect(makePacks({ packagesDir: packages, outDir })).rejects.toMatchObject({ code: "model-missing" });
    const changed = Buffer.from(weights);
    changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1;
    writeFileSync(join(packages, builtIn.package, builtIn.file), changed);
    await expect(makePacks({ packagesDir: packages, outDir })).rejects.toMatchObject({ code: "model-mismatch" });
  });

  it("lists a calibration for every pack that can group, and says of the rest that there is none", () => {
    for (const { about } of embedders) {
      if (about.name === "facenet") expect(about.calibration).toBeNull();
      else expect(about.calibration?.farTable.map(([rate]) => rate)).toEqual(expect.arrayContaining([1e-2, 1e-3, 1e-4, 1e-5]));
    }
    const table = mobilefacenet.about.calibration;
    expect(() =>
      readCalibration({
        ...table,
        farTable: [
          [0.1, 0.5],
          [0.01, 0.4],
          [0.001, 0.6],
          [0.0001, 0.7],
        ],
      }),
    ).toThrow(Problem);
    expect(() => readCalibration({ ...table, sId: 0 })).toThrow(Problem);
    expect(() => readCalibration({ ...table, mu: undefined })).toThrow(Problem);
  });
});

/** A server on loopback that answers as told, and a plan whose weights are MobileFaceNet's from there. */
type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const whole: Answer = (request, response) => {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  const head = { "content-length": String(weights.length - from) };
  response.writeHead(
    from > 0 ? 206 : 200,
    from > 0 ? { ...head, "content-range": `bytes ${from}-${weights.length - 1}/${weights.length}` } : head,
  );
  response.end(weights.subarray(from));
};
const cutAfter =
  (bytes: number): Answer =>
  (_, response) => {
    response.writeHead(200, { "content-length": String(weights.length) });
    response.write(weights.subarray(0, bytes), () => setTimeout(() => response.destroy(), 50));
  };
const answering =
  (status: number): Answer =>
  (_, response) =>
    void response.writeHead(status).end("no");

async function withServer(
  answers: readonly Answer[],
  run: (plan: EmbedderPlan, asked: (string | undefined)[]) => Promise<void>,
): Promise<void> {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.range);
    (answers[Number(request.url?.slice(1))] ?? answering(404))(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  const urls = answers.map((_, index) => `http://127.0.0.1:${port}/${index}`);
  const plan: EmbedderPlan = {
    about: { ...mobilefacenet.about, name: "fetched", file: "fetched.onnx" },
    network: "mobilefacenet",
    source: { kind: "fetched", urls, bytes: weights.length, sha256: builtIn.sha256 },
  };
  try {
    await run(plan, asked);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

describe("fetching a pack", () => {
  it("brings, checks, exports and lists it beside the built-in ones, and does not fetch it again", async () => {
    await makePacks({ packagesDir, outDir });
    await withServer([whole], async (plan, asked) => {
      const seen: number[] = [];
      const pack = await addPack(plan, { outDir, onProgress: (bytes) => seen.push(bytes) });
      expect(seen.at(-1)).toBe(weights.length);
      expect(manifest().embedders.map(({ name }) => name)).toEqual(["mobilefacenet", "fetched"]);
      expect(manifest().embedders[1]).toEqual(pack);
      expect((await runNetwork(readFileSync(join(outDir, "fetched.onnx")), [1, 3, 112, 112])).get("embedding")?.shape).toEqual([1, 192]);
      await addPack(plan, { outDir });
      expect(asked).toHaveLength(1);
      expect(readdirSync(outDir).filter((name) => name.endsWith(".part"))).toEqual([]);
    });
  });

  it("goes on at the next address where the first broke off", async () => {
    await withServer([cutAfter(2_000_000), whole], async (plan, asked) => {
      await addPack(plan, { outDir });
      expect(asked[0]).toBeUndefined();
      expect(Number(/^bytes=(\d+)-$/.exec(asked[1] ?? "")?.[1])).toBeGreaterThan(0);
    });
  });

  it("keeps what came before a cut, makes no pack of it, and goes on from there the next time", async () => {
    await withServer([cutAfter(3_000_000)], async (plan) => {
      await expect(addPack(plan, { outDir })).rejects.toMatchObject({ code: "model-fetch" });
      expect(readdirSync(outDir)).toEqual(["fetched.weights.part"]);
    });
    await withServer([whole], async (plan, asked) => {
      await addPack(plan, { outDir });
      const from = Number(/^bytes=(\d+)-$/u.exec(asked[0] ?? "")?.[1]);
      expect([asked.length, from > 0 && from <= 3_000_000]).toEqual([1, true]);
    });
  });

  it("starts over where a server does not resume", async () => {
    writeFileSync(join(outDir, "fetched.weights.part"), weights.subarray(0, 1000));
    const fromStart: Answer = (_, response) => void response.writeHead(200, { "content-length": String(weights.length) }).end(weights);
    await withServer([fromStart], async (plan) => {
      await expect(addPack(plan, { outDir })).resolves.toMatchObject({ name: "fetched" });
    });
  });

  it("starts over where what lay there was wrong", async () => {
    writeFileSync(join(outDir, "fetched.weights.part"), new Uint8Array(1000));
    await withServer([whole], async (plan, asked) => {
      await expect(addPack(plan, { outDir })).resolves.toMatchObject({ name: "fetched" });
      expect(asked).toEqual(["bytes=1000-", undefined]);
    });
  });

  it("deletes another file of the right size", async () => {
    const other: Answer = (_, response) => void response.writeHead(200).end(Buffer.alloc(weights.length));
    await withServer([other], async (plan) => {
      await expect(addPack(plan, { outDir })).rejects.toMatchObject({ code: "model-mismatch" });
      expect(readdirSync(outDir)).toEqual([]);
    });
  });

  it("takes no more bytes than the model has", async () => {
    const endless: Answer = (_, response) => {
      response.writeHead(200);
      const more = (): void => void (response.destroyed || response.write(Buffer.alloc(1_000_000), () => setImmediate(more)));
      more();
    };
    await withServer([endless], async (plan) => {
      await expect(addPack(plan, { outDir })).rejects.toMatchObject({ code: "model-fetch" });
      expect(readdirSync(outDir)).toEqual([]);
    });
  });

  it("says why no address served, and gives up one that falls silent", async () => {
    const silent: Answer = (_, response) => void response.writeHead(200, { "content-length": String(weights.length) }).flushHeaders();
    await withServer([answering(503), silent], async (plan) => {
      const problem = await addPack(plan, { outDir, silence: 300 }).catch((error: unknown) => error);
      expect(problem).toMatchObject({ code: "model-fetch" });
      expect((problem as Problem).detail).toContain("503");
      expect((problem as Problem).detail).toContain("stopped answering");
    });
  });

  it("stops when asked", async () => {
    const slow: Answer = (_, response) => {
      response.writeHead(200, { "content-length": String(weights.length) });
      response.write(weights.subarray(0, 500_000));
    };
    await withServer([slow, whole], async (plan, asked) => {
      const stop = new AbortController();
      const run = addPack(plan, { outDir, signal: stop.signal, onProgress: () => stop.abort() });
      await expect(run).rejects.toMatchObject({ code: "cancelled" });
      expect(asked).toHaveLength(1);
    });
  });

  it("takes a file that somebody has, by its hash", async () => {
    await withServer([], async (plan, asked) => {
      const file = join(packagesDir, builtIn.package, builtIn.file);
      await expect(addPack(plan, { outDir, file })).resolves.toMatchObject({ name: "fetched" });
      expect(asked).toEqual([]);
    });
  });

  it("refuses other files for FaceNet and leaves nothing", async () => {
    const file = join(outDir, "page.pt");
    writeFileSync(file, "not a checkpoint");
    await expect(fetchPack("facenet", { outDir, file })).rejects.toMatchObject({ code: "model-mismatch" });
    await expect(fetchPack("facenet", { outDir, file: join(outDir, "nowhere") })).rejects.toMatchObject({ code: "file-vanished" });
    await expect(fetchPack("nonsense", { outDir, file })).rejects.toMatchObject({ code: "not-found" });
    await expect(fetchPack("mobilefacenet", { outDir, file })).rejects.toMatchObject({ code: "bad-request" });
    expect(readdirSync(outDir)).toEqual(["page.pt"]);
  });
});
