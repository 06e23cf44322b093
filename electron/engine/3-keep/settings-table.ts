import { settings } from "../settings.ts";
import type { Store } from "./store.ts";

/** A kept setting, or `otherwise`. The caller knows the shape it kept. */
export function getSetting<T>(store: Store, key: string, otherwise: T): T {
  const row = store.sql<[string], { value: string }>("SELECT value FROM main.settings WHERE key = ?").get(key);
  return row === undefined ? otherwise : (JSON.parse(row.value) as T);
}

/** Keeps a setting as JSON. */
export function setSetting(store: Store, key: string, value: unknown): void {
  store.write(() => {
    const before = checkAbove(store);
    store
      .sql("INSERT INTO main.settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
      .run(key, JSON.stringify(value));
    // The cards count by it; see [Note: Members].
    if (checkAbove(store) !== before)
      store.sql("INSERT INTO derived.stale SELECT person_id FROM derived.cards WHERE true ON CONFLICT DO NOTHING").run();
  });
}

/** False-accept rate above which a proposal is "to check": what a person chose, see flows/preferences. */
export function checkAbove(store: Store): number {
  return getSetting<{ readonly checkAbove?: number }>(store, "preferences", {}).checkAbove ?? settings.sureness.bands[0];
}
