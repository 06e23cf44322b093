import * as runtime from "onnxruntime-node";
import { Problem } from "../errors.ts";

/** ONNX Runtime's own names of what can run a model. */
export const providerNames = ["cpu", "dml", "cuda", "coreml", "webgpu"] as const;
export type ProviderName = (typeof providerNames)[number];

/** A provider by its name; the CPU for any other word. */
export function providerNamed(name: string): ProviderName {
  return providerNames.find((known) => known === name) ?? "cpu";
}

/** A dense tensor, row-major. */
export interface Tensor {
  readonly data: Float32Array | BigInt64Array | Int32Array | Uint8Array;
  readonly dims: readonly number[];
}

export interface SessionOptions {
  readonly provider: ProviderName;
  /** Threads inside one operator; only the CPU heeds it. */
  readonly threads: number;
}

/** One loaded model. `run` blocks the calling thread while it computes: keep it out of the engine's own thread. */
export interface Session {
  readonly provider: ProviderName;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Declared shape of each input, in the order of `inputNames`; free dimensions are names. */
  readonly inputShapes: readonly (readonly (number | string)[])[];
  /** Feeds by input name. Gives all outputs, or those `wanted`, by name. Throws whatever ONNX Runtime throws. */
  run(feeds: Readonly<Record<string, Tensor>>, wanted?: readonly string[]): Promise<Readonly<Record<string, Tensor>>>;
  close(): Promise<void>;
}

/**
 * Loads a model (a path or its bytes) for exactly one provider: ONNX Runtime does not fall back within a list, it throws as a whole.
 * A model that cannot be loaded on the CPU is `model-missing`; a provider that cannot be had is `accelerator-failed`.
 */
export async function openSession(model: string | Uint8Array, { provider, threads }: SessionOptions): Promise<Session> {
  const options: runtime.InferenceSession.SessionOptions = {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    // Patterns are kept for every input shape ever seen, and P-Net sees a new one with nearly every photo.
    enableMemPattern: false,
    logSeverityLevel: 4,
    // Spinning threads would take the cores that decode photos meanwhile.
    extra: { session: { intra_op: { allow_spinning: "0" } } },
  };
  let session: runtime.InferenceSession;
  try {
    session = await (typeof model === "string"
      ? runtime.InferenceSession.create(model, options)
      : runtime.InferenceSession.create(model, options));
  } catch (thrown) {
    throw new Problem(provider === "cpu" ? "model-missing" : "accelerator-failed", words(thrown), { cause: thrown });
  }
  return wrap(session, provider);
}

function wrap(session: runtime.InferenceSession, provider: ProviderName): Session {
  return {
    provider,
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    inputShapes: session.inputMetadata.map((input) => (input.isTensor ? input.shape : [])),
    async run(feeds, wanted) {
      const tensors: Record<string, runtime.Tensor> = {};
      for (const name in feeds) {
        const feed = feeds[name];
        if (feed) tensors[name] = toRuntime(feed);
      }
      const results = await (wanted ? session.run(tensors, [...wanted]) : session.run(tensors));
      const found: Record<string, Tensor> = {};
      for (const name in results) {
        const result = results[name];
        if (result) found[name] = { data: numbers(result), dims: result.dims };
      }
      return found;
    },
    close: () => session.release(),
  };
}

function toRuntime({ data, dims }: Tensor): runtime.Tensor {
  if (data instanceof Float32Array) return new runtime.Tensor("float32", data, dims);
  if (data instanceof BigInt64Array) return new runtime.Tensor("int64", data, dims);
  if (data instanceof Int32Array) return new runtime.Tensor("int32", data, dims);
  return new runtime.Tensor("uint8", data, dims);
}

function numbers(tensor: runtime.Tensor): Tensor["data"] {
  const { data } = tensor;
  if (data instanceof Float32Array || data instanceof BigInt64Array || data instanceof Int32Array || data instanceof Uint8Array)
    return data;
  throw new Problem("internal", `a model gave a tensor of ${tensor.type}`);
}

/** The first line of what ONNX Runtime said. */
function words(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).split("\n")[0] ?? "";
}

/** A float output by name; `internal` where the model does not have it. */
export function floats(
  results: Readonly<Record<string, Tensor>>,
  name: string,
): { readonly data: Float32Array; readonly dims: readonly number[] } {
  const found = results[name];
  if (!found || !(found.data instanceof Float32Array)) throw new Problem("internal", `the model has no float output "${name}"`);
  return { data: found.data, dims: found.dims };
}
