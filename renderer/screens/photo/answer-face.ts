import type { BoxView, DecisionResult, FaceView } from "../../../electron/contract/views.ts";
import { decide } from "../../state/decide.svelte.ts";
import type { Answer } from "./answers.ts";

/** Records what was said about a face; null when it was refused. */
export async function answerFace(face: FaceView, answer: Answer): Promise<DecisionResult | null> {
  const faceIds = [face.id];
  switch (answer.kind) {
    case "yes":
      return face.personId === null ? null : decide("confirm", { faceIds, personId: face.personId });
    case "no":
      return face.personId === null ? null : decide("reject", { faceIds, personId: face.personId });
    case "person":
      return decide("move", { faceIds, personId: answer.personId });
    case "new":
      // One that stands in no group becomes somebody new by itself.
      if (face.personId === null) return decide("move", { faceIds, name: answer.name });
      // An unnamed group gets the name as a whole; out of a named person only this face goes.
      return face.name === null
        ? decide("name", { personId: face.personId, name: answer.name })
        : decide("split", { personId: face.personId, faceIds, name: answer.name });
    case "stranger":
      return face.personId === null ? null : decide("stranger", { personId: face.personId });
    case "not-a-face":
      return decide("not-a-face", { faceIds });
    case "leave":
    case "adjust":
      return null;
  }
}

/** Keeps a drawn face, with or without a name; null when it was refused. */
export async function keepDrawn(photoId: number, [x, y, width, height]: BoxView, answer: Answer): Promise<DecisionResult | null> {
  const box: [number, number, number, number] = [x, y, width, height];
  if (answer.kind === "person") return decide("draw", { photoId, box, personId: answer.personId });
  if (answer.kind === "new") return decide("draw", { photoId, box, name: answer.name });
  return decide("draw", { photoId, box });
}
