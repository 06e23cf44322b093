import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PortableDocument } from "../../electron/contract/portable.ts";
import { openEngine } from "../../electron/engine/index.ts";
import { largestPortable, portableText } from "../../electron/contract/portable-text.ts";
import { serve } from "../../electron/headless/serve.ts";

const dir = mkdtempSync(join(tmpdir(), "familiar-portable-cli-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const document: PortableDocument = {
  format: "familiar decisions",
  version: 1,
  people: [
    { id: "a-1", name: "Ana „Anni“ Lima", state: "named", birthday: "1990-03-14" },
    { id: "a-2", name: "Ben", state: "hidden" },
  ],
  apart: [["a-1", "a-2"]],
  photos: [{ hash: "ab".repeat(32), file: "été.jpg", faces: [{ box: [0.1, 0.2, 0.3, 0.4], source: "drawn", is: "a-1", key: true }] }],
  albums: [{ name: "Both", query: { all: ["a-1", "a-2"] } }],
};

describe("the command line", () => {
  const library = join(dir, "library");
  function familiar(...args: string[]): { readonly status: number | null; readonly out: string } {
    const run = spawnSync(process.execPath, ["electron/headless/cli.ts", "--library", library, ...args], { encoding: "utf8" });
    return { status: run.status, out: run.stdout };
  }
  const json = (...args: string[]): Record<string, unknown> => JSON.parse(familiar("--json", ...args).out) as Record<string, unknown>;
  const file = (name: string): string => join(dir, name);
  beforeAll(() => writeFileSync(file("came.json"), portableText(document)));

  it("writes a line a face, and what is written is the document", () => {
    const text = portableText(document);
    expect(JSON.parse(text)).toEqual(document);
    expect(text.split("\n").filter((line) => line.includes('"box"'))).toHaveLength(1);
    expect(JSON.parse(portableText({ ...document, photos: [], people: [], apart: [], albums: [] }))).toMatchObject({ photos: [] });
  });

  it("imports a file, exports to one or to standard output, and takes the import back", () => {
    expect(json("import", file("came.json"))).toMatchObject({ people: 2, waiting: 1, conflicts: 0 });
    const told = json("export", "--out", file("goes.json"));
    expect(told).toEqual({ file: file("goes.json"), people: 2, photos: 0 });
    expect(readdirSync(dir)).not.toContain("goes.json.part");
    const written = JSON.parse(readFileSync(file("goes.json"), "utf8")) as PortableDocument;
    expect(written.people).toEqual(document.people);
    expect(json("export")).toEqual({ ...written, exported: expect.any(String) as unknown });
    // People see the very file.
    expect(JSON.parse(familiar("export").out)).toMatchObject({ people: document.people });
    expect(json("import", file("came.json"))).toMatchObject({ decisionId: 0 });
    json("undo");
    expect(json("export")["people"]).toEqual([]);
  });

  it.each([
    ["nowhere.json", null, "not-found", "could not be read"],
    ["text.json", "Dear diary", "bad-request", "not a file that Familiar exported, or it is damaged"],
    ["cut.json", portableText(document).slice(0, 300), "bad-request", "not a file that Familiar exported, or it is damaged"],
    ["bytes.json", Buffer.from([0xff, 0xfe, 0x00]), "bad-request", "could not be read"],
    ["foreign.json", '{"type": "FeatureCollection"}', "bad-request", "not a file that Familiar exported"],
    ["newer.json", JSON.stringify({ ...document, version: 2 }), "bad-request", "exported by a newer Familiar"],
  ])("%s is refused with a plain sentence", (name, content, code, words) => {
    if (content !== null) writeFileSync(file(name), content);
    const { status, out } = familiar("--json", "import", file(name));
    const { problem } = JSON.parse(out) as { problem: { code: string; sentence: string } };
    expect([status, problem.code]).toEqual([1, code]);
    expect(problem.sentence).toContain(words);
  });

  it("a file larger than anything that Familiar writes is not even opened", () => {
    writeFileSync(file("vast.json"), "{");
    truncateSync(file("vast.json"), largestPortable + 1);
    const { problem } = json("import", file("vast.json")) as { problem: { code: string; sentence: string } };
    expect([problem.code, problem.sentence]).toEqual([
      "bad-request",
      "This file is larger than anything Familiar exports. Nothing was changed.",
    ]);
  });

  it("says where it could not write", () => {
    expect(json("export", "--out", file("no/such/folder.json"))).toMatchObject({ problem: { code: "not-found" } });
  });
});

it("the browser's door takes an import larger than any other request", async () => {
  mkdirSync(join(dir, "renderer"));
  writeFileSync(join(dir, "renderer", "index.html"), "<!doctype html><title>Familiar</title>");
  const engine = await openEngine({ libraryDir: join(dir, "served"), modelsDir: "models/onnx", workers: 1 });
  const served = await serve(engine, { rendererDir: join(dir, "renderer") });
  try {
    const entered = await fetch(served.url, { redirect: "manual" });
    const cookie = (entered.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const ask = (name: string, args: object): Promise<Response> =>
      fetch(`${served.origin}/api/${name}`, {
        method: "POST",
        headers: { cookie, "content-type": "application/json" },
        body: JSON.stringify(args),
      });
    const photos = Array.from({ length: 12_000 }, (_, i) => ({ ...document.photos[0], hash: i.toString(16).padStart(64, "0") }));
    const large = { document: { ...document, photos } };
    expect(JSON.stringify(large).length).toBeGreaterThan(1 << 20);
    const answer = await ask("import", large);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ waiting: 12_000 });
    expect((await ask("people.find", { text: "", padding: "x".repeat(1 << 20) })).status).toBe(413);
  } finally {
    await served.close();
    await engine.close();
  }
});
