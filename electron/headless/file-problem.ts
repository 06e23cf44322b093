import type { ProblemCode } from "../contract/problems.ts";
import { DoorProblem } from "./engine-door.ts";

/** What reading or writing a file that stands on the command line threw, as a problem with a sentence; `what` goes on after its name. */
export function fileProblem(thrown: unknown, file: string, what: string): DoorProblem {
  const code = typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : "";
  const codes: Readonly<Record<string, ProblemCode>> = {
    ENOENT: "not-found",
    ENOTDIR: "not-found",
    EACCES: "file-unreadable",
    EPERM: "file-unreadable",
    ENOSPC: "disk-full",
    EDQUOT: "disk-full",
  };
  const known = codes[code];
  if (known === "disk-full") return new DoorProblem(known, file);
  return new DoorProblem(known ?? "bad-request", `${file}: ${code}`, `${file} ${what}.`);
}
