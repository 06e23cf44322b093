import { resolve } from "node:path";
import type { DecisionKind } from "../contract/args.ts";
import type { PortableDocument } from "../contract/portable.ts";
import { DoorProblem } from "./engine-door.ts";
import { agedOf, everything, idsOf } from "./people-named.ts";
import { exportTo, importFrom, portableText } from "./portable.ts";
import { placeOf } from "./place-named.ts";
import { safetyVerbs } from "./safety-verbs.ts";
import { serveUntilStopped } from "./serve-until-stopped.ts";
import { one, type Call, type Verb } from "./verb.ts";
import { verifyPairs } from "./verify-pairs.ts";

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

function portOf(word: string | undefined): number {
  const port = Number(word ?? 0);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new DoorProblem("bad-request", String(word), "A port is a number from 0 to 65535.");
}

/** Every verb. */
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
    usage:
      "[--all A,B] [--any C,D] [--none E] [--only F,G] [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--folder DIR] [--near PLACE | --near=LAT,LON] [--aged A:3,B:2-5]",
    run: async ({ engine, values }) => {
      const [all, any, none, only] = await Promise.all(
        [values.all, values.any, values.none, values.only].map((list) => idsOf(engine, list)),
      );
      const folder = values.folder === undefined ? undefined : resolve(values.folder);
      const { items } = await engine.request("search", {
        query: {
          all,
          any,
          none,
          only,
          from: values.from,
          to: values.to,
          folder,
          near: await placeOf(engine, values.near),
          aged: await agedOf(engine, values.aged),
        },
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
      if (values.pairs !== undefined) return verifyPairs(engine, values.pairs);
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
  ...safetyVerbs,
  conflicts: {
    usage: "[--limit N]",
    run: async ({ engine, values }) => (await engine.request("conflicts", { limit: Number(values.limit ?? 1000) })).items,
  },
  joined: {
    usage: "[--limit N]",
    run: async ({ engine, values }) => (await engine.request("groups.joined", { limit: Number(values.limit ?? 1000) })).items,
  },
  suggest: {
    usage: "<person> [--limit N]",
    run: async ({ engine, rest, values }) => {
      const [id = 0] = (await idsOf(engine, one(rest, 0, "A person"))) ?? [];
      return (await engine.request("person.suggestions", { personId: id, limit: Number(values.limit ?? 60) })).items;
    },
  },
  preview: {
    usage: "[--daring N] [--check-above N]",
    run: ({ engine, values }) =>
      engine.request("grouping.preview", {
        ...(values.daring === undefined ? {} : { daring: Number(values.daring) }),
        ...(values["check-above"] === undefined ? {} : { checkAbove: Number(values["check-above"]) }),
      }),
  },
  serve: {
    usage: "[<folder>...] [--port N] [--listen IP] [--name NAME,...] [--guests] [--passphrase-file FILE] [--guest-passphrase-file FILE]",
    evenClosed: true,
    run: ({ engine, rest, values }) =>
      serveUntilStopped(engine, rest, { ...values, port: portOf(values.port), json: values.json === true }),
  },
  status: { usage: "", run: ({ engine }) => engine.request("status", {}) },
};
