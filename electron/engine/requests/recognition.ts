import { listConflicts } from "../flows/group-conflicts.ts";
import { listJoined } from "../flows/group-joined.ts";
import { metricFigures, previewSliders } from "../flows/group-preview.ts";
import { suggestFaces } from "../flows/group-suggest.ts";
import { detect, verify, who } from "../flows/recognition.ts";
import type { Handlers } from "./handlers.ts";

/** Faces in files that need not be in the library, and what grouping can say beside who is who. */
export const recognitionHandlers = {
  verify: (house, { a, b }) => verify(house, a, b),
  who: (house, { path }) => who(house, path),
  detect: (house, { paths }) => detect(house, paths),
  "grouping.preview": (house, args) => previewSliders(house, args),
  "grouping.metric": (house) => metricFigures(house),
  "groups.joined": (house, page) => listJoined(house, page),
  conflicts: (house, page) => listConflicts(house, page),
  "person.suggestions": (house, args) => suggestFaces(house, args),
} satisfies Partial<Handlers>;
