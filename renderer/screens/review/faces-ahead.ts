import type { FaceView, Question } from "../../../electron/contract/views.ts";
import { ask } from "../../bridge.ts";

export type Faces = ReadonlyMap<number, FaceView>;
/** Questions whose faces are remembered. */
const most = 24;
const known = new Map<string, Promise<Faces>>();

/** The faces that a question shows, with their photos, by id; asked for once. Rejects with a `ProblemView`. */
export function facesOfQuestion({ id, a, b }: Question): Promise<Faces> {
  const faceIds = [...new Set([a, b].flatMap((card) => [card.keyFaceId, ...card.faceIds]))].filter((one) => one !== null);
  // A question may come again with other faces.
  const key = `${id} ${faceIds.join()}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const answer =
    faceIds.length === 0
      ? Promise.resolve<Faces>(new Map())
      : ask("faces.get", { faceIds }).then((list): Faces => new Map(list.map((face) => [face.id, face])));
  known.set(key, answer);
  answer.catch(() => known.delete(key));
  for (const oldest of known.keys()) {
    if (known.size <= most) break;
    known.delete(oldest);
  }
  return answer;
}
