/** A rectangle in the canvas's own pixels. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
interface Heard {
  /** The rectangle as it grows; null when it is let go. */
  readonly drawn: (rectangle: Rectangle | null) => void;
  /** What it touches should be selected; with Ctrl or Shift in addition to what was. */
  readonly selected: (rectangle: Rectangle, adding: boolean, kept: readonly number[]) => void;
  readonly kept: () => readonly number[];
}

/** A drag shorter than this is a press. */
const SLACK = 6;
/** Within this of an edge the list scrolls along. */
const EDGE = 36;

/** Lets a rectangle be drawn from the free ground between tiles; returns how to stop. */
export function dragRectangle(scroller: HTMLElement, canvas: HTMLElement, heard: Heard): () => void {
  let start: { readonly x: number; readonly y: number; readonly adding: boolean; readonly kept: readonly number[] } | null = null;
  let drawing = false;
  let last: PointerEvent | null = null;
  let frame = 0;

  const point = (event: PointerEvent): { readonly x: number; readonly y: number } => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  function down(event: PointerEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    if (event.button !== 0 || event.pointerType === "touch" || target === null) return;
    if (target.closest("[data-index], button, input, a, [data-own]") !== null) return;
    // On the scroll bar the press belongs to the bar.
    if (event.clientX >= scroller.getBoundingClientRect().left + scroller.clientWidth) return;
    start = { ...point(event), adding: event.ctrlKey || event.metaKey || event.shiftKey, kept: heard.kept() };
  }
  function move(event: PointerEvent): void {
    if (start === null) return;
    last = event;
    const to = point(event);
    if (!drawing && Math.hypot(to.x - start.x, to.y - start.y) < SLACK) return;
    if (!drawing) scroller.setPointerCapture(event.pointerId);
    drawing = true;
    const rectangle: Rectangle = {
      left: Math.min(start.x, to.x),
      top: Math.min(start.y, to.y),
      right: Math.max(start.x, to.x),
      bottom: Math.max(start.y, to.y),
    };
    heard.drawn(rectangle);
    heard.selected(rectangle, start.adding, start.kept);
    frame ||= requestAnimationFrame(follow);
  }
  function follow(): void {
    frame = 0;
    if (!drawing || last === null) return;
    const box = scroller.getBoundingClientRect();
    const by = last.clientY < box.top + EDGE ? -12 : last.clientY > box.bottom - EDGE ? 12 : 0;
    if (by === 0) return;
    scroller.scrollTop += by;
    move(last);
  }
  function up(): void {
    cancelAnimationFrame(frame);
    frame = 0;
    start = null;
    last = null;
    if (drawing) heard.drawn(null);
    drawing = false;
  }
  scroller.addEventListener("pointerdown", down);
  scroller.addEventListener("pointermove", move);
  scroller.addEventListener("pointerup", up);
  scroller.addEventListener("pointercancel", up);
  return () => {
    up();
    scroller.removeEventListener("pointerdown", down);
    scroller.removeEventListener("pointermove", move);
    scroller.removeEventListener("pointerup", up);
    scroller.removeEventListener("pointercancel", up);
  };
}
