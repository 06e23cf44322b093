import { lookAlikes } from "../flows/look-alikes.ts";
import type { Handlers } from "./handlers.ts";

/** Review: questions by what they would settle. */
export const reviewHandlers = {
  "review.next": (house, { limit, ...about }) => house.keep.reads.questions(limit, about),
  "review.pairs": (house) => house.keep.reads.pairs(),
  "review.lookAlikes": (house, { a, b }) => lookAlikes(house, a, b),
  "review.skip"(house, { questionId, again }) {
    house.keep.skipQuestion(questionId, again);
    return null;
  },
} satisfies Partial<Handlers>;
