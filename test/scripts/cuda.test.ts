import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AdmZip, bringCuda, pinned } from "../../build/scripts/cuda.ts";

/** A feed as NuGet's, on this computer, with a package of a few bytes. */
let dir = "";
let server: Server;
let feed = "";
let zip: Buffer;
let hash = "";
let asked: string[] = [];
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "familiar-cuda-"));
  asked = [];
  zip = packageOf("libonnxruntime_providers_shared.so", "libonnxruntime_providers_cuda.so", "libonnxruntime_providers_tensorrt.so");
  hash = createHash("sha512").update(zip).digest("base64");
  server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const at = (name: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${name}`;
    const name = "microsoft.ml.onnxruntime.gpu.linux";
    const answers: Record<string, unknown> = {
      "/index.json": {
        resources: [{ "@id": at("/flat/"), "@type": "PackageBaseAddress/3.0.0" }],
      },
    };
    if (path === `/flat/${name}/1.30.0/${name}.1.30.0.nupkg`) return void response.end(zip);
    if (answers[path] === undefined) return void response.writeHead(404).end();
    response.end(JSON.stringify(answers[path]));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  feed = `http://127.0.0.1:${(server.address() as AddressInfo).port}/index.json`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(dir, { recursive: true, force: true });
});
function packageOf(...names: string[]): Buffer {
  const made = new AdmZip();
  for (const name of names) made.addFile(`runtimes/linux-x64/native/${name}`, Buffer.from(`machine code of ${name}`));
  return made.toBuffer();
}
const bring = (version = "1.30.0") => bringCuda({ outDir: join(dir, "bin"), version, feed, sha512: hash });
const there = () => readdirSync(join(dir, "bin")).toSorted();

describe("CUDA's libraries", () => {
  it("come by the runtime's version and a hash that somebody trusts, the two that are needed, once", async () => {
    expect(await bring()).toBe("brought");
    expect(there()).toEqual(["libonnxruntime_providers_cuda.so", "libonnxruntime_providers_shared.so"]);
    expect(readFileSync(join(dir, "bin", "libonnxruntime_providers_cuda.so"), "utf8")).toContain("cuda.so");
    const before = asked.length;
    expect(await bring()).toBe("there");
    expect(asked).toHaveLength(before);
  });
  it("are refused where the bytes are others, and nothing is left", async () => {
    mkdirSync(join(dir, "bin"));
    hash = createHash("sha512").update("other bytes").digest("base64");
    await expect(bring()).rejects.toThrow("not the package with that SHA-512");
    expect(there()).toEqual([]);
  });
  it("are not even asked for where nobody says which bytes they have", async () => {
    const { version } = JSON.parse(readFileSync("node_modules/onnxruntime-node/package.json", "utf8")) as { version: string };
    expect(Object.keys(pinned)).not.toContain(version);
    await expect(bringCuda({ outDir: join(dir, "bin"), version, feed })).rejects.toThrow("is not known here, so it is not fetched");
    expect(asked).toEqual([]);
    expect(existsSync(join(dir, "bin"))).toBe(false);
  });
  it("come from a package that somebody has, without a connection", async () => {
    const file = join(dir, "some.nupkg");
    writeFileSync(file, zip);
    expect(await bringCuda({ outDir: join(dir, "bin"), version: "1.30.0", feed, file, sha512: hash })).toBe("brought");
    expect([asked, there()]).toEqual([[], ["libonnxruntime_providers_cuda.so", "libonnxruntime_providers_shared.so"]]);
  });
  it("are refused where one is missing, before the first is written", async () => {
    mkdirSync(join(dir, "bin"));
    zip = packageOf("libonnxruntime_providers_shared.so");
    hash = createHash("sha512").update(zip).digest("base64");
    await expect(bring()).rejects.toThrow("holds no libonnxruntime_providers_cuda.so");
    expect(there()).toEqual([]);
  });
  it("cannot be had where there is no such version or no feed, and that is said", async () => {
    await expect(bring("0.0.1")).rejects.toThrow("answered 404");
    await expect(bringCuda({ outDir: dir, version: "1.30.0", sha512: hash, feed: "http://127.0.0.1:1/index.json" })).rejects.toThrow(
      "cannot be reached",
    );
  });
});
