import type { Page } from "playwright-core";

/** How a page moved while it was scrolled. Milliseconds between frames as the page itself saw them. */
export interface Frames {
  readonly frames: number;
  readonly median: number;
  readonly worstOfHundred: number;
  readonly longest: number;
  /** Share of frames that came later than two of a 60 Hz screen, 0..1. */
  readonly late: number;
  /** Processor milliseconds a frame of the page's own thread: script, style, layout and paint. What to compare on a busy computer. */
  readonly work: number;
  /** Its part that is ours whatever draws: script, style and layout. Where there is no graphics card, painting is most of `work`. */
  readonly own: number;
  /** Most elements that stood in the document. */
  readonly elements: number;
}

/**
 * Scrolls what scrolls most in the page for so many seconds, so many pixels a frame and back from its ends, as a turning wheel does, and
 * measures the time between frames.
 */
export async function scrollFrames(page: Page, seconds: number, pixelsAFrame = 40): Promise<Frames> {
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async (names: readonly string[]): Promise<number> => {
    const { metrics } = await client.send("Performance.getMetrics");
    return metrics.reduce((sum, { name, value }) => (names.includes(name) ? sum + 1000 * value : sum), 0);
  };
  const all = ["TaskDuration"];
  const ours = ["ScriptDuration", "LayoutDuration", "RecalcStyleDuration"];
  const before = [await worked(all), await worked(ours)] as const;
  const found = await page.evaluate(
    async ([milliseconds, step]) => {
      const boxes = [...document.querySelectorAll<HTMLElement>("*")].filter((each) => each.scrollHeight > each.clientHeight + 40);
      const tall = boxes.sort((a, b) => b.scrollHeight - a.scrollHeight)[0] ?? document.documentElement;
      const times: number[] = [];
      let elements = 0;
      let direction = 1;
      await new Promise<void>((done) => {
        const started = performance.now();
        const onFrame = (now: number): void => {
          times.push(now);
          if (times.length % 30 === 0) elements = Math.max(elements, document.querySelectorAll("*").length);
          if (tall.scrollTop + tall.clientHeight >= tall.scrollHeight - 2) direction = -1;
          if (tall.scrollTop <= 0) direction = 1;
          tall.scrollTop += direction * step;
          if (performance.now() - started < milliseconds) requestAnimationFrame(onFrame);
          else done();
        };
        requestAnimationFrame(onFrame);
      });
      return { times, elements };
    },
    [seconds * 1000, pixelsAFrame] as const,
  );
  const [work, own] = [(await worked(all)) - before[0], (await worked(ours)) - before[1]];
  await client.detach();
  const gaps = found.times.slice(1).map((time, at) => time - (found.times[at] ?? time));
  const sorted = [...gaps].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
  return {
    frames: gaps.length,
    median: at(0.5),
    worstOfHundred: at(0.99),
    longest: sorted.at(-1) ?? NaN,
    late: gaps.filter((gap) => gap > 2 * (1000 / 60) + 1).length / Math.max(1, gaps.length),
    work: work / Math.max(1, gaps.length),
    own: own / Math.max(1, gaps.length),
    elements: found.elements,
  };
}

/**
 * The yardstick: a bare page of so many pictures in plain rows, which nothing listens to. What it takes is what this computer's browser
 * takes for scrolling pictures at all.
 */
export async function showBarePage(page: Page, pictures: readonly string[], tiles: number): Promise<void> {
  const cells = Array.from(
    { length: tiles },
    (_, at) => `<img src="${pictures[at % pictures.length] ?? ""}" width="160" height="160" alt="">`,
  );
  await page.setContent(
    `<body style="margin:0;height:100vh;overflow:auto"><div style="display:flex;flex-wrap:wrap;gap:8px">${cells.join("")}</div></body>`,
  );
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
}
