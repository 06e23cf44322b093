import type { Store } from "../store.ts";

/** Whether somebody has photos, and all of them are on drives that are not connected. Costs nothing while every drive is there. */
export function isOffline(store: Store, personId: number): boolean {
  const any = store.remember(
    "photos offline",
    () =>
      store.sql("SELECT 1 FROM main.folders o CROSS JOIN main.files f ON f.folder_id = o.id AND f.state = 'offline' LIMIT 1").get() !==
      undefined,
  );
  if (!any) return false;
  return store.remember(`offline ${personId}`, () => {
    const found = store
      .sql<[object], { photos: number; there: number }>(
        `SELECT EXISTS (SELECT 1 FROM derived.members WHERE person_id = @person) AS photos,
          EXISTS (SELECT 1 FROM derived.members m CROSS JOIN main.photos p ON p.id = m.photo_id
            WHERE m.person_id = @person AND p.shown = 'present') AS there`,
      )
      .get({ person: personId });
    return found?.photos === 1 && found.there === 0;
  });
}
