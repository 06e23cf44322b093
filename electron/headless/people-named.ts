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
