import type { PersonCard } from "../../../electron/contract/views.ts";

/**
 * The old order with fresh facts: what is gone goes, and nothing moves. What is new and may come (`mayCome`) stands behind the one it
 * follows in the fresh order; the rest waits.
 */
export function kept(
  old: readonly PersonCard[],
  fresh: readonly PersonCard[],
  mayCome: (card: PersonCard) => boolean,
): readonly PersonCard[] {
  const facts = new Map(fresh.map((card) => [card.id, card]));
  const staying = old.flatMap((card) => facts.get(card.id) ?? []);
  const there = new Set(staying.map((card) => card.id));
  const result = [...staying];
  fresh.forEach((card, at) => {
    if (there.has(card.id) || !mayCome(card)) return;
    const before = fresh.slice(0, at).findLast((each) => there.has(each.id));
    const place = before === undefined ? 0 : result.findIndex((each) => each.id === before.id) + 1;
    result.splice(place, 0, card);
    there.add(card.id);
  });
  return result;
}
