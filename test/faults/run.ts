/** `npm run test:faults`: the long run. KILLS, HISTORIES and GROUPINGS say how many of each (0: none); the table of what happens to names is always last; SEED makes it another one, FROM goes on with it. */
import { spawnSync } from "node:child_process";
import { playHistories } from "../engine/3-keep/histories.ts";
import { playGroupings } from "../engine/4-group/random-groupings.ts";
import { campaign, type Toll } from "./campaign.ts";

const kills = Number(process.env["KILLS"] ?? 240);
const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
const histories = Number(process.env["HISTORIES"] ?? 10_000);
const from = Number(process.env["FROM"] ?? 0);
console.log(`seed ${seed}`);
if (kills > 0 && from === 0) await kill();
if (histories > 0) play();
const groupings = Number(process.env["GROUPINGS"] ?? 10_000);
if (groupings > 0) await group();
identities();

async function kill(): Promise<void> {
  console.log(`${kills} kills`);
  const started = performance.now();
  const toll = await campaign(kills, seed, {
    onKill: (now) => {
      const sum = total(now);
      if (sum % 20 === 0) console.log(`  ${sum} killed, ${now.decisions} decisions acknowledged, ${now.lost} lost`);
    },
  });
  const points = [...toll.points].sort(([, a], [, b]) => b - a);
  console.log(`\nPoints hit (${points.length} different ones):`);
  for (const [point, times] of points) console.log(`  ${String(times).padStart(4)}  ${point}`);
  console.log(
    `\nKills:           ${total(toll)} (${Object.entries(toll.kills)
      .map(([task, n]) => `${task} ${n}`)
      .join(", ")})`,
  );
  console.log(`Finished first:  ${toll.finished}`);
  console.log(`Went on by itself: ${toll.resumed} times`);
  const kinds = [...toll.kinds].sort(([, a], [, b]) => b - a).map(([kind, times]) => `${kind} ${times}`);
  console.log(`Decisions acknowledged: ${toll.decisions} (${kinds.join(", ")})`);
  console.log(`Decisions lost:  ${toll.lost}`);
  console.log(`Seconds:         ${secondsSince(started)}`);
  process.exitCode = toll.lost === 0 ? 0 : 1;
}

function play(): void {
  console.log(`\n${histories} random histories, each replayed from nothing`);
  const started = performance.now();
  const used = process.cpuUsage();
  const { rare, ...counts } = playHistories(histories, undefined, {
    seed,
    from,
    onLibrary(done, tally) {
      if (done % 500 !== 0 && done !== histories) return;
      const went = `${tally.decided} decided, ${tally.undone + tally.rare["all taken back"]} taken back, ${secondsSince(started)} s`;
      console.log(`  ${done} of ${histories}: ${went} (SEED=${seed} FROM=${done} goes on from here)`);
    },
  });
  const { user, system } = process.cpuUsage(used);
  for (const [what, times] of [...Object.entries(counts), ...Object.entries(rare)]) console.log(`  ${what.padEnd(28)} ${times}`);
  console.log(`Seconds:         ${secondsSince(started)} (${((user + system) / 1e6).toFixed(0)} of one core)`);
  console.log("The facts were what the journal says after every one of them.");
}

async function group(): Promise<void> {
  console.log(`\n${groupings} random histories of words and groupings`);
  const toll = await playGroupings(groupings, seed);
  for (const what of toll.broken.slice(0, 20)) console.log(`  ${what}`);
  console.log(`Groupings: ${toll.groupings}, things said: ${toll.said}, broken: ${toll.broken.length}`);
  if (toll.broken.length > 0) process.exitCode = 1;
}

/** What happens to names when files are renamed, moved, swapped, unplugged and edited: done to real files, read through the whole engine. */
function identities(): void {
  console.log("\nWhere names are after what was done to their photos");
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "-c", "build/vitest.config.ts", "test/faults/identity.test.ts"];
  const { stdout, status } = spawnSync(process.execPath, vitest, { encoding: "utf8", env: { ...process.env, SHOW_TABLE: "1" } });
  console.log(
    stdout
      .split("\n")
      .filter((line) => line.startsWith("| "))
      .join("\n"),
  );
  console.log(
    status === 0 ? "Each is where it should be." : "Not each is where it should be: npx vitest run test/faults/identity.test.ts says more.",
  );
  if (status !== 0) process.exitCode = 1;
}

function secondsSince(started: number): string {
  return ((performance.now() - started) / 1000).toFixed(0);
}

function total({ kills: by }: Toll): number {
  return Object.values(by).reduce((sum, n) => sum + n, 0);
}
