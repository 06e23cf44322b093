import { fileURLToPath } from "node:url";
import { makePacks } from "./make-packs.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const made = await makePacks({ packagesDir: `${here}../node_modules`, outDir: `${here}onnx` });
console.log(made.written.join(" ") || "ready");
