import type { Frames } from "./frames.ts";
import type { ScreensBench } from "./screens.ts";

/** What `npm run bench -- screens` prints for people. */
export function screensWords(bench: ScreensBench): string {
  const { library, first, use } = bench;
  const ms = (value: number): string => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
  const frames = (name: string, at: Frames): string =>
    `  ${name.padEnd(34)} ${ms(at.median)} a frame (${(at.median / bench.bare.median).toFixed(2)} times the bare page), 1 of 100 over ${ms(at.worstOfHundred)}, ` +
    `longest ${ms(at.longest)}, ${(100 * at.late).toFixed(1)} % late, ${ms(at.work)} of work a frame, ${ms(at.own)} of it script, style and layout; ${at.elements} elements`;
  return [
    `${library.photos} photos, ${library.faces} faces, ${library.people} people (${library.named} named); ${bench.cores} cores, load ${bench.load.map((each) => each.toFixed(1)).join(" to ")}`,
    `first paint ${ms(first.paint)}, people in view ${ms(first.people)}`,
    `opened: ${Object.entries(bench.opened)
      .map(([name, time]) => `${name} ${ms(time)}`)
      .join(", ")}`,
    "scrolled:",
    frames("a bare page of pictures", bench.bare),
    ...Object.entries(bench.scrolled).map(([name, at]) => frames(name, at)),
    ...(bench.whileReading === null ? ["  while reading: not measured, there are no photographs here"] : ["while a folder is read:"]),
    ...Object.entries(bench.whileReading ?? {}).map(([name, at]) => frames(name, at)),
    "answers as the screens had them:",
    ...Object.entries(bench.answers).map(
      ([name, at]) => `  ${name.padEnd(34)} ${at.asked} times, median ${ms(at.median)}, longest ${ms(at.longest)}`,
    ),
    `after ${use.minutes} minutes and ${use.steps} steps: page ${use.page.start.toFixed(1)} to ${use.page.end.toFixed(1)} MB (most ${use.page.most.toFixed(1)}), ` +
      (use.window === null
        ? ""
        : `its process ${use.window.start.toFixed(0)} to ${use.window.end.toFixed(0)} MB (most ${use.window.most.toFixed(0)}), `) +
      (use.engine === null
        ? "engine not known"
        : `engine ${use.engine.start.toFixed(0)} to ${use.engine.end.toFixed(0)} MB (most ${use.engine.most.toFixed(0)})`) +
      `, ${use.elements.start} to ${use.elements.end} elements`,
  ].join("\n");
}
