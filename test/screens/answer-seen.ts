import type { Page } from "playwright-core";
import { BLIND_MS } from "../../renderer/screens/review/review-state.svelte.ts";

/**
 * Presses a key, `times` in one go, once the question in view has stood there long enough to be answered, and gives that question.
 * Throws when nothing is asked for 15 s.
 * Waited for and pressed within the page: what is found out meanwhile may put another question there, and that one nobody has seen.
 */
export async function answerSeen(page: Page, key: string, times = 1): Promise<string> {
  return await page.evaluate(
    async ({ key, times, seenMs }) => {
      const shown = () => document.querySelector("[data-question]")?.getAttribute("data-question") ?? null;
      const until = performance.now() + 15_000;
      let id = shown();
      let since = performance.now();
      while (id === null || performance.now() - since <= seenMs) {
        await new Promise((done) => requestAnimationFrame(done));
        if (performance.now() > until) throw new Error("No question stays in view.");
        if (shown() === id) continue;
        id = shown();
        since = performance.now();
      }
      for (let time = 0; time < times; time += 1)
        document.body.dispatchEvent(
          new KeyboardEvent("keydown", { key, code: key === " " ? "Space" : `Key${key.toUpperCase()}`, bubbles: true }),
        );
      return id;
    },
    { key, times, seenMs: BLIND_MS + 20 },
  );
}
