import type { SearchQuery } from "../../../electron/contract/views.ts";

/**
 * A query without one of its conditions. `condition` is the name of a part (`from`, `folder`, `none` …), or a part and a person
 * as `all:12`. What is not known leaves the query as it is.
 */
export function dropFrom(query: SearchQuery, condition: string): SearchQuery {
  const [part, id] = condition.split(":");
  if (part === "dates" || part === "when") {
    const { from: _from, to: _to, ...rest } = query;
    return rest;
  }
  if (part === undefined || !(part in query)) return query;
  if (id === undefined) return Object.fromEntries(Object.entries(query).filter(([key]) => key !== part));
  if (part === "aged") {
    const rest = (query.aged ?? []).filter(({ person }) => person !== Number(id));
    const { aged: _aged, ...others } = query;
    return rest.length > 0 ? { ...others, aged: rest } : others;
  }
  if (part !== "all" && part !== "any" && part !== "only" && part !== "none") return query;
  const people = query[part] ?? [];
  // Somebody who was merged in the meantime is called by another number: then the whole line goes.
  const rest = people.includes(Number(id)) ? people.filter((person) => person !== Number(id)) : [];
  const { [part]: _dropped, ...others } = query;
  return rest.length > 0 ? { ...others, [part]: rest } : others;
}
