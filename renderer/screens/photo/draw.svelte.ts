import type { BoxView, FaceView } from "../../../electron/contract/views.ts";

/** Smallest drawn face, as a share of the short side of what is seen of the photo: a slip of the mouse is no face. */
const smallest = 0.02;
/** Side of the box that the keyboard starts with, and how far an arrow takes it, as shares of the same. */
const first = 0.2;
const step = 0.02;

/** A face being drawn, or the box of one being moved, as fractions of the upright photo. */
export class Drawing {
  on = $state(false);
  box = $state.raw<BoxView | null>(null);
  /** The box stands and waits for a name. */
  done = $state(false);
  /** Keys put the box where it is. */
  byKeys = $state(false);
  /** The face whose box is being moved; null: a new one is drawn. */
  face = $state.raw<FaceView | null>(null);
  /** The share of the photo's sides that is seen: zoomed in, everything is finer. */
  seen = 1;
  #photo = { width: 1, height: 1 };

  start(photo: { readonly width: number; readonly height: number }, face: FaceView | null = null): void {
    this.#photo = photo;
    this.on = true;
    this.face = face;
    this.box = face?.box ?? null;
    this.done = false;
    this.byKeys = false;
  }
  stop(): void {
    this.on = false;
    this.face = null;
    this.box = null;
    this.done = false;
  }
  /** Two opposite corners. */
  span(ax: number, ay: number, bx: number, by: number): void {
    this.byKeys = false;
    const [x0, x1] = [clamp(Math.min(ax, bx)), clamp(Math.max(ax, bx))];
    const [y0, y1] = [clamp(Math.min(ay, by)), clamp(Math.max(ay, by))];
    this.box = [x0, y0, x1 - x0, y1 - y0];
  }
  /** The drag ended: a box that is too small is dropped, or as it was before. */
  end(): void {
    if (this.box === null) return;
    const side = Math.min(this.#photo.width, this.#photo.height) * this.seen;
    if (this.box[2] * this.#photo.width < smallest * side || this.box[3] * this.#photo.height < smallest * side)
      this.box = this.face?.box ?? null;
    else this.done = true;
  }
  /** Moves one corner: 0 left top, 1 right top, 2 left bottom, 3 right bottom. */
  corner(which: number, x: number, y: number): void {
    if (this.box === null) return;
    const [left, top, width, height] = this.box;
    const fixedX = which % 2 === 0 ? left + width : left;
    const fixedY = which < 2 ? top + height : top;
    this.span(fixedX, fixedY, x, y);
  }
  /** Moves one edge to where the pointer is. */
  edge(which: "left" | "top" | "right" | "bottom", x: number, y: number): void {
    if (this.box === null) return;
    const [left, top, width, height] = this.box;
    const [right, bottom] = [left + width, top + height];
    if (which === "left") this.span(x, top, right, bottom);
    else if (which === "right") this.span(left, top, x, bottom);
    else if (which === "top") this.span(left, y, right, bottom);
    else this.span(left, top, right, y);
  }
  /** Moves the whole box, no further than the photo's edges. */
  moveBy(dx: number, dy: number): void {
    if (this.box === null) return;
    const [x, y, width, height] = this.box;
    this.box = [held(x + dx, width), held(y + dy, height), width, height];
  }
  /** An arrow key: the first one puts a box around `middle`, later ones move it, with Shift they change its size. */
  arrow(dx: number, dy: number, shift: boolean, middle: readonly [number, number]): void {
    const side = Math.min(this.#photo.width, this.#photo.height) * this.seen;
    const [w, h] = [side / this.#photo.width, side / this.#photo.height];
    this.byKeys = true;
    if (this.box === null) {
      const [width, height] = [first * w, first * h];
      this.box = [held(middle[0] - width / 2, width), held(middle[1] - height / 2, height), width, height];
      return;
    }
    const [x, y, width, height] = this.box;
    if (shift) {
      const newWidth = Math.min(1 - x, Math.max(smallest * w, width + dx * step * w));
      const newHeight = Math.min(1 - y, Math.max(smallest * h, height + dy * step * h));
      this.box = [x, y, newWidth, newHeight];
    } else this.box = [held(x + dx * step * w, width), held(y + dy * step * h, height), width, height];
  }
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
function held(at: number, length: number): number {
  return Math.min(1 - length, Math.max(0, at));
}
