import { asProblem } from "../errors.ts";
import { settings } from "../settings.ts";
import { floats, openSession, providerNamed, type ProviderName, type Session } from "./session.ts";

/**
 * Entry of the process in which an accelerator is tried: a driver that crashes or hangs takes only this process with it. Arguments: the
 * provider's name, the model's path, the CPU's threads. Sends one `ProbeAnswer`, to Node's parent or to Electron's, and ends.
 */
export interface ProbeAnswer {
  /** What went wrong in ONNX Runtime's words, or "". */
  readonly failed: string;
  /** Greatest difference from the CPU's answer, as a share of its largest value. */
  readonly difference: number;
  /** Milliseconds an input at the best batch, and the CPU's; 0 where the results differ too much to be worth timing. */
  readonly accelerator: number;
  readonly cpu: number;
  /** Inputs a run at which it was quickest an input. */
  readonly batch: number;
}
const rounds = 3;

async function probe(provider: ProviderName, model: string, threads: number): Promise<ProbeAnswer> {
  // First, so that one that is not there says so at once.
  const tried = await openSession(model, { provider, threads });
  const cpu = await openSession(model, { provider: "cpu", threads });
  try {
    const usual = settings.embed.batch;
    const difference = differenceOf(await answers(cpu, usual), await answers(tried, usual));
    // What is wrong need not be timed.
    if (!(difference <= settings.accelerator.difference)) return { failed: "", difference, accelerator: 0, cpu: 0, batch: usual };
    const best = await quickest(tried, provider === "cpu" ? [usual] : settings.accelerator.batches);
    return { failed: "", difference, accelerator: best.time, cpu: await timeAn(cpu, usual), batch: best.batch };
  } finally {
    await Promise.all([tried.close(), cpu.close()]);
  }
}

/** The same input each time: waves, so that no two places of it are equal. */
function feedsOf(session: Session, batch: number): Parameters<Session["run"]>[0] {
  const dims = (session.inputShapes[0] ?? []).map((side) => (typeof side === "number" && side > 0 ? side : batch));
  const data = Float32Array.from({ length: dims.reduce((product, side) => product * side, 1) }, (_, index) => Math.sin(index * 0.01));
  return { [session.inputNames[0] ?? ""]: { data, dims } };
}
async function answers(session: Session, batch: number): Promise<Float32Array> {
  return floats(await session.run(feedsOf(session, batch)), session.outputNames[0] ?? "").data;
}

function differenceOf(right: Float32Array, other: Float32Array): number {
  let largest = 0;
  let difference = 0;
  right.forEach((value, index) => {
    const found = other[index] ?? Number.NaN;
    largest = Math.max(largest, Math.abs(value));
    difference = Math.max(difference, Number.isFinite(found) ? Math.abs(value - found) : Number.POSITIVE_INFINITY);
  });
  return difference / largest;
}

/** Milliseconds an input: the best of a few rounds after a first one that loads and compiles. */
async function timeAn(session: Session, batch: number): Promise<number> {
  const feeds = feedsOf(session, batch);
  await session.run(feeds);
  let time = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await session.run(feeds);
    time = Math.min(time, performance.now() - started);
  }
  return time / batch;
}

async function quickest(session: Session, batches: readonly number[]): Promise<{ readonly batch: number; readonly time: number }> {
  let best: { readonly batch: number; readonly time: number } = { batch: settings.embed.batch, time: Number.POSITIVE_INFINITY };
  for (const batch of batches) {
    // A larger one may not fit into the card's memory: then the ones before it stand.
    const time = await timeAn(session, batch).catch(() => Number.POSITIVE_INFINITY);
    if (time < best.time) best = { batch, time };
    else if (time === Number.POSITIVE_INFINITY) break;
  }
  if (best.time === Number.POSITIVE_INFINITY) throw new Error("it computed nothing");
  return best;
}

const [provider = "", model = "", threads = "1"] = process.argv.slice(2);
const answer = await probe(providerNamed(provider), model, Number(threads)).catch((thrown: unknown): ProbeAnswer => {
  const failed = asProblem(thrown).detail || "unknown";
  return { failed, difference: 0, accelerator: 0, cpu: 0, batch: settings.embed.batch };
});
const port = (process as unknown as { readonly parentPort?: { postMessage(message: unknown): void } }).parentPort;
// Electron's parent ends it when the answer has come; a process that ends by itself might take the answer with it.
if (port) port.postMessage(answer);
else process.send?.(answer, () => process.exit(0));
