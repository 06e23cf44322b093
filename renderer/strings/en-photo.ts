/** English words for turning a photo and moving the box of a face. */
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
};
