import type { PersonCard } from "../../../electron/contract/views.ts";
import { decide, undoAction } from "../../state/decide.svelte.ts";
import { toasts } from "../../state/toasts.svelte.ts";
import { t } from "../../strings/words.svelte.ts";
import { ask, asProblemView } from "../../bridge.ts";

/** Merges people into one. People that were said to be two are merged only after saying so, from the message. Null when it did not happen. */
export async function mergeInto(
  into: { readonly id: number; readonly name: string | null },
  from: readonly { readonly id: number; readonly name: string | null }[],
): Promise<unknown> {
  const ids = from.map((each) => each.id).filter((id) => id !== into.id);
  if (ids.length === 0) return null;
  return decide(
    "merge",
    { into: into.id, from: ids },
    {
      onProblem: (problem) => {
        if (problem.code !== "never-merge") {
          toasts.problem(problem);
          return;
        }
        const other = from.find((each) => each.id !== into.id);
        const sentence =
          into.name !== null && other !== undefined && other.name !== null
            ? t().people.neverMerged(into.name, other.name)
            : problem.sentence;
        toasts.say(sentence, {
          action: {
            label: t().people.mergeAllTheSame,
            keys: "",
            run: () => void decide("merge", { into: into.id, from: ids, force: true }),
          },
        });
      },
    },
  );
}

/** Which of several the others are merged into: a named one first, then the one with most faces. */
export function mergeTarget(people: readonly PersonCard[]): PersonCard | undefined {
  return [...people].sort((a, b) => Number(b.name !== null) - Number(a.name !== null) || b.faces - a.faces)[0];
}

/** Gives a group its name; what came along is said in the message. */
export async function giveName(person: PersonCard | { readonly id: number; readonly state: string }, name: string): Promise<unknown> {
  return decide(person.state === "named" ? "rename" : "name", { personId: person.id, name });
}

/** Sets several aside, one decision each, and offers to bring all of them back at once. */
export async function setAside(
  kind: "stranger" | "hide" | "restore",
  people: readonly { readonly id: number }[],
  sentence: (count: number) => string,
): Promise<unknown> {
  const [only] = people;
  if (people.length === 1 && only !== undefined) return decide(kind, { personId: only.id });
  const done: number[] = [];
  try {
    for (const person of people) {
      const result = await ask("decide", { kind, payload: { personId: person.id } });
      done.push(result.decisionId);
    }
  } catch (thrown) {
    toasts.problem(asProblemView(thrown));
  }
  if (done.length === 0) return null;
  toasts.say(sentence(done.length), { tone: "done", action: { ...undoAction(0), run: () => void takeBack(done) } });
  return done;
}

async function takeBack(decisions: readonly number[]): Promise<void> {
  try {
    for (const decisionId of [...decisions].reverse()) await ask("undo", { decisionId });
    toasts.say(t().toast.takenBack, { tone: "done" });
  } catch (thrown) {
    toasts.problem(asProblemView(thrown));
  }
}
