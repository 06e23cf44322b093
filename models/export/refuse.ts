import { Problem } from "../../electron/engine/errors.ts";

/** Stops reading a weights file: it is not what it should be. The detail says what was found. */
export function refuse(detail: string): never {
  throw new Problem("model-mismatch", detail);
}

/** Runs a reader over bytes that may be cut short or hostile: every read past the end becomes `model-mismatch`. */
export function readCarefully<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return refuse(`${what} ends too early or points outside itself`);
    throw error;
  }
}
