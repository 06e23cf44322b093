import { problems, problemView, type ProblemCode, type ProblemView } from "../contract/problems.ts";
import type { BlockedView } from "../contract/said.ts";

/** Any problem of the closed list, thrown inside the engine. `transient` says whether trying again can help. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly detail: string;
  /** Replaces the list's sentence where the case can say it better. */
  readonly sentence: string;
  /** What stands in the way of taking something back or doing it again. */
  readonly blocked: BlockedView | undefined;

  constructor(
    code: ProblemCode,
    detail = "",
    options: { readonly cause?: unknown; readonly sentence?: string; readonly blocked?: BlockedView } = {},
  ) {
    super(
      `${code}: ${options.sentence ?? problems[code].sentence}${detail ? ` (${detail})` : ""}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = "Problem";
    this.code = code;
    this.detail = detail;
    this.sentence = options.sentence ?? problems[code].sentence;
    this.blocked = options.blocked;
  }

  get transient(): boolean {
    return problems[this.code].kind === "transient";
  }

  view(): ProblemView {
    return problemView(this.code, this.detail, this.sentence, this.blocked);
  }
}

/** Any thrown thing as a problem: system errors by their code, everything else as `internal`. */
export function asProblem(thrown: unknown, path = ""): Problem {
  if (thrown instanceof Problem) return thrown;
  const code = typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : "";
  const known: Record<string, ProblemCode> = {
    ENOENT: "file-vanished",
    ENOTDIR: "file-vanished",
    EACCES: "file-unreadable",
    EPERM: "file-unreadable",
    EIO: "file-busy",
    ETIMEDOUT: "file-busy",
    EBUSY: "file-busy",
    ESTALE: "file-busy",
    ENOSPC: "disk-full",
    EDQUOT: "disk-full",
    // Some file systems hold no file of more than 4 GB.
    EFBIG: "disk-full",
    SQLITE_FULL: "disk-full",
    SQLITE_BUSY: "library-locked",
    SQLITE_LOCKED: "library-locked",
    SQLITE_CORRUPT: "library-damaged",
    SQLITE_NOTADB: "library-damaged",
    SQLITE_READONLY: "library-unwritable",
    SQLITE_CANTOPEN: "library-unwritable",
    // The drive the library lies on was pulled out, or fails.
    SQLITE_IOERR: "library-unwritable",
    EROFS: "library-unwritable",
  };
  const base = code.startsWith("SQLITE_") ? code.split("_").slice(0, 2).join("_") : code;
  const found = known[code] ?? known[base];
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new Problem(found ?? "internal", path || detail, { cause: thrown });
}
