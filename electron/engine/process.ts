import { asProblem } from "./errors.ts";
import { openEngine, type Engine } from "./index.ts";

type OpenOptions = Parameters<typeof openEngine>[0];
type RunProbe = NonNullable<OpenOptions["runProbe"]>;
/**
 * Entry when the engine is a process of its own: forked by Electron as a utility process (process.parentPort) or by Node
 * (process.send). First message: `{ open: { libraryDir, modelsDir } }`; then `{ id, name, args }` -> `{ id, ok }` or
 * `{ id, problem }`; pushes are `{ event, payload }`. `{ close: true }` ends it in order. Under Electron, which lets only its main process
 * start others, `{ probe, args, timeLimit }` goes out and `{ probe, outcome }` comes back.
 */
interface ParentPort {
  on(event: "message", listener: (message: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}
const port = (process as unknown as { parentPort?: ParentPort }).parentPort;
const send = (message: unknown): void => {
  if (port) port.postMessage(message);
  else process.send?.(message);
};

let opening: Promise<Engine> | null = null;

const probes = new Map<number, (outcome: Awaited<ReturnType<RunProbe>>) => void>();
let nextProbe = 1;
const askHost: RunProbe = (args, timeLimit) =>
  new Promise((done) => {
    const probe = nextProbe++;
    probes.set(probe, done);
    send({ probe, args, timeLimit });
  });

async function take(message: unknown): Promise<void> {
  if (typeof message !== "object" || message === null) return;
  if ("open" in message) {
    // The window shows what is wrong with a library, and offers a copy of it.
    opening = openEngine({ ...(message.open as OpenOptions), evenClosed: true, ...(port ? { runProbe: askHost } : {}) });
    try {
      const engine = await opening;
      engine.onEvent((event, payload) => send({ event, payload }));
      send({ opened: true });
    } catch (thrown) {
      send({ opened: false, problem: asProblem(thrown).view() });
    }
  } else if ("close" in message) {
    await opening?.then((engine) => engine.close()).catch(() => undefined);
    process.exit(0);
  } else if ("probe" in message && "outcome" in message) {
    const { probe, outcome } = message as { probe: number; outcome: Awaited<ReturnType<RunProbe>> };
    probes.get(probe)?.(outcome);
    probes.delete(probe);
  } else if ("id" in message && "name" in message) {
    const { id, name, args } = message as { id: unknown; name: unknown; args?: unknown };
    try {
      if (!opening) throw new Error("not opened yet");
      const engine = await opening;
      send({ id, ok: await engine.request(name as never, (args ?? {}) as never) });
    } catch (thrown) {
      send({ id, problem: asProblem(thrown).view() });
    }
  }
}

if (port) port.on("message", (event) => void take(event.data));
else process.on("message", (message) => void take(message));
process.on("disconnect", () => void take({ close: true }));
