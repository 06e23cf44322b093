import type { Migration } from "../migrate.ts";

/** What a decision said as data (JSON, contract/said.ts), so that it can be told in any language; null where an older Familiar kept the sentence alone. */
export const catalogSaid: Migration = {
  version: 5,
  sql: `
ALTER TABLE decisions ADD COLUMN said TEXT;
DROP TRIGGER decisions_are_final;
CREATE TRIGGER decisions_are_final BEFORE UPDATE OF id, kind, payload, at, sentence, faces, face_ids, person_id, target, said ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are final'); END;
`,
};
