import type { Question } from "../../../electron/contract/views.ts";
import { faceUrl } from "../../bridge.ts";

/** The pictures of these questions are in the browser's cache before they are shown. */
export function loadAhead(questions: readonly Question[]): void {
  if (typeof Image === "undefined") return;
  for (const question of questions) {
    for (const card of [question.a, question.b]) {
      const large = card.keyFaceId ?? card.faceIds[0];
      if (large !== undefined) new Image().src = faceUrl(large, 256);
      for (const id of card.faceIds.slice(0, 7)) new Image().src = faceUrl(id, 128);
    }
  }
}
