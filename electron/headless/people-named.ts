import type { PersonCard } from "../contract/views.ts";
import { DoorProblem, type EngineDoor } from "./engine-door.ts";

/** People a list on the command line holds: all of any library. */
export const everything = 100_000;

/** Ids of people named one by one: by id, or by name where it is unique. */
export async function idsOf(engine: EngineDoor, list: string | undefined): Promise<number[] | undefined> {
  if (list === undefined || list === "") return undefined;
  const { items } = await engine.request("people.list", { show: "all", limit: everything });
  return list.split(",").map((word) => personId(items, word.trim()));
}
/** People at an age as they are named one by one: `Anna:3`, `Ben:2-5`. Throws `bad-request`. */
export async function agedOf(
  engine: EngineDoor,
  list: string | undefined,
): Promise<{ person: number; from: number; to: number }[] | undefined> {
  const said = list?.split(",").map((word) => /^(?<name>.+):(?<from>\d{1,3})(?:-(?<to>\d{1,3}))?$/u.exec(word.trim())?.groups);
  if (said?.includes(undefined) === true) throw new DoorProblem("bad-request", list ?? "", "An age is written like Anna:3 or Anna:2-5.");
  const ids = await idsOf(engine, said?.map((one) => one?.["name"]).join(","));
  return said?.map((one, i) => ({ person: ids?.[i] ?? 0, from: Number(one?.["from"]), to: Number(one?.["to"] ?? one?.["from"]) }));
}
/** The person of that name, where it is only one, or of that id. */
export async function idOf(engine: EngineDoor, word: string): Promise<number> {
  const { items } = await engine.request("people.list", { show: "all", limit: everything });
  return personId(items, word.trim());
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
