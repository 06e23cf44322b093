import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DoorProblem, problemOf, type EngineDoor } from "./engine-door.ts";
import { howToRestore } from "./safety-verbs.ts";
import { serve } from "./serve.ts";

/** Serves the screens on this computer until the process is told to stop; folders given are added and read. Prints the address first. */
export async function serveUntilStopped(engine: EngineDoor, folders: readonly string[], port: number, json: boolean): Promise<undefined> {
  const rendererDir = fileURLToPath(new URL(import.meta.url.endsWith(".ts") ? "../../dist/renderer" : "../renderer", import.meta.url));
  if (!existsSync(rendererDir)) throw new DoorProblem("not-found", rendererDir, "The screens are not built yet: run npm run build first.");
  const open = await isOpen(engine);
  const served = await serve(engine, { rendererDir, port });
  process.stdout.write(json ? `${JSON.stringify({ url: served.url })}\n` : `${served.url}\n`);
  if (folders.length > 0 && open) await engine.request("folders.add", { paths: folders.map((path) => resolve(path)) });
  await new Promise<void>((done) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => done());
  });
  await served.close();
  return undefined;
}

/** A library open elsewhere is refused; one that cannot be opened is served all the same, since the screen can put a copy back. */
async function isOpen(engine: EngineDoor): Promise<boolean> {
  try {
    await engine.request("status", {});
    return true;
  } catch (thrown) {
    const problem = problemOf(thrown);
    if (problem.code === "library-locked") throw thrown;
    process.stderr.write(`${problem.sentence} ${problem.act}\n`);
    if (problem.code === "library-damaged") process.stderr.write(`${howToRestore}\n`);
    return false;
  }
}
