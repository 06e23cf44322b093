import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { familiarNode, nodeFlags, root, stop, withBin } from "./set-up.mjs";

/** `npm run -s familiar -- <verb>`: the command line in a clone. Makes the models first where they are missing; nothing of it is said on standard output. */
const node = familiarNode();
if (!existsSync(join(root, "models", "onnx", "manifest.json"))) {
  const made = spawnSync(node, ["models/make.ts"], { cwd: root, env: withBin(), stdio: ["ignore", 2, 2] });
  if (made.status !== 0) stop("The models could not be made.");
}
// npm changes to the project's folder; paths are meant from where the person stands.
const child = spawn(node, [...nodeFlags, join(root, "electron", "headless", "cli.ts"), ...process.argv.slice(2)], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  env: withBin(),
  stdio: "inherit",
});
// A terminal sends Ctrl+C to both; the command line ends in order by itself.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 0 : 1)));
