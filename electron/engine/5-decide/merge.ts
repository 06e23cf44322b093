import { Problem } from "../errors.ts";
import type { Facts, PersonFact } from "./facts.ts";
import type { Draft } from "./draft.ts";
import type { Outcome } from "./outcome.ts";
import { startDraft } from "./draft.ts";
import { confirmFace, stand } from "./stand.ts";
import { calledBy, countOf } from "./words.ts";

/**
 * Makes several people one. All faces of `from` become confirmed faces of `into`; their rejections and never-merge pairs go along;
 * a name, a key face and a birthday that `into` lacks are taken from the first that has them. A machine's proposal against a
 * rejection by `into` stays out: what was said of that one face stands. Throws `person-not-found`, `never-merge` (unless `force`),
 * `bad-request` where there is nothing to merge.
 */
export function merge(
  facts: Facts,
  payload: { readonly into: number; readonly from: readonly number[]; readonly force?: boolean | undefined },
): Outcome {
  const from = [...new Set(payload.from)].filter((id) => id !== payload.into);
  if (from.length === 0) throw new Problem("bad-request", "a merge needs two people");
  const draft = startDraft(facts);
  const first = stand(facts, draft, payload.into, facts.person(payload.into)?.name ? "none" : "whole");
  const others = from.map((id) => stand(facts, draft, id, "none"));
  partPairs(facts, draft, [first, ...others], payload.force === true);
  const untouched = draft.touched().length;
  const together = new Set([payload.into, ...from]);
  for (const other of others) takeIn(facts, draft, payload.into, other, together);
  const moved = draft.touched().length - untouched;
  const into = heir(first, others);
  draft.setPerson(into);
  const called = into.name === null ? "one group" : into.name;
  return draft.finish(`Merged ${countOf(moved, "face")} into ${called}.`, into.id, { did: "merged", faces: moved, name: into.name });
}

/** Refuses, or with `force` removes, what keeps any two of these people apart. */
function partPairs(facts: Facts, draft: Draft, people: readonly PersonFact[], force: boolean): void {
  for (const [index, a] of people.entries()) {
    const apart = new Set(facts.neverMergeOf(a.id));
    for (const b of people.slice(index + 1)) {
      if (!apart.has(b.id)) continue;
      if (!force) throw twoPeople(a, b);
      draft.letTogether(a.id, b.id);
    }
  }
}

function twoPeople(a: PersonFact, b: PersonFact): Problem {
  const known = a.name !== null && b.name !== null;
  return new Problem(
    "never-merge",
    `${a.id}, ${b.id}`,
    known ? { sentence: `You said that ${calledBy(a)} and ${calledBy(b)} are two people.` } : {},
  );
}

/** `together`: everybody who becomes one here; nobody is kept apart from who they are. */
function takeIn(facts: Facts, draft: Draft, into: number, other: PersonFact, together: ReadonlySet<number>): void {
  for (const faceId of facts.confirmedFaces(other.id)) confirmFace(draft, faceId, into);
  for (const faceId of facts.proposedFaces(other.id)) {
    if (draft.confirmedPerson(faceId) === null && !draft.isRejected(faceId, into)) confirmFace(draft, faceId, into);
  }
  for (const faceId of facts.rejectedFaces(other.id)) {
    draft.unreject(faceId, other.id);
    if (draft.confirmedPerson(faceId) !== into) draft.reject(faceId, into);
  }
  for (const third of facts.neverMergeOf(other.id)) {
    draft.letTogether(other.id, third);
    const thirdRow = draft.person(third);
    if (!together.has(third) && (thirdRow === null || thirdRow.mergedInto === null)) draft.keepApart(into, third);
  }
  draft.setPerson({ ...other, mergedInto: into });
}

function heir(into: PersonFact, others: readonly PersonFact[]): PersonFact {
  const named = into.name === null ? others.find((other) => other.name !== null) : undefined;
  const source = named ?? into;
  return {
    ...into,
    name: source.name,
    state: named === undefined ? into.state : named.state,
    keyFaceId: source.keyFaceId ?? into.keyFaceId,
    birthday: source.birthday ?? into.birthday ?? others.find((other) => other.birthday !== null)?.birthday ?? null,
  };
}
