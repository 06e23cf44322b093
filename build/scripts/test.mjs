import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { familiarNode, nodeFlags, prepare, root, withBin } from "./set-up.mjs";

/** `npm test`: installs what is missing, makes the models, builds, runs every test, and says how many ran. */
prepare();
const node = familiarNode();
const shared = existsSync(join(root, "..", "shared", "photos"));
console.log(
  shared ? "Real photographs are there: their tests run too." : "No real photographs beside the project: their tests are skipped.",
);

mkdirSync(join(root, "dist"), { recursive: true });
const report = join(root, "dist", "test-report.json");
const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
const wanted = process.argv.slice(2);
const run = spawnSync(
  node,
  [
    ...nodeFlags,
    vitest,
    "run",
    "-c",
    "build/vitest.config.ts",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...wanted,
  ],
  {
    cwd: root,
    stdio: "inherit",
    env: withBin(),
  },
);
const told = existsSync(report)
  ? JSON.parse(readFileSync(report, "utf8"))
  : { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, testResults: [] };
const skipped = told.testResults.flatMap((file) =>
  file.assertionResults.filter((one) => one.status === "pending" || one.status === "skipped").map((one) => one.fullName),
);
if (skipped.length > 0)
  console.log(
    `Skipped:\n${skipped
      .slice(0, 40)
      .map((name) => `  ${name}`)
      .join("\n")}`,
  );
const failed = told.numFailedTests || (run.status === 0 ? 0 : 1);
console.log(`${told.numPassedTests} passed, ${failed} failed, ${told.numPendingTests + (told.numTodoTests ?? 0)} skipped`);
process.exit(run.status ?? 1);
