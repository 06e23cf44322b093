import { Problem } from "../errors.ts";

/** How a long computation tells how far it is, lets others run and hears that it should stop. */
export interface Steps {
  /** Says the share done (0..1) of this step, lets the event loop turn, and throws `cancelled` where that was asked. */
  breathe(share: number): Promise<void>;
}

export interface StepOptions {
  readonly onProgress?: ((share: number, step: string) => void) | undefined;
  readonly isCancelled?: (() => boolean) | undefined;
}

/** One named step that takes the share `from`..`to` of the whole. */
export function step(options: StepOptions, name: string, from: number, to: number): Steps {
  return {
    async breathe(share) {
      if (options.isCancelled?.()) throw new Problem("cancelled");
      options.onProgress?.(from + (to - from) * share, name);
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (options.isCancelled?.()) throw new Problem("cancelled");
    },
  };
}

/** A part of a step as a step of its own. */
export function part(steps: Steps, from: number, to: number): Steps {
  return { breathe: (share) => steps.breathe(from + (to - from) * share) };
}
