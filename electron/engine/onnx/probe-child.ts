import { asProblem } from "../errors.ts";
import { floats, openSession, providerNamed, type ProviderName, type Session } from "./session.ts";

/**
 * Entry of the process in which an accelerator is tried: a driver that crashes or hangs takes only this process with it. Arguments: the
 * provider's name, the model's path, the CPU's threads. Sends one `ProbeAnswer` and ends.
 */
export interface ProbeAnswer {
  /** What went wrong in ONNX Runtime's words, or "". */
  readonly failed: string;
  /** Greatest difference from the CPU's answer, as a share of its largest value. */
  readonly difference: number;
  /** Milliseconds for the same batch. */
  readonly accelerator: number;
  readonly cpu: number;
}

const batch = 8;
const rounds = 3;

async function probe(provider: ProviderName, model: string, threads: number): Promise<ProbeAnswer> {
  // First, so that one that is not there says so at once.
  const accelerated = await measure(await openSession(model, { provider, threads }));
  const cpu = await measure(await openSession(model, { provider: "cpu", threads }));
  let largest = 0;
  let difference = 0;
  cpu.values.forEach((value, index) => {
    const other = accelerated.values[index] ?? Number.NaN;
    largest = Math.max(largest, Math.abs(value));
    difference = Math.max(difference, Number.isFinite(other) ? Math.abs(value - other) : Number.POSITIVE_INFINITY);
  });
  return { failed: "", difference: difference / largest, accelerator: accelerated.time, cpu: cpu.time };
}

/** The model's first output for a fixed input, and the best time of a few rounds after a first one that loads and compiles. */
async function measure(session: Session): Promise<{ readonly values: Float32Array; readonly time: number }> {
  const dims = (session.inputShapes[0] ?? []).map((side) => (typeof side === "number" && side > 0 ? side : batch));
  const data = Float32Array.from({ length: dims.reduce((product, side) => product * side, 1) }, (_, index) => Math.sin(index * 0.01));
  const feeds = { [session.inputNames[0] ?? ""]: { data, dims } };
  const values = floats(await session.run(feeds), session.outputNames[0] ?? "").data;
  let time = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await session.run(feeds);
    time = Math.min(time, performance.now() - started);
  }
  await session.close();
  return { values, time };
}

const [provider = "", model = "", threads = "1"] = process.argv.slice(2);
const answer = await probe(providerNamed(provider), model, Number(threads)).catch((thrown: unknown): ProbeAnswer => {
  const failed = asProblem(thrown).detail || "unknown";
  return { failed, difference: 0, accelerator: 0, cpu: 0 };
});
process.send?.(answer, () => process.exit(0));
