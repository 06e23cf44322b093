import { dragRectangle, type Rectangle } from "../../parts/rectangle-drag.ts";
import type { ChosenPhotos } from "./chosen-photos.svelte.ts";
import type { Wall } from "./wall.svelte.ts";

/** How photos of a wall are selected with keys and pointer. `idAt`: id of the photo at a position, once it has come. */
export class WallChoosing {
  readonly #wall: Wall;
  readonly #chosen: ChosenPhotos;
  readonly #idAt: (index: number) => number | undefined;

  constructor(wall: Wall, chosen: ChosenPhotos, idAt: (index: number) => number | undefined) {
    this.#wall = wall;
    this.#chosen = chosen;
    this.#idAt = idAt;
  }
  has(index: number): boolean {
    const id = this.#idAt(index);
    return id !== undefined && this.#chosen.has(id);
  }
  toggle(index: number): void {
    const id = this.#idAt(index);
    if (id !== undefined) this.#chosen.toggle(index, id);
  }
  /** Moves on and takes along what lies between; the photo one comes from is the first. */
  extend(from: number, to: number): void {
    if (!this.#chosen.any) this.toggle(from);
    void this.#chosen.extend(to, this.#idAt);
  }
  /** The whole month (or year) that a photo belongs to. */
  around(index: number): void {
    const { sections } = this.#wall;
    const at = this.#wall.sectionOf(index);
    const head = sections.slice(0, at + 1).findLast((section) => section.heading !== null) ?? sections[at];
    if (head !== undefined) void this.#chosen.stretch(head.offset, head.heading ?? head.count);
  }
  /** A press: the tick or Ctrl selects, Shift takes the stretch, and while something is selected a plain press selects too. False: open it. */
  pressed(event: MouseEvent, index: number): boolean {
    const onTick = event.target instanceof Element && event.target.closest("[data-tick]") !== null;
    if (event.shiftKey) void this.#chosen.extend(index, this.#idAt);
    else if (event.ctrlKey || event.metaKey || onTick || this.#chosen.any) this.toggle(index);
    else return false;
    return true;
  }
  /** Lets a rectangle be drawn over the wall. `ground`: something that stands at the top left of its rows. Returns how to stop. */
  draw(scroller: HTMLElement, ground: HTMLElement, drawn: (rectangle: Rectangle | null) => void): () => void {
    return dragRectangle(scroller, ground, {
      drawn,
      selected: (next, adding, kept) => {
        const { shift } = this.#wall;
        const touched = this.#wall.touching({ ...next, top: next.top + shift, bottom: next.bottom + shift });
        const ids = touched.flatMap((index) => this.#idAt(index) ?? []);
        this.#chosen.replace(adding ? [...kept, ...ids] : ids);
      },
      kept: () => this.#chosen.selection.list(),
    });
  }
}
