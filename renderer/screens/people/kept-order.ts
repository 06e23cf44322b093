import type { PersonCard } from "../../../electron/contract/views.ts";

/** The old order with fresh facts; what is gone goes. `grow`: what is new comes at the end. */
export function kept(old: readonly PersonCard[], fresh: readonly PersonCard[], grow: boolean): readonly PersonCard[] {
  const facts = new Map(fresh.map((card) => [card.id, card]));
  const staying = old.flatMap((card) => {
    const now = facts.get(card.id);
    facts.delete(card.id);
    return now === undefined ? [] : [now];
  });
  return grow ? [...staying, ...facts.values()] : staying;
}
