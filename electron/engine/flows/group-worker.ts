import { parentPort, workerData } from "node:worker_threads";
import { asProblem } from "../errors.ts";
import { log } from "../log.ts";
import type { endMessage } from "./end-worker.ts";
import { conflicts, preview, rankPeople, suggest, whyOf } from "./group-answers.ts";
import { Desk } from "./group-desk.ts";
import { runGrouping } from "./group-run.ts";
import type { Answers, TaskMessage, TaskName } from "./group-task.ts";

/**
 * The thread that compares faces. It has a look of its own at the library, so the engine sends it questions, never faces. Grouping
 * and previews wait for each other; a ranking is answered between two of their steps.
 */
const { libraryDir } = workerData as { readonly libraryDir: string };
const desk = new Desk(libraryDir);
let heavy: Promise<unknown> = Promise.resolve();
let latestPreview = 0;

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = heavy.then(work);
  heavy = mine.catch(() => undefined);
  return mine;
}

async function answer(message: TaskMessage): Promise<Answers[TaskName]> {
  switch (message.kind) {
    case "group": {
      const { task } = message;
      const found = await inTurn(() => runGrouping(desk, task));
      // Not waited for: the answer is worth more than the next start.
      void inTurn(() => desk.writeNeighbours()).catch((thrown: unknown) =>
        log("warn", `neighbours not kept: ${asProblem(thrown).message}`),
      );
      return found;
    }
    case "preview": {
      const { id, task } = message;
      latestPreview = id;
      return inTurn(() => preview(desk, task, () => latestPreview !== id));
    }
    case "rank":
      return rankPeople(desk, message.task);
    case "why":
      return whyOf(desk, message.task);
    case "conflicts": {
      const { task } = message;
      return inTurn(() => conflicts(desk, task));
    }
    case "metric": {
      const { pack } = message.task;
      const { map: _, ...figures } = await inTurn(() => desk.metric(pack));
      return figures;
    }
    case "suggest":
      return suggest(desk, message.task);
    case "warm":
      await desk.refresh(message.task.pack);
      await desk.ranker();
      return null;
  }
}

parentPort?.on("message", (message: TaskMessage | typeof endMessage) => {
  if ("end" in message) process.exit(0);
  answer(message).then(
    (ok) => parentPort?.postMessage({ id: message.id, ok }),
    (thrown: unknown) => parentPort?.postMessage({ id: message.id, problem: asProblem(thrown).view() }),
  );
});
