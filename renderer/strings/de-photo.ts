import type { enPhoto } from "./en-photo.ts";

/** German words for turning a photo and moving the box of a face. */
export const dePhoto: typeof enPhoto = {
  turning: {
    left: "Nach links drehen",
    right: "Nach rechts drehen",
    adjust: "Rahmen verschieben",
    adjusting: "Rahmen eines Gesichts, der verschoben wird",
    hint: "Den Rahmen, seine Kanten oder Ecken ziehen",
    keep: "Behalten",
    leave: "Lassen, wie er war",
  },
};
