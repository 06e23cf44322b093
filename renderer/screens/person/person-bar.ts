import { Ban, Check, CircleHelp, FolderOpen, Split, Star, UserRound, UserRoundMinus } from "@lucide/svelte";
import type { BarAction } from "../../parts/bar-action.ts";
import { t } from "../../strings/words.svelte.ts";

interface Chosen {
  /** First name, "" where there is none. */
  readonly short: string;
  readonly named: boolean;
  /** Exactly one tile is selected. */
  readonly one: boolean;
  /** One of the faces is only proposed. */
  readonly proposed: boolean;
  /** This computer's file manager can be opened. */
  readonly folder: boolean;
}
type Acts = Readonly<Record<"yes" | "no" | "move" | "splitOff" | "keyFace" | "why" | "notAFace" | "folder", () => unknown>>;

/** What the bar offers for the selected faces. */
export function personBar(chosen: Chosen, acts: Acts): readonly BarAction[] {
  const words = t().person;
  return [
    ...(chosen.proposed && chosen.named ? [{ label: words.yes(chosen.short), icon: Check, keys: "y", run: () => void acts.yes() }] : []),
    { label: words.moveTo, icon: UserRound, keys: "o", run: () => void acts.move() },
    { label: words.splitOff, icon: Split, keys: "t", run: () => void acts.splitOff() },
    { label: chosen.named ? words.not(chosen.short) : words.notThis, icon: UserRoundMinus, keys: "n", run: () => void acts.no() },
    ...(chosen.one ? [{ label: words.keyFace, icon: Star, keys: "k", run: () => void acts.keyFace() }] : []),
    { label: words.notAFace, icon: Ban, keys: "x", run: () => void acts.notAFace() },
    ...(chosen.one ? [{ label: words.why, icon: CircleHelp, keys: "w", run: () => void acts.why() }] : []),
    ...(chosen.one && chosen.folder ? [{ label: t().photo.showInFolder, icon: FolderOpen, keys: "e", run: () => void acts.folder() }] : []),
  ];
}
