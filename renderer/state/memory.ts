/** What a visit keeps for when one comes back: scroll position, focused item, open view. Nothing draws from it, so it is not reactive. */
export type Memory = Map<string, unknown>;
/** An empty memory. */
export function newMemory(): Memory {
  return new Map();
}
