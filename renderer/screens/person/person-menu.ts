import { Cake, EyeOff, Link2Off, Merge, Pencil, Search, Undo2, UserRoundX } from "@lucide/svelte";
import type { PersonView } from "../../../electron/contract/views.ts";
import type { MenuItem } from "../../parts/menu-item.ts";
import { decide } from "../../state/decide.svelte.ts";
import { router } from "../../state/router.svelte.ts";
import { t } from "../../strings/words.svelte.ts";

/** What the menu of a person leads to. */
export interface PersonMenuActs {
  readonly rename: () => void;
  readonly birthday: () => void;
  readonly merge: () => void;
  readonly neverMerge: () => void;
  readonly setAside: (kind: "stranger" | "hide") => void;
}

/** Everything rare that can be done with a person as a whole. */
export function personMenu(person: PersonView, acts: PersonMenuActs): readonly MenuItem[] {
  const words = t().person;
  const named = person.state === "named";
  const aside = person.state === "stranger" || person.state === "hidden";
  const back: MenuItem = { label: words.bringBack, icon: Undo2, apart: true, run: () => void decide("restore", { personId: person.id }) };
  return [
    { label: named ? words.rename : words.nameIt, icon: Pencil, keys: "r", run: acts.rename },
    ...(named ? [{ label: words.birthday, icon: Cake, keys: "b", run: acts.birthday }] : []),
    { label: words.mergeWith, icon: Merge, keys: "m", run: acts.merge },
    { label: words.neverMerge, icon: Link2Off, run: acts.neverMerge },
    { label: words.searchFor, icon: Search, run: () => router.go({ screen: "search", query: { all: [person.id] } }) },
    ...(aside
      ? [back]
      : [
          ...(named ? [] : [{ label: words.setAside, icon: UserRoundX, keys: "s", apart: true, run: () => acts.setAside("stranger") }]),
          { label: words.hide, icon: EyeOff, keys: "h", apart: named, run: () => acts.setAside("hide") },
        ]),
  ];
}
