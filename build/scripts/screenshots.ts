import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Engine } from "../../electron/engine/index.ts";
import { launchChromium } from "../../test/helpers/chromium.ts";
import { openServed } from "../../test/helpers/served.ts";
import { liveIn, makeOddFolders, unplug } from "./screenshots/live-in.ts";
import { moreShots, turnedShots } from "./screenshots/more-shots.ts";
import { firstShots, lastShots, nobodyShots, readingShots, shots, unnamedShots } from "./screenshots/shots.ts";
import { readSizes, take, usualSizes } from "./screenshots/take.ts";

/**
 * `npm run screenshots -- <folder of photos> --out <dir> [--only name,name] [--sizes 1440x900,2560x1440]`: drives the real screens in Chromium over a fresh library and
 * writes one PNG for every screen and main state, light and dark, in two sizes or in those asked for. Exits with 1 where a screen could not be reached or
 * complained on its console.
 */
const { values, positionals } = parseArgs({
  options: { out: { type: "string", default: "screenshots" }, only: { type: "string" }, sizes: { type: "string" } },
  allowPositionals: true,
});
const from = process.env["INIT_CWD"] ?? process.cwd();
const [folder] = positionals;
if (folder === undefined) {
  console.error("Say which folder of photos to use: npm run screenshots -- <folder> --out <dir>");
  process.exit(1);
}
const sizes = values.sizes === undefined ? usualSizes : readSizes(values.sizes);
const out = resolve(from, values.out);
mkdirSync(out, { recursive: true });

/** Waits until enough is read for faces to be there, or until all is. */
async function someRead(engine: Engine): Promise<void> {
  for (;;) {
    await new Promise((done) => setTimeout(done, 200));
    const { progress } = await engine.request("status", {});
    if (progress.phase === "idle" || progress.phase === "grouping" || (progress.total > 0 && progress.done > progress.total / 5)) return;
  }
}

const library = await openServed();
const browser = await launchChromium();
const odd = mkdtempSync(join(tmpdir(), "familiar-screenshots-"));
const complaints = new Set<string>();
const taking = { browser, url: library.served.url, out, only: values.only?.split(","), sizes, complaints };
const nobodyYet = { names: [], together: 1 };
try {
  const { engine } = library;
  await take(taking, firstShots, nobodyYet);
  const { nobody, gone } = await makeOddFolders(odd);
  await engine.request("index", { folders: [nobody, gone] });
  await take(taking, nobodyShots, nobodyYet);
  unplug(gone);

  console.log("Reading the photos ...");
  await engine.request("folders.add", { paths: [resolve(from, folder)] });
  await engine.request("scan.start", {});
  await someRead(engine);
  await take(taking, readingShots, nobodyYet, true);
  await engine.request("index", { folders: [resolve(from, folder)] });
  const { photos, faces } = await engine.request("status", {});
  console.log(`${photos} photos, ${faces} faces.`);
  await take(taking, unnamedShots, nobodyYet);
  const lived = await liveIn(engine);
  await take(taking, [...shots, ...moreShots], lived);
  await take(taking, turnedShots, lived, true);
  await take(taking, lastShots, lived, true);
} finally {
  await browser.close();
  await library.close();
  rmSync(odd, { recursive: true, force: true });
}
for (const complaint of complaints) console.error(complaint);
console.log(`Pictures are in ${out}.`);
process.exit(complaints.size > 0 ? 1 : 0);
