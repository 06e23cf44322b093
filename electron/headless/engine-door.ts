import type { RequestArgs, RequestName } from "../contract/args.ts";
import type { EventName, Events } from "../contract/events.ts";
import { problems, problemView, type ProblemCode, type ProblemView } from "../contract/problems.ts";
import type { Results } from "../contract/requests.ts";

/** The engine as a door sees it; what `openEngine` gives. */
export interface EngineDoor {
  /** Checks the arguments and answers; rejects with a problem of the closed list. */
  request<N extends RequestName>(name: N, args: RequestArgs<N>): Promise<Results[N]>;
  /** Listens to what the engine pushes; the answer stops listening. */
  onEvent(listener: <N extends EventName>(name: N, payload: Events[N]) => void): () => void;
  close(): Promise<void>;
}

/** Any thrown thing as a problem that may leave the process: never a stack trace. */
export function problemOf(thrown: unknown): ProblemView {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && isProblemCode(thrown.code)) {
    const detail = "detail" in thrown && typeof thrown.detail === "string" ? thrown.detail : "";
    const sentence = "sentence" in thrown && typeof thrown.sentence === "string" ? thrown.sentence : undefined;
    // Made by the engine's own class; a door that reads it runs in the same process.
    const blocked = "blocked" in thrown ? (thrown.blocked as ProblemView["blocked"]) : undefined;
    return problemView(thrown.code, detail, sentence, blocked);
  }
  return problemView("internal", thrown instanceof Error ? thrown.message : String(thrown));
}

function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === "string" && Object.hasOwn(problems, code);
}

/** A problem that a door itself finds, before the engine is asked. */
export class DoorProblem extends Error {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly sentence: string;

  constructor(code: ProblemCode, detail: string, sentence: string = problems[code].sentence) {
    super(`${code}: ${sentence} (${detail})`);
    this.name = "DoorProblem";
    this.code = code;
    this.detail = detail;
    this.sentence = sentence;
  }
}
