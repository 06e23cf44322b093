import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exportNetwork, type NetworkName } from "../../models/export/export-network.ts";
import { mobilefacenet, mtcnn } from "../../models/packs.ts";
import { writeCheckpoint, type Written } from "./checkpoint-writer.ts";
import { furthest, runNetwork, runReference, sines } from "./run-network.ts";

const root = join(import.meta.dirname, "../..");
const goldens = join(root, "../shared/goldens");
const checkpoints = join(root, "../shared/models/source");
const tflite = (network: "pnet" | "rnet" | "onet" | "mobilefacenet"): Uint8Array => {
  const source = network === "mobilefacenet" ? mobilefacenet.source : mtcnn.sources[network];
  if (source.kind !== "package") throw new Error("built-in packs come from a package");
  return readFileSync(join(root, "node_modules", source.package, source.file));
};
const networks = [
  { network: "pnet", shape: [1, 3, 37, 50], within: 1e-5 },
  { network: "rnet", shape: [2, 3, 24, 24], within: 1e-5 },
  { network: "onet", shape: [2, 3, 48, 48], within: 1e-5 },
  { network: "mobilefacenet", shape: [2, 3, 112, 112], within: 1e-3 },
] as const;

describe.each(networks)("$network from its TensorFlow Lite weights", ({ network, shape }) => {
  it("gives the same bits under both spellings of PReLU", async () => {
    const fast = await runNetwork(exportNetwork(network, tflite(network), "fast"), shape);
    const plain = await runNetwork(exportNetwork(network, tflite(network), "plain"), shape);
    expect([...fast.keys()]).toEqual([...plain.keys()]);
    for (const [name, { data }] of fast) expect(Buffer.compare(bits(data), bits(plain.get(name)?.data ?? new Float32Array()))).toBe(0);
  });

  it("is written the same way each time", () => {
    expect(Buffer.compare(exportNetwork(network, tflite(network)), exportNetwork(network, tflite(network)))).toBe(0);
  });

  it("does not care how many faces share a call", async () => {
    const made = exportNetwork(network, tflite(network));
    const one = [1, ...shape.slice(1)];
    const input = sines(one);
    const twice = new Float32Array([...input, ...input]);
    const alone = await runNetwork(made, one, input);
    const together = await runNetwork(made, [2, ...shape.slice(1)], twice);
    for (const [name, { data }] of alone) {
      const both = together.get(name)?.data ?? new Float32Array();
      expect(furthest(both.subarray(0, data.length), data)).toBeLessThan(1e-5);
      expect(furthest(both.subarray(data.length), data)).toBeLessThan(1e-5);
    }
  });
});

describe.skipIf(!existsSync(goldens))("networks against the goldens (skipped where ../shared is absent)", () => {
  it.each(networks)("$network within $within", async ({ network, shape, within }) => {
    const golden = read<{ models: Record<string, Golden> }>("faces/models.json").models[network];
    expect(golden?.input_shape).toEqual(shape);
    const outputs = await runNetwork(exportNetwork(network, tflite(network)), shape);
    expect([...outputs.keys()].sort()).toEqual(Object.keys(golden?.outputs ?? {}).sort());
    for (const [name, { shape: wanted, values }] of Object.entries(golden?.outputs ?? {})) {
      expect(outputs.get(name)?.shape).toEqual(wanted);
      expect(furthest(outputs.get(name)?.data ?? [], values)).toBeLessThan(within);
    }
  });

  it("FaceNet from a checkpoint of synthetic weights in the published architecture", async () => {
    const golden = read<{ keys: [string, number[]][]; embedding: number[] }>("facenet-synthetic.json");
    const file = writeCheckpoint(
      golden.keys.filter(([, shape]) => shape.length > 0).map(([name, shape]) => synthetic(golden.keys, name, shape)),
    );
    const raw = (await runNetwork(exportNetwork("facenet", file), [1, 3, 160, 160])).get("embedding")?.data ?? new Float32Array();
    const length = Math.hypot(...raw);
    const unit = raw.map((value) => value / length);
    expect(furthest(unit, golden.embedding)).toBeLessThan(1e-4);
    expect(unit.reduce((sum, value, index) => sum + value * (golden.embedding[index] ?? 0), 0)).toBeGreaterThan(0.99999);
  });
});

describe.skipIf(!existsSync(checkpoints))("MTCNN from PyTorch checkpoints (skipped where ../shared is absent)", () => {
  it.each([
    ["pnet", "pnet.pt"],
    ["pnet", "pnet-zip-format.pt"],
    ["rnet", "rnet.pt"],
    ["onet", "onet.pt"],
  ] as const)("%s from %s is the network made of the TensorFlow Lite weights, byte for byte", (network, file) => {
    expect(Buffer.compare(exportNetwork(network, readFileSync(join(checkpoints, file))), exportNetwork(network, tflite(network)))).toBe(0);
  });

  it.each(networks.filter(({ network }) => network !== "mobilefacenet"))(
    "$network agrees with a reference ONNX file",
    async ({ network, shape }) => {
      const theirs = await runReference(readFileSync(join(checkpoints, `${network}.onnx`)), shape);
      const ours = [...(await runNetwork(exportNetwork(network as NetworkName, tflite(network)), shape)).values()];
      // The reference names its outputs otherwise; sizes tell them apart.
      for (const { data } of ours)
        expect(Math.min(...theirs.filter((other) => other.length === data.length).map((other) => furthest(data, other)))).toBeLessThan(
          1e-5,
        );
    },
  );
});

interface Golden {
  readonly input_shape: readonly number[];
  readonly outputs: Readonly<Record<string, { readonly shape: readonly number[]; readonly values: readonly number[] }>>;
}
function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(goldens, file), "utf8")) as T;
}
function bits(data: Float32Array): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** The filling that goldens/README.md prescribes. */
function synthetic(keys: readonly [string, readonly number[]][], name: string, shape: readonly number[]): Written {
  const k = keys.findIndex(([key]) => key === name);
  const [, inside = 1, height = 1, width = 1] = shape;
  const norm = name
    .split(".")
    .slice(0, -1)
    .some((parent) => parent.includes("bn"));
  const fill = (s: number): number => {
    if (shape.length > 1) return s * Math.sqrt(2 / (inside * height * width)) * (shape.length === 4 ? 1.4 : 1);
    if (!norm) return 0.05 * s;
    if (name.endsWith("weight") || name.endsWith("running_var")) return 1 + 0.1 * s;
    return (name.endsWith("bias") ? 0.05 : 0.02) * s;
  };
  const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
  for (let index = 0; index < data.length; index++) data[index] = fill(Math.sin(0.7 * index + k));
  return { name, shape, data };
}
