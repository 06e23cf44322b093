import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openEngine, type Engine } from "../../electron/engine/index.ts";
import { serve, type Served } from "../../electron/headless/serve.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface ServedLibrary {
  readonly engine: Engine;
  readonly served: Served;
  readonly libraryDir: string;
  /** Ends everything and removes the library, unless it is kept. */
  close(): Promise<void>;
}

/**
 * The real engine on a library of its own, and the built screens in front of it. Needs `npm run build` and `npm run models`. `kept`: a
 * library folder that stays when this closes, to be opened again. `evenClosed`: also where it cannot be opened, as both hosts do.
 */
export async function openServed(kept?: string, evenClosed = false): Promise<ServedLibrary> {
  const rendererDir = join(root, "dist", "renderer");
  if (!existsSync(rendererDir)) throw new Error("The screens are not built: run npm run build first.");
  const libraryDir = kept ?? mkdtempSync(join(tmpdir(), "familiar-served-"));
  const engine = await openEngine({ libraryDir, modelsDir: join(root, "models", "onnx"), evenClosed });
  const served = await serve(engine, { rendererDir });
  return {
    engine,
    served,
    libraryDir,
    async close() {
      await served.close();
      await engine.close();
      if (kept === undefined) rmSync(libraryDir, { recursive: true, force: true });
    },
  };
}
