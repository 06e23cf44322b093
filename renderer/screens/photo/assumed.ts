import type { FaceView } from "../../../electron/contract/views.ts";
import type { Answer } from "./answers.ts";

/** The faces of a photo as they will be once an answer has been taken; other photos' faces are not thought about. */
export function assumed(faces: readonly FaceView[], faceId: number, answer: Answer): readonly FaceView[] {
  if (answer.kind === "not-a-face") return faces.filter((face) => face.id !== faceId);
  return faces.map((face) => (face.id === faceId ? { ...face, ...changed(answer) } : face));
}

function changed(answer: Answer): Partial<FaceView> {
  const said = { state: "confirmed", sureness: "confirmed" } as const;
  switch (answer.kind) {
    case "yes":
      return said;
    case "no":
      return { name: null, personId: null, personState: null, state: "proposed", age: null };
    case "person":
      return { ...said, name: answer.name, personId: answer.personId, personState: "named", age: null };
    case "new":
      return { ...said, name: answer.name, personState: "named", age: null };
    case "stranger":
      return { personState: "stranger" };
    default:
      return {};
  }
}
