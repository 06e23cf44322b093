import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * `npm run bench [-- detection | grouping | screens | speed | verification] [...]`: each bench is a script of its own; without a name all that can
 * run here. `--json` prints one JSON document: of the bench that was named, or of all by name.
 */
const at = (name: string): string => fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
const [first, ...others] = process.argv.slice(2);
const name = first?.startsWith("--") ? undefined : first;
const rest = name === undefined && first !== undefined ? [first, ...others] : others;
const known = ["detection", "verification", "speed", "grouping", "screens"];
if (name !== undefined && !known.includes(name)) {
  console.error(`There is no bench "${name}"; there are: ${known.join(", ")}.`);
  process.exit(1);
}
const json = rest.includes("--json");
const vectors = "../shared/vectors/lfw-a";

function argumentsFor(one: string): readonly string[] {
  const bare = rest.every((argument) => argument === "--json");
  return one === "grouping" && bare && existsSync(vectors) ? [...rest, "--vectors", vectors] : rest;
}

let failed = 0;
const document: Record<string, unknown> = {};
for (const one of name === undefined ? known : [name]) {
  if (name === undefined && !json) console.log(`\n${one}`);
  const run = spawnSync(process.execPath, [at(one), ...argumentsFor(one)], {
    stdio: ["inherit", json ? "pipe" : "inherit", "inherit"],
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) failed++;
  else if (json) document[one] = JSON.parse(run.stdout);
}
if (json) console.log(JSON.stringify(name === undefined ? document : (document[name] ?? null), null, 1));
process.exit(failed);
