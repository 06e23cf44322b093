import { DoorProblem, type EngineDoor } from "./engine-door.ts";

/** Every flag of every verb. */
export const flags = {
  library: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  pack: { type: "string" },
  unnamed: { type: "boolean" },
  strangers: { type: "boolean" },
  all: { type: "string" },
  any: { type: "string" },
  none: { type: "string" },
  aged: { type: "string" },
  only: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  folder: { type: "string" },
  near: { type: "string" },
  path: { type: "string" },
  pairs: { type: "string" },
  limit: { type: "string" },
  port: { type: "string" },
  daring: { type: "string" },
  "check-above": { type: "string" },
  listen: { type: "string" },
  name: { type: "string" },
  guests: { type: "boolean" },
  "passphrase-file": { type: "string" },
  "guest-passphrase-file": { type: "string" },
  out: { type: "string" },
  person: { type: "string" },
  yes: { type: "boolean" },
  "keep-copies": { type: "boolean" },
  preview: { type: "boolean" },
} as const;
/** `people --all` and `forget --all` take no names, `search --all` does. */
export function flagsOf(verb: string): Record<string, { readonly type: "string" | "boolean"; readonly short?: string }> {
  return verb === "people" || verb === "forget" ? { ...flags, all: { type: "boolean" } } : flags;
}
/** Flags as they were given. */
export type Values = { readonly [F in keyof typeof flags]?: (typeof flags)[F]["type"] extends "boolean" ? boolean : string };
/** What a verb is called with. */
export interface Call {
  readonly engine: EngineDoor;
  readonly values: Values;
  readonly rest: readonly string[];
}
/** A word of the command line. */
export interface Verb {
  readonly usage: string;
  /** It can be of use also when the library cannot be opened. */
  readonly evenClosed?: true;
  /** It needs no library: one is made for it and thrown away. */
  readonly alone?: true;
  /** Answers what `--json` prints. */
  run(call: Call): Promise<unknown>;
  words?(answer: never): string;
}

/** The word at a place. Throws `bad-request` where it is missing. */
export function one(rest: readonly string[], place: number, what: string): string {
  const value = rest[place];
  if (value === undefined) throw new DoorProblem("bad-request", "", `${what} is missing.`);
  return value;
}
