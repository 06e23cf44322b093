/** Work in small steps, a few milliseconds each; after each it tells how far it is, in whatever it counts. */
export type InSteps<T> = Generator<number, T, void>;

/** Does all of it now. */
export function atOnce<T>(steps: InSteps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** Does it to the end and lets others run whenever `milliseconds` have passed. `onStep` hears how far it is at each of these pauses. */
export async function inTurns<T>(steps: InSteps<T>, milliseconds: number, onStep: (done: number) => void = () => undefined): Promise<T> {
  for (let since = performance.now(); ;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (performance.now() - since < milliseconds) continue;
    onStep(value);
    await new Promise<void>((resolve) => setImmediate(resolve));
    since = performance.now();
  }
}
