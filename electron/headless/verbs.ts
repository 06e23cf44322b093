import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { DecisionKind } from "../contract/args.ts";
import type { PortableDocument } from "../contract/portable.ts";
import type { PersonCard } from "../contract/views.ts";
import { DoorProblem, type EngineDoor } from "./engine-door.ts";
import { exportTo, importFrom, portableText } from "./portable.ts";
import { serveUntilStopped } from "./serve-until-stopped.ts";
import { verifyPairs } from "./verify-pairs.ts";

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
  only: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  folder: { type: "string" },
  path: { type: "string" },
  pairs: { type: "string" },
  limit: { type: "string" },
  port: { type: "string" },
  out: { type: "string" },
} as const;
/** `people --all` takes no names, `search --all` does. */
export function flagsOf(verb: string): Record<string, { readonly type: "string" | "boolean"; readonly short?: string }> {
  return verb === "people" ? { ...flags, all: { type: "boolean" } } : flags;
}
export type Values = { readonly [F in keyof typeof flags]?: (typeof flags)[F]["type"] extends "boolean" ? boolean : string };
interface Call {
  readonly engine: EngineDoor;
  readonly values: Values;
  readonly rest: readonly string[];
}
export interface Verb {
  readonly usage: string;
  /** It needs no library: one is made for it and thrown away. */
  readonly alone?: true;
  /** Answers what `--json` prints. */
  run(call: Call): Promise<unknown>;
  words?(answer: never): string;
}
const everything = 100_000;

/** People with all their faces, in the words of the command line. */
async function people({ engine, values }: Call): Promise<unknown> {
  const show = values.all !== undefined ? "all" : values.unnamed ? "unnamed" : values.strangers ? "stranger" : "named";
  const { items } = await engine.request("people.list", { show, limit: everything });
  return Promise.all(
    items.map(async (card) => {
      const faces = await engine.request("person.faces", { personId: card.id, limit: everything });
      return {
        id: card.id,
        name: card.name,
        state: card.state,
        keyFaceId: card.keyFaceId,
        faces: faces.items.map(({ id, path, box, state, sureness }) => ({ id, path, box, state, sureness })),
      };
    }),
  );
}

/** Ids of people named one by one: by id, or by name where it is unique. */
async function idsOf(engine: EngineDoor, list: string | undefined): Promise<number[] | undefined> {
  if (list === undefined || list === "") return undefined;
  const { items } = await engine.request("people.list", { show: "all", limit: everything });
  return list.split(",").map((word) => personId(items, word.trim()));
}
function personId(items: readonly PersonCard[], word: string): number {
  const found = items.filter((card) => card.name?.localeCompare(word, undefined, { sensitivity: "base" }) === 0);
  const first = found[0] ?? items.find((card) => String(card.id) === word);
  if (!first) throw new DoorProblem("person-not-found", word, `There is nobody called ${word}.`);
  if (found.length > 1)
    throw new DoorProblem(
      "bad-request",
      word,
      `${found.length} people are called ${word}: use an id (${found.map((card) => card.id).join(", ")}).`,
    );
  return first.id;
}

function one(rest: readonly string[], place: number, what: string): string {
  const value = rest[place];
  if (value === undefined) throw new DoorProblem("bad-request", "", `${what} is missing.`);
  return value;
}

function portOf(word: string | undefined): number {
  const port = Number(word ?? 0);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new DoorProblem("bad-request", String(word), "A port is a number from 0 to 65535.");
}

export const verbs: Readonly<Record<string, Verb>> = {
  index: {
    usage: "<folder>... [--pack NAME]",
    run: ({ engine, rest, values }) => {
      one(rest, 0, "A folder");
      return engine.request("index", {
        folders: rest.map((path) => resolve(path)),
        ...(values.pack === undefined ? {} : { pack: values.pack }),
      });
    },
    words: (a: { photos: number; read: number; faces: number; failed: readonly { path: string; sentence: string }[]; seconds: number }) =>
      [
        `${a.photos} photos, ${a.read} read now, ${a.faces} faces, in ${a.seconds.toFixed(0)} s.`,
        ...a.failed.map((f) => `${f.path}: ${f.sentence}`),
      ].join("\n"),
  },
  people: { usage: "[--unnamed | --strangers | --all]", run: people },
  faces: {
    usage: "[--path P]",
    run: async ({ engine, values }) => {
      const faces = await engine.request("faces", values.path === undefined ? {} : { path: resolve(values.path) });
      return faces.map(({ id, path, box, landmarks, score, quality, source, personId: person }) => ({
        id,
        path,
        box,
        landmarks,
        score,
        quality,
        source,
        personId: person,
      }));
    },
  },
  search: {
    usage: "[--all A,B] [--any C,D] [--none E] [--only F,G] [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--folder DIR]",
    run: async ({ engine, values }) => {
      const [all, any, none, only] = await Promise.all(
        [values.all, values.any, values.none, values.only].map((list) => idsOf(engine, list)),
      );
      const folder = values.folder === undefined ? undefined : resolve(values.folder);
      const { items } = await engine.request("search", {
        query: { all, any, none, only, from: values.from, to: values.to, folder },
        limit: everything,
      });
      return items.map(({ path, takenAt, people: who }) => ({ path, takenAt, people: who }));
    },
  },
  decide: {
    usage: "<kind> '<json>'",
    run: async ({ engine, rest }) => {
      const kind = one(rest, 0, "The kind of decision") as DecisionKind;
      let payload: unknown;
      try {
        payload = JSON.parse(one(rest, 1, "What was decided (JSON)"));
      } catch (thrown) {
        throw thrown instanceof DoorProblem ? thrown : new DoorProblem("bad-request", String(thrown), "What was decided is not JSON.");
      }
      return engine.request("decide", { kind, payload });
    },
    words: (a: { sentence: string }) => a.sentence,
  },
  undo: {
    usage: "[decisionId]",
    run: ({ engine, rest }) => engine.request("undo", rest[0] === undefined ? {} : { decisionId: Number(rest[0]) }),
    words: (a: { sentence: string }) => a.sentence,
  },
  redo: { usage: "", run: ({ engine }) => engine.request("redo", {}), words: (a: { sentence: string }) => a.sentence },
  history: {
    usage: "[--limit N]",
    run: async ({ engine, values }) => (await engine.request("history", { limit: Number(values.limit ?? 1000) })).items,
  },
  export: {
    usage: "[--out FILE]",
    run: ({ engine, values }) => exportTo(engine, values.out === undefined ? null : resolve(values.out)),
    words: (a: PortableDocument | { file: string; people: number; photos: number }) =>
      "file" in a ? `Wrote the decisions about ${a.people} people in ${a.photos} photos to ${a.file}.` : portableText(a).trimEnd(),
  },
  import: {
    usage: "<file>",
    run: ({ engine, rest }) => importFrom(engine, resolve(one(rest, 0, "A file"))),
    words: (a: { sentence: string }) => a.sentence,
  },
  verify: {
    usage: "<a> <b> | --pairs <csv of a,b,same>",
    run: async ({ engine, rest, values }) => {
      if (values.pairs !== undefined) return verifyPairs(engine, await readFile(values.pairs, "utf8"), values.pairs);
      return engine.request("verify", { a: resolve(one(rest, 0, "The first photo")), b: resolve(one(rest, 1, "The second photo")) });
    },
    words: (a: { same: boolean; similarity: number }) =>
      `${a.same ? "The same person" : "Not the same person"} (similarity ${a.similarity?.toFixed(3)}).`,
  },
  who: { usage: "<photo>", run: ({ engine, rest }) => engine.request("who", { path: resolve(one(rest, 0, "A photo")) }) },
  detect: {
    usage: "<photo>...",
    alone: true,
    run: ({ engine, rest }) => {
      one(rest, 0, "A photo");
      return engine.request("detect", { paths: rest.map((path) => resolve(path)) });
    },
  },
  serve: {
    usage: "[<folder>...] [--port N]",
    run: ({ engine, rest, values }) => serveUntilStopped(engine, rest, portOf(values.port), values.json === true),
  },
  status: { usage: "", run: ({ engine }) => engine.request("status", {}) },
};
