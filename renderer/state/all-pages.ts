import type { Page } from "../../electron/contract/views.ts";

/** Everything of a list, asked for piece by piece so that no single answer is too large. */
export async function allPages<T>(load: (offset: number, limit: number) => Promise<Page<T>>, limit: number): Promise<readonly T[]> {
  const first = await load(0, limit);
  const all = [...first.items];
  while (all.length < first.total) {
    const next = await load(all.length, limit);
    if (next.items.length === 0) break;
    all.push(...next.items);
  }
  return all;
}
