import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { Problem } from "../electron/engine/errors.ts";
import { calibrate } from "./calibrate.ts";
import { readVectorsFolder } from "./read-vectors-folder.ts";

/** `npm run models -- calibrate --vectors DIR [--degraded DIR] [--pack NAME]`: writes `models/calibration/<pack>.json`. */
export function calibrateCommand(args: readonly string[]): void {
  const options = {
    vectors: { type: "string" },
    degraded: { type: "string" },
    pack: { type: "string", default: "mobilefacenet" },
  } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (values.vectors === undefined) throw new Problem("bad-request", "", { sentence: "Say where the labelled vectors are: --vectors DIR" });
  const degraded = values.degraded === undefined ? null : readVectorsFolder(values.degraded).vectors;
  const calibration = calibrate(readVectorsFolder(values.vectors), degraded);
  const file = fileURLToPath(new URL(`calibration/${values.pack}.json`, import.meta.url));
  writeFileSync(file, `${JSON.stringify(calibration, null, 2)}\n`);
  console.log(`${values.pack}: ${calibration.measuredOn}\n  written to models/calibration/${values.pack}.json`);
}
