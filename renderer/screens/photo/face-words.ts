import type { FaceView } from "../../../electron/contract/views.ts";
import type { AllWords } from "../../strings/words.svelte.ts";

/** What stands under a face's box: its name, with a `?` where the machine is not sure; nothing for somebody without a name. */
export function labelOf(face: FaceView): string {
  if (face.name === null) return "";
  return toCheck(face) ? `? ${face.name}` : face.name;
}
/** Whether a face wants a look: proposed to be somebody with a name, and less sure than was chosen to let stand. */
export function toCheck(face: FaceView): boolean {
  return face.toCheck && face.name !== null;
}
/** A face for the ear: name, age, standing. */
export function spoken(face: FaceView, words: AllWords["face"], sureness: AllWords["sureness"], age: (n: number) => string): string {
  const parts = [face.name ?? words.unnamed];
  if (face.age !== null) parts.push(age(face.age));
  if (face.name !== null) parts.push(face.state === "confirmed" ? words.confirmed : words.proposed(sureness[face.sureness]));
  if (face.twice) parts.push(words.twice);
  return parts.join(", ");
}
