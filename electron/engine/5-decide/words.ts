import type { PersonFact } from "./facts.ts";

const number = new Intl.NumberFormat("en-US");

/** `1 face`, `12,430 faces`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${number.format(count)} ${count === 1 ? one : many}`;
}

/** The person's name, or `a group`. */
export function calledBy(person: PersonFact | null): string {
  return person?.name ?? "a group";
}

/** `14 March 1990` of `1990-03-14`. */
export function writtenDay(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  return `${date ?? ""} ${months[(month ?? 1) - 1] ?? ""} ${year ?? ""}`;
}
