import { doAgain, takeBack, takeDecision } from "../flows/decisions.ts";
import type { Handlers } from "./handlers.ts";

/** Decisions, undo and History. */
export const historyHandlers = {
  decide: (house, { kind, payload }) => takeDecision(house, kind, payload),
  undo: (house, { decisionId }) => takeBack(house, decisionId),
  redo: (house) => doAgain(house),
  history: (house, page) => house.keep.reads.history(page),
} satisfies Partial<Handlers>;
