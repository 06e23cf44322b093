import { inWords } from "../strings/problem-words.ts";
import type { ProgressView, StatusView } from "../../electron/contract/views.ts";
import type { AllWords } from "../strings/words.svelte.ts";

/** The status line in parts: what and how far, how long still. `share` is 0..1 for the hairline, null where it cannot be said. */
export interface StatusLine {
  readonly parts: readonly string[];
  readonly share: number | null;
  readonly quiet: boolean;
  readonly action: "pause" | "go-on" | null;
}

/** What the status line says. Time left is rounded: nobody plans by seconds. */
export function statusLine(progress: ProgressView, status: StatusView | null, words: AllWords): StatusLine {
  const said = words.status;
  const share = progress.total > 0 ? Math.min(1, progress.done / progress.total) : null;
  switch (progress.phase) {
    case "looking":
      return { parts: [said.looking(progress.total)], share: null, quiet: false, action: "pause" };
    case "reading":
      return { parts: [said.reading(progress.done, progress.total), ...left(progress, words)], share, quiet: false, action: "pause" };
    case "changing":
      return { parts: [said.changing(progress.done, progress.total), ...left(progress, words)], share, quiet: false, action: "pause" };
    case "grouping":
      return { parts: [said.grouping(progress.faces), ...left(progress, words)], share, quiet: false, action: null };
    case "paused":
      return { parts: [said.paused(progress.done, progress.total)], share, quiet: false, action: "go-on" };
    case "stopped":
      return {
        parts: [progress.problem === null ? progress.words : inWords(progress.problem).sentence],
        share,
        quiet: false,
        action: "go-on",
      };
    case "idle": {
      const photos = status?.photos ?? 0;
      const closer = closerLook(progress, words);
      const parts = [photos === 0 ? said.empty : said.idle(photos, status?.faces ?? 0), ...(closer === null ? [] : [closer])];
      return { parts, share: null, quiet: true, action: null };
    }
  }
}

/** How far the closer look at all faces of a very large library is, or null where there is none. */
export function closerLook({ closer }: ProgressView, words: AllWords): string | null {
  if (closer === null || closer === undefined) return null;
  return words.status.closer(Math.floor((100 * closer.done) / Math.max(1, closer.total)));
}

function left(progress: ProgressView, words: AllWords): readonly string[] {
  if (progress.secondsLeft === null) return [];
  const minutes = Math.round(progress.secondsLeft / 60);
  if (minutes < 1) return [words.status.underAMinute];
  return [minutes < 90 ? words.status.minutes(minutes) : words.status.hours(Math.round(minutes / 60))];
}
