import type { Question } from "../../../electron/contract/views.ts";
import { faceUrl } from "../../bridge.ts";
import { HeldPictures } from "../../parts/held-pictures.ts";

/** So many questions' pictures are had ready: at two answers a second three seconds of them. */
const ahead = 6;
/** The pictures of what is asked next, and of some questions before: Back shows them at once too. */
export const heldForReview = new HeldPictures(240);

/** The pictures of these questions are there before they are shown, the next one's first. */
export function loadAhead(questions: readonly Question[]): void {
  for (const question of questions.slice(0, ahead)) {
    const sides = [question.a, question.b];
    for (const card of sides) {
      const large = card.keyFaceId ?? card.faceIds[0];
      if (large !== undefined) heldForReview.hold(faceUrl(large, 256));
    }
    for (const card of sides) for (const id of card.faceIds.slice(0, 7)) heldForReview.hold(faceUrl(id, 128));
  }
}
