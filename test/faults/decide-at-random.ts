import type { DecisionKind } from "../../electron/contract/args.ts";
import type { Engine } from "../../electron/engine/index.ts";
import { Problem } from "../../electron/engine/errors.ts";
import type { TaskArgs } from "./tasks.ts";

type Said = { readonly kind: DecisionKind; readonly payload: unknown } | "undo" | "undo-old" | "redo";

/** One random word of a person to an engine; what the engine promised is said aloud. Refusals are no promise and no fault. */
export async function decideAtRandom(
  engine: Engine,
  { random, say }: Pick<TaskArgs, "random" | "say">,
  options: { readonly draw: boolean },
): Promise<void> {
  const said = await choose(engine, random, options.draw);
  try {
    const result =
      said === "undo"
        ? await engine.request("undo", {})
        : said === "redo"
          ? await engine.request("redo", {})
          : said === "undo-old"
            ? await engine.request("undo", await anOldOne(engine, random))
            : await engine.request("decide", said);
    const kind = typeof said === "string" ? said.replace("-old", "") : said.kind;
    if (result.decisionId > 0) say("ack", { id: result.decisionId, kind });
  } catch (thrown) {
    if (!(thrown instanceof Problem) || thrown.code === "internal" || thrown.code.startsWith("library-")) throw thrown;
  }
}

const names = ["Ana", " Ben ", "Zoë", "Zoe\u0308", "李雷", "O’Brien", "Ana", "Mia  Li"];

async function choose(engine: Engine, random: () => number, draw: boolean): Promise<Said> {
  const pick = <T>(of: readonly T[]): T | undefined => of[Math.floor(random() * of.length)];
  const people = (await engine.request("people.list", { show: "all", limit: 60 })).items;
  const tiles = (await engine.request("photos.list", { limit: 60 })).items;
  const person = pick(people);
  const other = pick(people);
  const name = pick(names) ?? "Ana";
  const tile = pick(tiles);
  const drawn = (): Said => {
    const box = [random() * 0.7, random() * 0.7, 0.2, 0.25];
    const who = random() < 0.5 && person ? { personId: person.id } : { name };
    return { kind: "draw", payload: { photoId: tile?.id ?? 1, box, ...who } };
  };
  if (person === undefined || other === undefined) return draw ? drawn() : "redo";
  const faces = (await engine.request("person.faces", { personId: person.id, limit: 6 })).items.map((face) => face.id);
  const some = faces.slice(0, 1 + Math.floor(random() * 3));
  const words: readonly (() => Said)[] = [
    ...(draw ? [drawn, drawn, drawn] : []),
    () => ({ kind: "name", payload: { personId: person.id, name } }),
    () => ({ kind: "rename", payload: { personId: person.id, name } }),
    () => ({ kind: "merge", payload: { into: person.id, from: [other.id], force: true } }),
    () => ({ kind: "split", payload: { personId: person.id, faceIds: some, name } }),
    () => ({ kind: "move", payload: { faceIds: some, personId: other.id } }),
    () => ({ kind: "move", payload: { faceIds: some, name } }),
    () => ({ kind: "confirm", payload: { faceIds: some, personId: person.id } }),
    () => ({ kind: "reject", payload: { faceIds: some, personId: person.id } }),
    () => ({ kind: random() < 0.5 ? "stranger" : "hide", payload: { personId: person.id } }),
    () => ({ kind: "restore", payload: { personId: person.id } }),
    () => ({ kind: "adjust", payload: { faceId: faces[0] ?? 1, box: [random() * 0.6, random() * 0.6, 0.2, 0.3] } }),
    () => ({ kind: "turn", payload: { photoId: tile?.id ?? 1, quarter: 1 + Math.floor(random() * 3) } }),
    () => ({ kind: "not-a-face", payload: { faceIds: some.slice(0, 1) } }),
    () => ({ kind: "key-face", payload: { personId: person.id, faceId: faces[0] ?? 1 } }),
    () => ({ kind: "never-merge", payload: { a: person.id, b: other.id } }),
    () => ({ kind: "birthday", payload: { personId: person.id, date: "1990-03-14" } }),
    () => ({ kind: "save-album", payload: { name, query: { all: [person.id] } } }),
    () => "undo",
    () => "undo",
    () => "undo-old",
    () => "redo",
  ];
  return (pick(words) ?? drawn)();
}

async function anOldOne(engine: Engine, random: () => number): Promise<{ decisionId?: number }> {
  const items = (await engine.request("history", { limit: 30 })).items.filter((entry) => entry.canTakeBack);
  const entry = items[Math.floor(random() * items.length)];
  return entry === undefined ? {} : { decisionId: entry.decisionId };
}
