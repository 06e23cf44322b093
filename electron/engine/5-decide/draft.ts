import type { Said } from "../../contract/said.ts";
import { Problem } from "../errors.ts";
import type { FactTable, Row, RowChange } from "../types.ts";
import type { Facts, PersonFact } from "./facts.ts";
import type { Outcome } from "./outcome.ts";

/** Row changes being gathered by one verb. It sees its own changes, and a row that is changed twice is one change. */
export interface Draft {
  person(personId: number): PersonFact | null;
  setPerson(person: PersonFact): void;
  confirmedPerson(faceId: number): number | null;
  confirm(faceId: number, personId: number): void;
  unconfirm(faceId: number): void;
  isRejected(faceId: number, personId: number): boolean;
  reject(faceId: number, personId: number): void;
  unreject(faceId: number, personId: number): void;
  keepApart(a: number, b: number): void;
  letTogether(a: number, b: number): void;
  setNotFace(faceId: number, not: boolean): void;
  set(table: FactTable, key: readonly (string | number)[], before: Row | null, after: Row | null): void;
  /** A face whose standing changed, for the count in the sentence and for History. */
  touch(faceId: number): void;
  touched(): readonly number[];
  finish(sentence: string, personId: number | null, said: Said): Outcome;
}

/** Starts an empty draft upon `facts`. */
export function startDraft(facts: Facts): Draft {
  const changes = new Map<string, RowChange>();
  const faces = new Set<number>();

  function set(table: FactTable, key: readonly (string | number)[], before: Row | null, after: Row | null): void {
    const at = `${table}:${JSON.stringify(key)}`;
    changes.set(at, { table, key, before: changes.get(at)?.before ?? (changes.has(at) ? null : before), after });
  }
  function drafted(table: FactTable, key: readonly (string | number)[]): { readonly row: Row | null } | null {
    const change = changes.get(`${table}:${JSON.stringify(key)}`);
    return change === undefined ? null : { row: change.after };
  }
  function confirmedRow(faceId: number): Row | null {
    const own = drafted("confirmed", [faceId]);
    if (own !== null) return own.row;
    const personId = facts.confirmedPerson(faceId);
    return personId === null ? null : { face_id: faceId, person_id: personId };
  }
  function rejectedRow(faceId: number, personId: number): Row | null {
    const own = drafted("rejected", [faceId, personId]);
    if (own !== null) return own.row;
    return facts.isRejected(faceId, personId) ? { face_id: faceId, person_id: personId } : null;
  }
  function pair(a: number, b: number): readonly [number, number] {
    return a < b ? [a, b] : [b, a];
  }
  function apart(a: number, b: number): Row | null {
    const key = pair(a, b);
    const own = drafted("never_merge", key);
    if (own !== null) return own.row;
    return facts.neverMergeOf(a).includes(b) ? { a: key[0], b: key[1] } : null;
  }

  const draft: Draft = {
    person(personId) {
      const own = drafted("people", [personId]);
      if (own === null) return facts.person(personId);
      return own.row === null ? null : personOfRow(own.row);
    },
    setPerson(person) {
      const before = draft.person(person.id);
      set("people", [person.id], before === null ? null : rowOfPerson(before), rowOfPerson(person));
    },
    confirmedPerson(faceId) {
      const row = confirmedRow(faceId);
      return row === null ? null : Number(row["person_id"]);
    },
    confirm(faceId, personId) {
      const before = confirmedRow(faceId);
      set("confirmed", [faceId], before, { face_id: faceId, person_id: personId });
      draft.unreject(faceId, personId);
      draft.setNotFace(faceId, false);
    },
    unconfirm(faceId) {
      set("confirmed", [faceId], confirmedRow(faceId), null);
    },
    isRejected: (faceId, personId) => rejectedRow(faceId, personId) !== null,
    reject(faceId, personId) {
      set("rejected", [faceId, personId], rejectedRow(faceId, personId), { face_id: faceId, person_id: personId });
    },
    unreject(faceId, personId) {
      set("rejected", [faceId, personId], rejectedRow(faceId, personId), null);
    },
    keepApart(a, b) {
      const [low, high] = pair(a, b);
      set("never_merge", [low, high], apart(a, b), { a: low, b: high });
    },
    letTogether(a, b) {
      set("never_merge", pair(a, b), apart(a, b), null);
    },
    setNotFace(faceId, not) {
      const own = drafted("not_faces", [faceId]);
      const before = own === null ? (facts.isNotFace(faceId) ? { face_id: faceId } : null) : own.row;
      set("not_faces", [faceId], before, not ? { face_id: faceId } : null);
    },
    set,
    touch: (faceId) => void faces.add(faceId),
    touched: () => [...faces],
    finish(sentence, personId, said) {
      const kept = [...changes.values()].filter((change) => !sameRow(change.before, change.after));
      return { changes: kept, sentence, said, faces: [...faces], personId };
    },
  };
  return draft;
}

/** The row of `people` that a person is. */
export function rowOfPerson(person: PersonFact): Row {
  return {
    id: person.id,
    name: person.name,
    state: person.state,
    key_face_id: person.keyFaceId,
    birthday: person.birthday,
    merged_into: person.mergedInto,
  };
}

function personOfRow(row: Row): PersonFact {
  const state = row["state"];
  if (state !== "named" && state !== "unnamed" && state !== "stranger" && state !== "hidden")
    throw new Problem("internal", `state ${String(state)}`);
  const number = (value: string | number | null | undefined): number | null => (typeof value === "number" ? value : null);
  const text = (value: string | number | null | undefined): string | null => (typeof value === "string" ? value : null);
  return {
    id: Number(row["id"]),
    name: text(row["name"]),
    state,
    keyFaceId: number(row["key_face_id"]),
    birthday: text(row["birthday"]),
    mergedInto: number(row["merged_into"]),
  };
}

function sameRow(a: Row | null, b: Row | null): boolean {
  if (a === null || b === null) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
