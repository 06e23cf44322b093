/** `npm run test:faults`: the long run. KILLS and HISTORIES say how many of each; SEED makes it another one. */
import { playHistories } from "../engine/3-keep/histories.ts";
import { campaign, type Toll } from "./campaign.ts";

const kills = Number(process.env["KILLS"] ?? 240);
const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
console.log(`${kills} kills, seed ${seed}`);
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
console.log(`Decisions acknowledged: ${toll.decisions}`);
console.log(`Decisions lost:  ${toll.lost}`);
console.log(`Seconds:         ${((performance.now() - started) / 1000).toFixed(0)}`);
process.exitCode = toll.lost === 0 ? 0 : 1;

const histories = Number(process.env["HISTORIES"] ?? 10_000);
console.log(`\n${histories} random histories, each replayed from nothing`);
const tally = playHistories(histories);
const { rare, ...counts } = tally;
for (const [what, times] of [...Object.entries(counts), ...Object.entries(rare)]) console.log(`  ${what.padEnd(28)} ${times}`);
console.log("The facts were what the journal says after every one of them.");

function total({ kills: by }: Toll): number {
  return Object.values(by).reduce((sum, n) => sum + n, 0);
}
