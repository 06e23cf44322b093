import { Problem } from "../electron/engine/errors.ts";
import type { Calibration } from "../electron/engine/types.ts";

/**
 * A calibration as `models/calibration/<pack>.json` holds it, checked: a wrong number here would silently merge strangers.
 * Throws `model-mismatch` with the name of the field that is missing or out of order.
 */
export function readCalibration(json: unknown): Calibration {
  if (typeof json !== "object" || json === null) return wrong("it is no object");
  const fields = new Map<string, unknown>(Object.entries(json));
  const number = (name: string): number => {
    const value = fields.get(name);
    return typeof value === "number" && Number.isFinite(value) ? value : wrong(name);
  };
  const numbers = (value: unknown, name: string): number[] =>
    Array.isArray(value) && value.every((item): item is number => typeof item === "number" && Number.isFinite(item)) ? value : wrong(name);
  const spread = (name: string): number => (number(name) > 0 ? number(name) : wrong(name));

  const rows = fields.get("farTable");
  const farTable = (Array.isArray(rows) ? rows : wrong("farTable")).map((row: unknown): readonly [number, number] => {
    const [rate, cosine, ...more] = numbers(row, "farTable");
    return rate === undefined || cosine === undefined || more.length > 0 ? wrong("farTable") : [rate, cosine];
  });
  const rising = farTable.every(([rate, cosine], index) => {
    const before = farTable[index - 1];
    return before === undefined || (rate < before[0] && cosine > before[1]);
  });
  if (farTable.length < 4 || !rising) return wrong("farTable");

  const [first, fifth, middle, last, ...more] = numbers(fields.get("normQuantiles"), "normQuantiles");
  if (first === undefined || fifth === undefined || middle === undefined || last === undefined || more.length > 0)
    return wrong("normQuantiles");
  if (!(first <= fifth && fifth <= middle && middle <= last)) return wrong("normQuantiles");
  const junk = fields.get("junkDirection") ?? null;
  const measuredOn = fields.get("measuredOn");
  return {
    mu: number("mu"),
    sId: spread("sId"),
    sF: spread("sF"),
    sE: spread("sE"),
    kappa: spread("kappa"),
    farTable,
    poorNorm: number("poorNorm"),
    normQuantiles: [first, fifth, middle, last],
    junkDirection: junk === null ? null : numbers(junk, "junkDirection"),
    junkCut: junk === null ? null : number("junkCut"),
    measuredOn: typeof measuredOn === "string" ? measuredOn : wrong("measuredOn"),
  };
}

function wrong(field: string): never {
  throw new Problem("model-mismatch", `calibration: ${field}`);
}
