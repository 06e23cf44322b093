import type { Store } from "./store.ts";

const day = 86_400_000;

/** Days since 1970 on which faces' photos were taken (NaN: not known), in the order of `faces`, and people's days of birth. */
export function datesFor(
  store: Store,
  faces: { readonly photoIds: Int32Array },
): { readonly takenAt: Float64Array; readonly birthdays: ReadonlyMap<number, number> } {
  const born = store
    .sql<[], { id: number; birthday: string }>("SELECT id, birthday FROM people WHERE birthday IS NOT NULL AND merged_into IS NULL")
    .all()
    .map((row) => [row.id, Date.parse(`${row.birthday}T00:00:00Z`) / day] as const);
  const taken = new Map(
    faces.photoIds.length === 0
      ? []
      : store
          .sql<[], { id: number; at: string }>(
            "SELECT id, taken_at AS at FROM photos WHERE taken_at IS NOT NULL AND taken_from <> 'file-time'",
          )
          .all()
          .map((row) => [row.id, Math.floor(Date.parse(`${row.at}Z`) / day)]),
  );
  return { takenAt: Float64Array.from(faces.photoIds, (id) => taken.get(id) ?? NaN), birthdays: new Map(born) };
}
