import type { Migration } from "../migrate.ts";

/**
 * Dates that are only a file's time no longer count for people, and letters as ß and ø are found as they are typed: members and cards are
 * made anew, which a file behind the catalogue's change number asks for.
 */
export const derivedDates: Migration = {
  version: 3,
  sql: "UPDATE meta SET value = -1 WHERE key = 'change';",
};
