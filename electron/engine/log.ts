/** One line a message to standard error. Never holds picture data. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** Writes one line. */
export function log(level: LogLevel, line: string): void {
  if (level === "error" || level === "warn") process.stderr.write(`${level} ${line}\n`);
}
