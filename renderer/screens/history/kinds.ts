import type { PlacesWords } from "../../strings/en-places.ts";

/** The sorts of decisions that one can look at alone. */
export type Sort = keyof PlacesWords["history"]["kinds"];
export const sorts: readonly Sort[] = ["names", "merges", "answers", "aside", "other"];

const sortOfKind: Readonly<Record<string, Sort>> = {
  name: "names",
  rename: "names",
  birthday: "names",
  "key-face": "names",
  merge: "merges",
  split: "merges",
  "never-merge": "merges",
  confirm: "answers",
  reject: "answers",
  move: "answers",
  stranger: "aside",
  hide: "aside",
  restore: "aside",
  "not-a-face": "aside",
};

/** Which sort a kind of decision belongs to; kinds that are not known yet count as "everything else". */
export function sortOf(kind: string): Sort {
  return sortOfKind[kind] ?? "other";
}
