/** One line a message to standard error; a host may replace it. Never holds picture data. */
export type LogLevel = "debug" | "info" | "warn" | "error";
let sink: (level: LogLevel, line: string) => void = (level, line) => {
  if (level === "error" || level === "warn") process.stderr.write(`${level} ${line}\n`);
};

/** Sends all further lines to `to`. */
export function setLogSink(to: (level: LogLevel, line: string) => void): void {
  sink = to;
}

/** Writes one line. */
export function log(level: LogLevel, line: string): void {
  sink(level, line);
}
