/** English words for turning a photo, moving the box of a face, and people at an age. */
export const enPhoto = {
  turning: {
    left: "Turn left",
    right: "Turn right",
    adjust: "Move the box",
    adjusting: "Box of a face being moved",
    hint: "Drag the box, its edges or its corners",
    keep: "Keep",
    leave: "Leave as it was",
  },
  /** Halves of the earth: north, south, east, west. */
  sides: ["N", "S", "E", "W"] as readonly [string, string, string, string],
  undated: {
    title: "Date unknown",
    byFiles: "dated by their files",
    mark: "Date unknown: it stands where the time of its file puts it",
    of: (date: string) => `date unknown, file from ${date}`,
  },
  ages: {
    kind: "Age",
    noBirthday: "Birthday not known",
    of: (name: string, from: number, to: number) => (from === to ? `${name} at ${from}` : `${name} at ${from}–${to}`),
    anyAge: (name: string) => `${name} at any age`,
  },
};
