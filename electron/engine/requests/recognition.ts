import { detect, verify, who } from "../flows/recognition.ts";
import type { Handlers } from "./handlers.ts";

/** Faces in files that need not be in the library. */
export const recognitionHandlers = {
  verify: (house, { a, b }) => verify(house, a, b),
  who: (house, { path }) => who(house, path),
  detect: (house, { paths }) => detect(house, paths),
} satisfies Partial<Handlers>;
