import type { Handlers } from "./handlers.ts";

/** Review: questions by what they would settle. */
export const reviewHandlers = {
  "review.next": (house, { limit }) => house.keep.reads.questions(limit),
  "review.skip"(house, { questionId }) {
    house.keep.skipQuestion(questionId);
    return null;
  },
} satisfies Partial<Handlers>;
