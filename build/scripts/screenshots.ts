import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import type { Engine } from "../../electron/engine/index.ts";
import { launchChromium } from "../../test/helpers/chromium.ts";
import { openServed } from "../../test/helpers/served.ts";
import { firstShots, settle, shots, type Shot } from "./shots.ts";

/**
 * `npm run screenshots -- <folder of photos> --out <dir> [--only name,name]`: drives the real screens in Chromium over a fresh library and
 * writes one PNG for every screen and main state, light and dark, in two sizes. Exits with 1 where a screen could not be reached or
 * complained on its console.
 */
const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const;
const themes = ["light", "dark"] as const;
/** Given to the largest groups, in this order. */
const names = ["Ana Lima", "Ben Okafor", "Clara Weiß", "Dmitri Sokolov", "Elif Demir", "Farid Haddad", "Grace Chen", "Hiroshi Tanaka"];

const { values, positionals } = parseArgs({
  options: { out: { type: "string", default: "screenshots" }, only: { type: "string" } },
  allowPositionals: true,
});
const from = process.env["INIT_CWD"] ?? process.cwd();
const folder = positionals[0];
if (folder === undefined) {
  console.error("Say which folder of photos to use: npm run screenshots -- <folder> --out <dir>");
  process.exit(1);
}
const out = resolve(from, values.out);
const only = values.only?.split(",");
const complaints: string[] = [];
mkdirSync(out, { recursive: true });

/** Does what a person would do in the first minutes, so that every screen has something to show. */
async function liveIn(engine: Engine): Promise<void> {
  const groups = (await engine.request("people.list", { show: "unnamed", limit: names.length + 2 })).items;
  for (const [at, name] of names.entries()) {
    const group = groups[at];
    if (group !== undefined) await engine.request("decide", { kind: "name", payload: { personId: group.id, name } });
  }
  const [first, second] = groups;
  const last = groups.at(-1);
  if (first === undefined || second === undefined) return;
  await engine.request("decide", { kind: "birthday", payload: { personId: first.id, date: "1971-05-09" } });
  if (groups.length > names.length && last !== undefined) {
    await engine.request("decide", { kind: "stranger", payload: { personId: last.id } });
  }
  await engine.request("decide", { kind: "save-album", payload: { name: "Ana and Ben", query: { any: [first.id, second.id] } } });
}

async function take(browser: Browser, url: string, list: readonly Shot[]): Promise<void> {
  for (const theme of themes)
    for (const size of sizes) {
      const context = await browser.newContext({ viewport: size, colorScheme: theme, reducedMotion: "reduce" });
      const page = await context.newPage();
      page.on("pageerror", (thrown) => complaints.push(`${page.url()}: ${thrown.message}`));
      page.on("console", (line) => {
        if (line.type() === "error" || line.type() === "warning") complaints.push(line.text());
      });
      page.setDefaultTimeout(10_000);
      await page.goto(url);
      for (const { name, go } of list.filter((shot) => only === undefined || only.includes(shot.name))) {
        try {
          await page.goto(new URL("/", url).href);
          await settle(page);
          await go(page);
          await settle(page);
        } catch (thrown) {
          complaints.push(`${name} (${theme}, ${size.width}): ${thrown instanceof Error ? thrown.message.split("\n")[0] : String(thrown)}`);
        }
        await page.screenshot({ path: join(out, `${name}-${theme}-${size.width}.png`), animations: "disabled", caret: "hide" });
      }
      await context.close();
    }
}

const library = await openServed();
const browser = await launchChromium();
try {
  await take(browser, library.served.url, firstShots);
  console.log("Reading the photos ...");
  const read = await library.engine.request("index", { folders: [resolve(from, folder)] });
  console.log(`${read.photos} photos, ${read.faces} faces.`);
  await liveIn(library.engine);
  await take(browser, library.served.url, shots);
} finally {
  await browser.close();
  await library.close();
}
for (const complaint of new Set(complaints)) console.error(complaint);
console.log(`Pictures are in ${out}.`);
process.exit(complaints.length > 0 ? 1 : 0);
