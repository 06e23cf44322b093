import type { Page } from "playwright-core";

/** Milliseconds from a request's start to the last byte of its answer, by name. */
export type Answers = Readonly<Record<string, { readonly asked: number; readonly median: number; readonly longest: number }>>;

/** Listens to what a page asks; what comes back tells all of it so far. */
export function watchAnswers(page: Page): () => Answers {
  const times = new Map<string, number[]>();
  page.on("requestfinished", (request) => {
    const name = nameOf(request.url());
    const { responseEnd } = request.timing();
    if (name === null || responseEnd < 0) return;
    const list = times.get(name) ?? [];
    list.push(responseEnd);
    times.set(name, list);
  });
  return () =>
    Object.fromEntries(
      [...times].sort().map(([name, list]) => {
        const sorted = list.sort((a, b) => a - b);
        return [name, { asked: list.length, median: sorted[Math.floor(sorted.length / 2)] ?? NaN, longest: sorted.at(-1) ?? NaN }];
      }),
    );
}

function nameOf(url: string): string | null {
  const [, door, name = ""] = new URL(url).pathname.split("/");
  if (door === "api") return name;
  return door === "media" ? `picture of a ${name}` : null;
}
