import fc from "fast-check";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Problem } from "../../electron/engine/errors.ts";
import { exportNetwork } from "../../models/export/export-network.ts";
import { readCheckpoint } from "../../models/export/read-checkpoint.ts";
import { readTflite } from "../../models/export/read-tflite.ts";
import { mtcnn } from "../../models/packs.ts";
import { writeCheckpoint, writeHostile } from "./checkpoint-writer.ts";

const root = join(import.meta.dirname, "../..");
const zipped = join(root, "../shared/models/source/pnet-zip-format.pt");
const tflite = readFileSync(join(root, "node_modules", mtcnn.sources.pnet.package, mtcnn.sources.pnet.file));
const small = writeCheckpoint([
  { name: "a.weight", shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
  { name: "a.bias", shape: [2], data: Float32Array.of(-1, 0.5) },
]);

describe("the PyTorch reader", () => {
  it("reads tensors with their shapes", () => {
    const tensors = readCheckpoint(small);
    expect([...tensors.keys()]).toEqual(["a.weight", "a.bias"]);
    expect(tensors.get("a.weight")).toEqual({ shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) });
    expect(tensors.get("a.bias")?.data).toEqual(Float32Array.of(-1, 0.5));
  });

  it("puts a strided view into row-major order", () => {
    const turned = writeCheckpoint([{ name: "t", shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) }], { strides: [1, 3] });
    expect(readCheckpoint(turned).get("t")).toEqual({ shape: [3, 2], data: Float32Array.of(1, 4, 2, 5, 3, 6) });
  });

  it("refuses a pickle that asks for anything but tensors, by name", () => {
    const problem = problemOf(() => readCheckpoint(writeHostile()));
    expect(problem.code).toBe("model-mismatch");
    expect(problem.detail).toContain("os.system");
  });

  it.each(["builtins eval", "torch DoubleStorage", "torch.storage _load_from_bytes", "collections defaultdict"])(
    "refuses the name %s",
    (name) => {
      const hostile = Buffer.from(small);
      const at = hostile.indexOf("ctorch\nFloatStorage\n");
      const [module = "", word = ""] = name.split(" ");
      const forged = Buffer.concat([hostile.subarray(0, at), Buffer.from(`c${module}\n${word}\n`), hostile.subarray(at + 20)]);
      const problem = problemOf(() => readCheckpoint(forged));
      expect(problem.code).toBe("model-mismatch");
      expect(problem.detail).toContain(`${module}.${word}`);
    },
  );

  it("refuses views that reach outside their numbers, or are larger than them", () => {
    const data = Float32Array.of(1, 2, 3, 4);
    expect(problemOf(() => readCheckpoint(writeCheckpoint([{ name: "t", shape: [2, 2], data }], { strides: [4, 1] }))).code).toBe(
      "model-mismatch",
    );
    expect(problemOf(() => readCheckpoint(writeCheckpoint([{ name: "t", shape: [1000, 1000], data }], { strides: [0, 0] }))).code).toBe(
      "model-mismatch",
    );
  });

  it("refuses a checkpoint of another network, naming the tensor", () => {
    expect(problemOf(() => exportNetwork("facenet", small)).detail).toContain("conv2d_1a");
  });
});

const files = [
  { title: "a TensorFlow Lite file", file: tflite, read: readTflite, there: true },
  { title: "a checkpoint in the old format", file: small, read: readCheckpoint, there: true },
  {
    title: "a checkpoint in the zip format (skipped where ../shared is absent)",
    file: existsSync(zipped) ? readFileSync(zipped) : small,
    read: readCheckpoint,
    there: existsSync(zipped),
  },
];
for (const { title, file, read, there } of files)
  describe.skipIf(!there)(title, () => {
    it("is refused wherever it is cut short", () => {
      const whole = read(file);
      fc.assert(
        fc.property(fc.integer({ min: 0, max: file.length - 1 }), (length) => {
          // A cut in bytes that nothing needs (padding at the end) may still read, but then it must read the same.
          const outcome = attempt(() => read(file.subarray(0, length)));
          if (outcome instanceof Problem) expect(outcome.code).toBe("model-mismatch");
          else expect(outcome).toEqual(whole);
        }),
        { numRuns: 150 },
      );
    });

    it("with any byte changed is read or refused, and nothing else happens", () => {
      fc.assert(
        fc.property(fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }), (changes) => {
          const copy = Uint8Array.from(file);
          for (const [at, value] of changes) copy[at] = value;
          const outcome = attempt(() => read(copy));
          if (outcome instanceof Problem) expect(outcome.code).toBe("model-mismatch");
        }),
        { numRuns: 300 },
      );
    });
  });

describe("files of neither kind", () => {
  it.each([
    ["an empty file", new Uint8Array()],
    ["a page of text", new TextEncoder().encode("<!doctype html><title>404</title>")],
    ["an archive without a checkpoint", new TextEncoder().encode("PK\u0003\u0004 nothing to see here, nothing at all")],
    ["zeros", new Uint8Array(4096)],
  ])("%s is refused", (_, bytes) => {
    expect(problemOf(() => exportNetwork("pnet", bytes)).code).toBe("model-mismatch");
  });

  it("one network's weights are refused for another", () => {
    expect(problemOf(() => exportNetwork("rnet", tflite)).detail).toContain("rnet/");
  });
});

/** The result, or the problem; anything else thrown is a failure of the test. */
function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}
function problemOf(run: () => unknown): Problem {
  const outcome = attempt(run);
  if (outcome instanceof Problem) return outcome;
  throw new Error("it was not refused");
}
