import type { Question } from "../../../electron/contract/views.ts";
import { faceUrl } from "../../bridge.ts";
import { HeldPictures } from "../../parts/held-pictures.ts";

/** So many questions' pictures are had ready: at two answers a second three seconds of them. */
const ahead = 6;
/** The pictures of what is asked next, and of some questions before: Back shows them at once too. */
export const heldForReview = new HeldPictures(240);

/** Finer ones, of faces shown large: of this question, of the next, and of some before. */
export const heldFine = new HeldPictures(12);

/** The face that a side of a question shows large. */
export function largeOf(card: Question["a"]): number | null {
  return card.keyFaceId ?? card.faceIds[0] ?? null;
}

/** The pictures of these questions are there before they are shown, the next one's first. */
export function loadAhead(questions: readonly Question[]): void {
  for (const question of questions.slice(0, ahead)) {
    const sides = [question.a, question.b];
    for (const card of sides) {
      const large = largeOf(card);
      if (large !== null) void heldForReview.hold(faceUrl(large, 256));
    }
    for (const card of sides) for (const id of card.faceIds.slice(0, 7)) void heldForReview.hold(faceUrl(id, 128));
  }
}

/** The finer pictures of the next question too, once this one's are there and somebody still looks at it. */
export function loadFineAhead(next: Question | undefined): void {
  for (const card of next === undefined ? [] : [next.a, next.b]) {
    const large = largeOf(card);
    if (large !== null) void heldFine.hold(faceUrl(large, "large"));
  }
}
