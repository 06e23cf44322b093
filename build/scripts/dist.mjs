import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { familiarNode, prepare, root, withBin } from "./set-up.mjs";

/**
 * `npm run dist [-- --dir]`: packs the desktop app for this system into release/. Electron's own program and the packing tools come from
 * the network; what is packed, and how, says build/electron-builder.yml.
 */
prepare();
const builder = join(root, "node_modules", "electron-builder", "cli.js");
const args = ["--config", "build/electron-builder.yml", "--publish", "never", ...process.argv.slice(2)];
const done = spawnSync(familiarNode(), [builder, ...args], { cwd: root, stdio: "inherit", env: withBin() });
if (done.status === 0) console.log("Packed into release.");
else console.error("Packing did not work. Electron and the packing tools are fetched from GitHub: check that it can be reached.");
process.exit(done.status ?? 1);
