/** Does one thing to a library until it is done or dies. Started by kill.ts; says on standard output what it has been promised. */
import { writeSync } from "node:fs";
import { seeded } from "../helpers/synthetic-library.ts";
import { plantCrash, pointsPassed } from "./crash-points.ts";
import { tasks, type TaskArgs, type TaskName } from "./tasks.ts";

/** What the parent asks for, as JSON in the first argument. */
export interface ChildArgs extends Omit<TaskArgs, "random" | "say"> {
  readonly task: TaskName;
  readonly seed: number;
  /** The point at which to die; null: be killed from outside, or finish. */
  readonly dieAt: number | null;
}

const { task, seed, dieAt, ...rest } = JSON.parse(process.argv[2] ?? "{}") as ChildArgs;
const say = (word: string, what: unknown = ""): void => {
  writeSync(1, `${word} ${typeof what === "string" ? what : JSON.stringify(what)}\n`);
};
plantCrash(dieAt);
say("ready");
await tasks[task]({ ...rest, random: seeded(seed), say });
say("done", String(pointsPassed()));
process.exit(0);
