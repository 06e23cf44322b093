import { Problem } from "../errors.ts";
import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { startDraft } from "./draft.ts";
import { stand } from "./stand.ts";
import { writtenDay } from "./words.ts";

/** Sets (`YYYY-MM-DD`) or removes (null) a birthday. Throws `person-not-found`, `bad-request` for a day that no calendar has. */
export function birthday(facts: Facts, payload: { readonly personId: number; readonly date: string | null }): Outcome {
  const { date } = payload;
  if (date !== null && !isDay(date)) throw new Problem("bad-request", date);
  const draft = startDraft(facts);
  const person = stand(facts, draft, payload.personId, "anchor");
  draft.setPerson({ ...(draft.person(person.id) ?? person), birthday: date });
  const whose = person.name === null ? "a group's" : `${person.name}'s`;
  return draft.finish(date === null ? `Removed ${whose} birthday.` : `Set ${whose} birthday to ${writtenDay(date)}.`, person.id, {
    did: "birthday",
    name: person.name,
    date,
  });
}

/** Whether a calendar has that day (`YYYY-MM-DD`). */
export function isDay(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(date);
}
