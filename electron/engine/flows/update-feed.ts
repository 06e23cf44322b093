/** What of electron-builder's `latest*.yml` is of interest. */
export interface UpdateFeed {
  readonly version: string | null;
  readonly path: string | null;
  readonly releaseDate: string | null;
  readonly releaseNotes: string;
}

/**
 * Reads the list that electron-builder writes beside its installers: names at the margin with a plain, quoted or block text each. What
 * else YAML can say does not occur there and is passed over.
 */
export function readUpdateFeed(text: string): UpdateFeed {
  const lines = text.split(/\r?\n/u);
  const found = new Map<string, string>();
  lines.forEach((line, at) => {
    const match = /^([A-Za-z]\w*):(?:\s+(.*))?$/u.exec(line);
    if (match?.[1] === undefined || found.has(match[1])) return;
    const rest = (match[2] ?? "").trim();
    found.set(
      match[1],
      /^[|>][+-]?\d?$/u.test(rest) ? block(lines.slice(at + 1), rest.startsWith(">")) : scalar(rest, lines.slice(at + 1)),
    );
  });
  const given = (name: string): string | null => found.get(name) || null;
  return {
    version: given("version"),
    path: given("path"),
    releaseDate: given("releaseDate"),
    releaseNotes: (given("releaseNotes") ?? "").trim(),
  };
}

/** Lines that are set in, without their margin; folded ones run on until an empty line. */
function block(lines: readonly string[], folded: boolean): string {
  const own = indented(lines);
  const margin = Math.min(...own.filter((line) => line.trim() !== "").map((line) => /^ */u.exec(line)?.[0].length ?? 0));
  const inside = own.map((line) => line.slice(Number.isFinite(margin) ? margin : 0).trimEnd());
  return folded ? inside.join("\n").replaceAll(/(?<!\n)\n(?!\n)/gu, " ") : inside.join("\n");
}

function indented(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex((line) => line.trim() !== "" && !line.startsWith(" "));
  return end < 0 ? lines : lines.slice(0, end);
}

/** A text on one line, or a quoted one that runs on over the next. */
function scalar(rest: string, after: readonly string[]): string {
  const quote = rest[0];
  if (quote !== "'" && quote !== '"') return rest.replace(/\s+#.*$/u, "");
  const whole = [rest, ...indented(after).map((line) => line.trim())].join("\n");
  const match = (quote === "'" ? /^'((?:[^']|'')*)'/u : /^"((?:[^"\\]|\\.)*)"/su).exec(whole);
  // Folded as YAML does: a line break is a space, an empty line is one.
  const inside = (match?.[1] ?? "").replaceAll(/(?<!\n)\n(?!\n)/gu, " ").replaceAll("\n\n", "\n");
  if (quote === "'") return inside.replaceAll("''", "'");
  return inside.replaceAll(/\\(.)/gu, (_, sign: string) => (sign === "n" ? "\n" : sign === "t" ? "\t" : sign));
}
