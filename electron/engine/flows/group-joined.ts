import type { ParsedArgs } from "../../contract/args.ts";
import type { JoinedView } from "../../contract/grouping-views.ts";
import type { Page } from "../../contract/views.ts";
import type { House } from "./house.ts";

/** Groups that grew together by themselves, latest first. Taking one back is a decision: it makes them two for good. */
export function listJoined({ keep }: House, page: ParsedArgs<"groups.joined">): Page<JoinedView> {
  const { total, items } = keep.joinedGroups(page);
  return {
    total,
    items: items.flatMap(({ id, at, stayed, faceIds }) => {
      const person = keep.reads.card(stayed);
      if (person === null) return [];
      return [{ id, at, person, faceIds, takeBack: { kind: "split" as const, payload: { personId: person.id, faceIds, apart: true } } }];
    }),
  };
}
