import type { BoxView, FaceView, PhotoView } from "../../../electron/contract/views.ts";
import type { Answer } from "./answers.ts";

/** The faces of a photo as they will be once an answer has been taken; other photos' faces are not thought about. */
export function assumed(faces: readonly FaceView[], faceId: number, answer: Answer): readonly FaceView[] {
  if (answer.kind === "not-a-face") return faces.filter((face) => face.id !== faceId);
  return faces.map((face) => (face.id === faceId ? { ...face, ...changed(answer) } : face));
}

/** Id of a drawn face that has not been kept yet: no picture, nothing to ask about. */
export const unkeptFace = -1;

/** A drawn face as it will be once it is kept. */
export function assumedDrawn(photo: PhotoView, box: BoxView, answer: Answer): FaceView {
  return {
    id: unkeptFace,
    photoId: photo.id,
    path: photo.path,
    box,
    landmarks: null,
    score: 1,
    quality: 1,
    source: "drawn",
    personId: null,
    name: null,
    personState: null,
    state: "proposed",
    sureness: "confirmed",
    toCheck: false,
    takenAt: photo.takenAt,
    age: null,
    twice: false,
    ...(answer.kind === "leave" ? {} : changed(answer)),
  };
}

function changed(answer: Answer): Partial<FaceView> {
  const said = { state: "confirmed", sureness: "confirmed", toCheck: false } as const;
  switch (answer.kind) {
    case "yes":
      return said;
    case "no":
      return { name: null, personId: null, personState: null, state: "proposed", toCheck: false, age: null };
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
