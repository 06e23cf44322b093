import { existsSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** `npm run bench [-- grouping ... | detection ...]`: each bench is a script of its own; without a name all that can run here. */
const at = (name: string): string => fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
const [name, ...rest] = process.argv.slice(2);
const known = ["detection", "grouping"];
if (name !== undefined && !known.includes(name)) {
  console.error(`There is no bench "${name}"; there are: ${known.join(", ")}.`);
  process.exit(1);
}
const shared = existsSync("../shared/photos");
let failed = 0;
for (const one of name === undefined ? known : [name]) {
  if (one === "detection" && !shared) {
    console.log("detection: skipped, it needs boxed photographs.");
    continue;
  }
  if (name === undefined) console.log(`\n${one}`);
  const vectors = "../shared/vectors/lfw-a";
  const given = one === "grouping" && rest.length === 0 && existsSync(vectors) ? ["--vectors", vectors] : rest;
  failed += spawnSync(process.execPath, [at(one), ...given], { stdio: "inherit" }).status === 0 ? 0 : 1;
}
process.exit(failed);
