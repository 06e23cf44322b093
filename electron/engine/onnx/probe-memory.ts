import { readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Probe } from "./probe-provider.ts";

/** What trials of accelerators found, kept over restarts. */
export interface ProbeMemory {
  get(key: string): Probe | null;
  put(key: string, probe: Probe): void;
}

/** Trials kept in all; a computer has a few, and a library may travel between several computers. */
const most = 40;

/** Opens the memory in a file. One that is damaged or cannot be written is an empty one: then it is tried again each time. */
export function openProbeMemory(path: string): ProbeMemory {
  const known = new Map<string, Probe>(read(path));
  return {
    get: (key) => known.get(key) ?? null,
    put(key, probe) {
      known.delete(key);
      known.set(key, probe);
      const kept = [...known].slice(-most);
      try {
        writeFileSync(`${path}.new`, `${JSON.stringify({ version: 1, trials: kept }, null, 1)}\n`);
        renameSync(`${path}.new`, path);
      } catch {
        // It is only tried again.
      }
    },
  };
}

function read(path: string): readonly (readonly [string, Probe])[] {
  try {
    const kept: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof kept !== "object" || kept === null || !("trials" in kept) || !Array.isArray(kept.trials)) return [];
    return kept.trials.filter(isTrial);
  } catch {
    return [];
  }
}

function isTrial(entry: unknown): entry is readonly [string, Probe] {
  if (!Array.isArray(entry) || typeof entry[0] !== "string") return false;
  const probe: unknown = entry[1];
  if (typeof probe !== "object" || probe === null) return false;
  const { available, speed, batch, reason } = probe as Record<string, unknown>;
  const numbers = typeof speed === "number" && Number.isInteger(batch) && (batch as number) > 0;
  return typeof available === "boolean" && numbers && typeof reason === "object" && reason !== null && "code" in reason;
}
