import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DoorProblem, type EngineDoor } from "./engine-door.ts";
import { serve } from "./serve.ts";

/** Serves the screens on this computer until the process is told to stop; folders given are added and read. Prints the address first. */
export async function serveUntilStopped(engine: EngineDoor, folders: readonly string[], port: number, json: boolean): Promise<undefined> {
  const rendererDir = fileURLToPath(new URL(import.meta.url.endsWith(".ts") ? "../../dist/renderer" : "../renderer", import.meta.url));
  if (!existsSync(rendererDir)) throw new DoorProblem("not-found", rendererDir, "The screens are not built yet: run npm run build first.");
  const served = await serve(engine, { rendererDir, port });
  process.stdout.write(json ? `${JSON.stringify({ url: served.url })}\n` : `${served.url}\n`);
  if (folders.length > 0) await engine.request("folders.add", { paths: folders.map((path) => resolve(path)) });
  await new Promise<void>((done) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => done());
  });
  await served.close();
  return undefined;
}
