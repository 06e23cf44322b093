import { mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { libraryPlace } from "../contract/library-place.ts";
import { openEngine } from "../engine/index.ts";
import { DoorProblem, problemOf } from "./engine-door.ts";
import { howToRestore } from "./safety-verbs.ts";
import { flagsOf, type Values } from "./verb.ts";
import { verbs } from "./verbs.ts";

/**
 * `familiar <verb> ...`: the whole engine for scripts and people. With `--json` exactly one JSON document goes to standard output and
 * words go to standard error; exit 0, or 1 with `{"problem": {...}}`.
 */
async function main(): Promise<number> {
  const args = process.argv.slice(2);
  // Which verb it is decides which flags there are.
  const first = parseArgs({ args, allowPositionals: true, strict: false, options: { library: { type: "string" } } }).positionals[0] ?? "";
  const parsed = parseArgs({ args, allowPositionals: true, options: flagsOf(first), strict: true });
  const { positionals } = parsed;
  const values = parsed.values as Values;
  const [name = "help", ...rest] = positionals;
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (values.help || name === "help" || !verb) {
    const known = Object.entries(verbs).map(([word, { usage }]) => `  familiar ${word} ${usage}`);
    const text = `Familiar finds out who is in your photos, on this computer alone.\n\n${known.join("\n")}\n\nEvery verb takes --library <dir> and --json.\n`;
    if (name === "help" || values.help) process.stdout.write(text);
    else throw new DoorProblem("bad-request", name, `There is no verb "${name}". "familiar help" lists them.`);
    return 0;
  }
  const alone = verb.alone === true && values.library === undefined;
  const libraryDir = alone
    ? mkdtempSync(join(tmpdir(), "familiar-"))
    : (values.library ?? libraryPlace(process.platform, process.env, homedir()));
  const engine = await openEngine({ libraryDir, modelsDir: modelsDir(), evenClosed: verb.evenClosed === true });
  const stopNow = (): void => void engine.request("scan.cancel", {}).catch(() => undefined);
  process.once("SIGINT", stopNow);
  if (!values.json || process.stderr.isTTY)
    engine.onEvent((event, payload) => event === "progress" && "words" in payload && say(payload.words));
  try {
    const answer = await verb.run({ engine, values, rest });
    if (answer !== undefined)
      process.stdout.write(
        values.json ? `${JSON.stringify(answer)}\n` : `${verb.words?.(answer as never) ?? JSON.stringify(answer, null, 2)}\n`,
      );
    return 0;
  } finally {
    process.off("SIGINT", stopNow);
    await engine.close();
    if (alone) rmSync(libraryDir, { recursive: true, force: true });
  }
}

let said = "";
function say(words: string): void {
  if (words === said) return;
  said = words;
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${words}` : `${words}\n`);
}

/** The exporter's folder, two levels up from here and from the bundle alike. */
function modelsDir(): string {
  return fileURLToPath(new URL("../../models/onnx", import.meta.url));
}

main().then(
  (code) => leave(code),
  (thrown: unknown) => {
    const usage = typeof thrown === "object" && thrown !== null && "code" in thrown && String(thrown.code).startsWith("ERR_PARSE_ARGS");
    const problem = usage ? problemOf(new DoorProblem("bad-request", thrown instanceof Error ? thrown.message : "")) : problemOf(thrown);
    if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify({ problem })}\n`);
    process.stderr.write(`${problem.sentence} ${problem.act}${problem.detail ? `\n${problem.detail}` : ""}\n`);
    if (problem.code === "library-damaged") process.stderr.write(`${howToRestore}\n`);
    leave(1);
  },
);

/** Ends once everything written has gone out: a pipe takes only 64 kB at a time. */
function leave(code: number): void {
  process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
}
