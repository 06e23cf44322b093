import { doAgain, takeBack, takeDecision } from "../flows/decisions.ts";
import { exportDecisions } from "../flows/portable-export.ts";
import { importDecisions } from "../flows/portable-import.ts";
import type { Handlers } from "./handlers.ts";

/** Decisions, undo and History. */
export const historyHandlers = {
  decide: (house, { kind, payload }) => takeDecision(house, kind, payload),
  undo: (house, { decisionId }) => takeBack(house, decisionId),
  redo: (house, { decisionId }) => doAgain(house, decisionId),
  export: (house) => exportDecisions(house.keep),
  import: (house, { document }) => importDecisions(house, document),
  history: (house, page) => house.keep.reads.history(page),
} satisfies Partial<Handlers>;
