import { parentPort, workerData } from "node:worker_threads";
import { step, type Steps } from "../4-group/steps.ts";
import { asProblem } from "../errors.ts";
import { log } from "../log.ts";
import type { endMessage } from "./end-worker.ts";
import { conflicts, finish, preview, rankPeople, suggest, whyOf } from "./group-answers.ts";
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
/** Heavy work that waits for its turn. */
let waiting = 0;
/** Answers under way, those of heavy work too. */
const underWay = new Set<Promise<unknown>>();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  waiting += 1;
  const mine = heavy.then(() => {
    waiting -= 1;
    return work();
  });
  heavy = mine.catch(() => undefined);
  return mine;
}

/** Steps of work that nobody waits for: it ends where other heavy work waits, and lets what is quickly answered go first. */
function givingWay(): Steps {
  const own = step({ isCancelled: () => waiting > 0 }, "finish", 0, 1);
  return {
    async breathe(share) {
      await own.breathe(share);
      while (underWay.size > 0 && waiting === 0) {
        await Promise.allSettled(underWay);
        await own.breathe(share);
      }
    },
  };
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
    case "finish": {
      const { task } = message;
      return inTurn(() => finish(desk, task, givingWay()));
    }
    case "warm":
      await desk.refresh(message.task.pack);
      await Promise.all([desk.ranker(), desk.searcher()]);
      return null;
  }
}

parentPort?.on("message", (message: TaskMessage | typeof endMessage) => {
  if ("end" in message) process.exit(0);
  const answered = answer(message);
  if (message.kind !== "finish") {
    const settled = answered.then(
      () => undefined,
      () => undefined,
    );
    underWay.add(settled);
    void settled.then(() => underWay.delete(settled));
  }
  answered.then(
    (ok) => parentPort?.postMessage({ id: message.id, ok }),
    (thrown: unknown) => parentPort?.postMessage({ id: message.id, problem: asProblem(thrown).view() }),
  );
});
