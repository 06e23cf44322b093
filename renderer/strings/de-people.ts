import type { PeopleWords } from "./en-people.ts";
import { enPeople } from "./en-people.ts";
export const dePeople: PeopleWords = enPeople;
