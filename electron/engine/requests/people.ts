import { findPeople } from "../flows/find-people.ts";
import { growth } from "../flows/growth.ts";
import { saveGrowth } from "../flows/save-growth.ts";
import { splitPerson } from "../flows/split-person.ts";
import { why } from "../flows/why.ts";
import type { Handlers } from "./handlers.ts";

/** People and Person. */
export const peopleHandlers = {
  "people.list": (house, args) => house.keep.reads.people(args),
  "people.find": (house, args) => findPeople(house, args),
  "person.get": (house, { personId }) => house.keep.reads.person(personId),
  "person.faces": (house, args) => house.keep.reads.personFaces(args),
  "person.photos": (house, args) => house.keep.reads.personPhotos(args),
  "person.growth": (house, { personId, frames }) => growth(house, personId, frames),
  "person.saveGrowth": (house, args) => saveGrowth(house, args),
  "person.split": (house, { personId, parts }) => splitPerson(house, personId, parts),
  "face.why": (house, { faceId }) => why(house, faceId),
} satisfies Partial<Handlers>;
