import { EyeOff, Merge, Pencil, UserRoundX } from "@lucide/svelte";
import type { PersonCard } from "../../../electron/contract/views.ts";
import type { BarAction } from "../../parts/bar-action.ts";
import { t } from "../../strings/words.svelte.ts";

/** What can be done with people and groups, by bar and by key. */
export type PeopleActs = Readonly<Record<"name" | "merge" | "strangers" | "hide", () => void>>;

/** What the bar offers for the selected: several can be merged, only groups can be strangers. */
export function peopleBar(chosen: readonly PersonCard[], acts: PeopleActs): readonly BarAction[] {
  const words = t().people;
  const [only, ...more] = chosen;
  const named = more.length === 0 && only !== undefined && only.name !== null;
  const stranger = chosen.length > 1 ? words.strangersAct : words.strangerAct;
  return [
    { label: named ? t().person.rename : words.name, icon: Pencil, keys: "r", run: acts.name },
    ...(chosen.length > 1 ? [{ label: words.merge, icon: Merge, keys: "m", run: acts.merge }] : []),
    ...(chosen.every((card) => card.name === null) ? [{ label: stranger, icon: UserRoundX, keys: "s", run: acts.strangers }] : []),
    { label: words.hide, icon: EyeOff, keys: "h", run: acts.hide },
  ];
}
