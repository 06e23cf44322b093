import * as v from "valibot";
import { requestArgs, type RequestArgs, type RequestName } from "../contract/args.ts";
import type { EventName, Events } from "../contract/events.ts";
import type { Results } from "../contract/requests.ts";
import { asProblem, Problem } from "./errors.ts";
import { Library, type LibraryOptions } from "./flows/library.ts";
import { handlers } from "./requests/handlers.ts";
import { isLibraryRequest, libraryHandlers } from "./requests/safety.ts";

export interface Engine {
  /** Validates the arguments and answers; rejects with a Problem of the closed list. */
  request<N extends RequestName>(name: N, args: RequestArgs<N>): Promise<Results[N]>;
  /** Listens to everything the engine pushes; returns how to stop listening. */
  onEvent(listener: EventListener): () => void;
  /** Finishes what is being written, stops the workers and lets go of the library. */
  close(): Promise<void>;
}
export type EventListener = <N extends EventName>(name: N, payload: Events[N]) => void;

/** The only door: opens the library (making it where there is none) and answers requests. Throws a Problem where it cannot, unless `evenClosed`. */
export async function openEngine(options: LibraryOptions): Promise<Engine> {
  const listeners = new Set<EventListener>();
  const library = await Library.open(options, (name, payload) => {
    for (const listener of listeners) listener(name, payload);
  });
  let closed = false;
  return {
    async request(name, args) {
      if (closed) throw new Problem("engine-gone");
      const schema = Object.hasOwn(requestArgs, name) ? requestArgs[name] : undefined;
      if (!schema) throw new Problem("bad-request", String(name));
      // An empty list would pass for no arguments.
      if (Array.isArray(args)) throw new Problem("bad-request", "arguments: a list");
      const parsed = v.safeParse(schema, args);
      if (!parsed.success) throw new Problem("bad-request", describe(parsed.issues));
      try {
        return (await answer(library, name, parsed.output)) as Results[typeof name];
      } catch (thrown) {
        throw asProblem(thrown);
      }
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      await library.close();
    },
  };
}

async function answer(library: Library, name: RequestName, args: unknown): Promise<unknown> {
  // The arguments were parsed with the schema of this very request.
  if (isLibraryRequest(name)) return libraryHandlers[name](library, args as never);
  return library.use((house) => handlers[name](house, args as never) as Promise<unknown>, name === "status");
}

function describe(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues.map((issue) => `${v.getDotPath(issue) ?? "arguments"}: ${issue.message}`).join("; ");
}
