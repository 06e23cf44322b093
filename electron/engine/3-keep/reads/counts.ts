import type { Store } from "../store.ts";
import { openQuestions } from "./questions.ts";
import { freshCards } from "../members.ts";

/** Totals for the status line. */
export interface Counts {
  readonly photos: number;
  readonly faces: number;
  readonly people: number;
  readonly unnamed: number;
  readonly strangers: number;
  readonly hidden: number;
  readonly questions: number;
  readonly failed: number;
  /** Files known and present. */
  readonly files: number;
}

/** Counts everything; answered from memory until something changes. */
export function countAll(store: Store): Counts {
  return store.remember("counts", () => {
    freshCards(store);
    const one = (text: string): number => store.sql<[], { n: number }>(text).get()?.n ?? 0;
    const state = (name: string): number =>
      store.sql<[string], { n: number }>("SELECT count(*) AS n FROM derived.cards WHERE state = ?").get(name)?.n ?? 0;
    return {
      photos: one("SELECT count(*) AS n FROM main.photos INDEXED BY photos_by_month WHERE visible = 1"),
      faces: one("SELECT coalesce(sum(face_count), 0) AS n FROM main.photos INDEXED BY photos_by_month WHERE visible = 1"),
      people: state("named"),
      unnamed: state("unnamed"),
      strangers: state("stranger"),
      hidden: state("hidden"),
      questions: openQuestions(store),
      failed: one("SELECT count(*) AS n FROM files WHERE problem IS NOT NULL AND state = 'present'"),
      files: one("SELECT count(*) AS n FROM files WHERE state = 'present'"),
    };
  });
}
