import { utilityProcess } from "electron";

/** How a trial ended, in the engine's words; see onnx/run-probe.ts. */
export type TrialOutcome = { readonly answer: unknown } | { readonly silent: true } | { readonly ended: string };

/** Runs the engine's probe-child in a process of its own, for at most `timeLimit` milliseconds. Never rejects. */
export function tryAccelerator(entry: string, args: readonly string[], timeLimit: number): Promise<TrialOutcome> {
  return new Promise((resolve) => {
    const child = utilityProcess.fork(entry, [...args], { serviceName: "Familiar graphics card trial", stdio: "ignore" });
    const finish = (outcome: TrialOutcome): void => {
      clearTimeout(timer);
      resolve(outcome);
      child.kill();
    };
    const timer = setTimeout(() => finish({ silent: true }), timeLimit);
    child.on("message", (answer: unknown) => finish({ answer }));
    child.on("exit", (code) => finish({ ended: `exit ${code}` }));
  });
}
