import type { FaceView, LikelyPerson } from "../../../electron/contract/views.ts";
import { decide } from "../../state/decide.svelte.ts";
import { router } from "../../state/router.svelte.ts";
import { mergeInto } from "../people/people-acts.ts";
import type { PersonState } from "./person-state.svelte.ts";

const ids = (faces: readonly FaceView[]): number[] => faces.map((face) => face.id);

/** What can be done with faces of a person. Every one answers null when it did not happen (and has said why). */
export const faceActs = {
  /** Yes, it is this person. */
  confirm: (state: PersonState, faces: readonly FaceView[]) => decide("confirm", { faceIds: ids(faces), personId: state.id }),
  /** No: it fades where it stands, and is gone when one leaves. */
  async reject(state: PersonState, faces: readonly FaceView[]): Promise<unknown> {
    for (const face of faces) state.rejected.set(face.id, face);
    const done = await decide("reject", { faceIds: ids(faces), personId: state.id });
    if (done === null) for (const face of faces) state.rejected.delete(face.id);
    return done;
  },
  move: (_state: PersonState, faces: readonly FaceView[], to: LikelyPerson) =>
    decide("move", { faceIds: ids(faces), personId: to.personId }),
  splitOff: (state: PersonState, faces: readonly FaceView[], name?: string) =>
    decide("split", { personId: state.id, faceIds: ids(faces), ...(name === undefined ? {} : { name }) }),
  async stranger(state: PersonState, faces: readonly FaceView[]): Promise<unknown> {
    const split = await decide("split", { personId: state.id, faceIds: ids(faces) });
    return split === null || split.personId === null ? null : decide("stranger", { personId: split.personId });
  },
  notAFace: (_state: PersonState, faces: readonly FaceView[]) => decide("not-a-face", { faceIds: ids(faces) }),
  keyFace: (state: PersonState, face: FaceView) => decide("key-face", { personId: state.id, faceId: face.id }),
  async allAre(state: PersonState): Promise<unknown> {
    return decide("confirm", { faceIds: ids(state.boxed.filter((face) => face.toCheck)), personId: state.id });
  },
};

/** Gives this person a name, or another one. It stands there at once; what was refused is put back. */
export async function rename(state: PersonState, name: string): Promise<unknown> {
  const before = state.person;
  if (before !== null) state.person = { ...before, name, state: before.name === null ? "named" : before.state };
  const done = await decide(before?.state === "named" ? "rename" : "name", { personId: state.id, name });
  if (done === null && state.person?.name === name) state.person = before;
  return done;
}
/** Merges this person into another, who is shown instead from then on. */
export async function mergeAway(state: PersonState, into: Pick<LikelyPerson, "personId" | "name">): Promise<void> {
  const from = { id: state.id, name: state.person?.name ?? null };
  const here = router.here();
  const done = await mergeInto({ id: into.personId, name: into.name }, [from]);
  if (done !== null && here()) router.replace({ screen: "person", personId: into.personId });
}
/** Sets this person aside and goes back to where one came from. */
export async function setThisAside(state: PersonState, kind: "stranger" | "hide"): Promise<void> {
  const here = router.here();
  const done = await decide(kind, { personId: state.id });
  if (done !== null && here()) router.back();
}
