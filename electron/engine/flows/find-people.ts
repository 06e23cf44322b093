import type { LikelyPerson } from "../../contract/views.ts";
import type { ParsedArgs } from "../../contract/args.ts";
import type { House } from "./house.ts";
import { ranker } from "./recognition.ts";

/** Names as they are typed: those whose name fits, and among them the one most like the faces being named first. */
export function findPeople(house: House, { text, personId, faceIds, limit }: ParsedArgs<"people.find">): readonly LikelyPerson[] {
  const { keep } = house;
  const ids = faceIds ?? (personId === undefined ? [] : keep.reads.members(personId, 3).map((member) => member.faceId));
  const face = ids.length === 0 ? undefined : [...keep.vectorsOf(house.packName(), ids.slice(0, 3)).values()][0];
  const alike =
    face && house.embedder().calibration ? ranker(house)(face).filter((one) => one.name !== null && one.personId !== personId) : [];
  if (text.trim() === "") return alike.slice(0, limit);
  const spelled = keep.reads.findPeople(text, limit + alike.length).filter((one) => one.personId !== personId);
  const likeness = new Map(alike.map((one) => [one.personId, one]));
  return spelled
    .map((one) => likeness.get(one.personId) ?? one)
    .toSorted((a, b) => b.similarity - a.similarity)
    .slice(0, limit);
}
