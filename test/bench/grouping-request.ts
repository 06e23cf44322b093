import type { Calibration } from "../../electron/engine/types.ts";
import { plantedEngine } from "../helpers/planted-engine.ts";
import type { LabelledFaces } from "./grouping-library.ts";

export interface RequestFigures {
  /** Milliseconds, the median over the people named: the answer to the name, and to the request for likely faces right after it. */
  readonly nameMs: number;
  readonly suggestionsMs: number;
  readonly slowestMs: number;
  /** Faces suggested, on average. */
  readonly suggested: number;
}

/** Names the largest groups one after the other in the real engine, and asks for likely faces while it groups anew behind. */
export async function nameInEngine(faces: LabelledFaces, calibration: Calibration, people = 9): Promise<RequestFigures> {
  const open = await plantedEngine({ ...faces, calibration });
  try {
    const { engine } = open;
    const { items } = await engine.request("people.list", { show: "unnamed", sort: "faces", limit: people });
    const [named, suggested]: [number[], number[]] = [[], []];
    let found = 0;
    for (const [at, { id }] of items.entries()) {
      // The name field has asked whom they are like by then.
      await engine.request("people.find", { text: "P", personId: id });
      const began = performance.now();
      await engine.request("decide", { kind: "name", payload: { personId: id, name: `Person ${at}` } });
      const then = performance.now();
      found += (await engine.request("person.suggestions", { personId: id, limit: 60 })).items.length;
      named.push(then - began);
      suggested.push(performance.now() - then);
      // A person types the next name some seconds later; the grouping behind goes on meanwhile.
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
    return {
      nameMs: median(named),
      suggestionsMs: median(suggested),
      slowestMs: Math.max(...suggested),
      suggested: found / Math.max(1, items.length),
    };
  } finally {
    await open.close();
  }
}
