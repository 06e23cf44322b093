import type { LikelyPerson } from "../../contract/views.ts";
import type { ParsedArgs } from "../../contract/args.ts";
import type { House } from "./house.ts";
import { likelyPeople } from "./recognition.ts";
import { settings } from "../settings.ts";

/** Names as they are typed: those whose name fits, and among them the one most like the faces being named first. */
export async function findPeople(
  house: House,
  { text, personId, faceIds, limit }: ParsedArgs<"people.find">,
): Promise<readonly LikelyPerson[]> {
  const { keep } = house;
  const ids =
    faceIds ?? (personId === undefined ? [] : keep.reads.members(personId, settings.group.namedBy).map((member) => member.faceId));
  const calibrated = ids.length > 0 && house.embedder().calibration !== null;
  const [likely] = calibrated ? await likelyPeople(house, [ids.slice(0, settings.group.namedBy)]) : [];
  const alike = (likely ?? []).filter((one) => one.name !== null && one.personId !== personId);
  if (text.trim() === "") return alike.slice(0, limit);
  const spelled = keep.reads.findPeople(text, limit + alike.length).filter((one) => one.personId !== personId);
  const likeness = new Map(alike.map((one) => [one.personId, one]));
  return spelled
    .map((one) => likeness.get(one.personId) ?? one)
    .toSorted((a, b) => b.similarity - a.similarity)
    .slice(0, limit);
}
