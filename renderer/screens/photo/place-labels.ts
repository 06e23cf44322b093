/** A rectangle in stage pixels. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
interface Size {
  readonly width: number;
  readonly height: number;
}
/** Where a name stands, and which of its wordings. */
export interface Label extends Rect {
  readonly wording: number;
}

/** Gap between a face box and its name, and between two names one under the other, pixels. */
const gap = 5;
const between = 2;

/**
 * Where the name of each face stands: under its box, above it when there is no room below or another face would be covered, else
 * moved to a side, beside it, or a line further away. Where the first wording has no place a shorter one may; null where none has one that
 * covers neither a face nor another name, and for a face out of view. Never outside the stage. `wordings` are the sizes of each face's name, the
 * one wished for first, in the order of `boxes`; none for a face without a name.
 */
export function placeLabels(boxes: readonly Rect[], wordings: readonly (readonly Size[])[], stage: Size): readonly (Label | null)[] {
  const seen = boxes.filter((box) => inView(box, stage));
  const placed: Label[] = [];
  return boxes.map((box, i) => {
    if (!inView(box, stage)) return null;
    for (const [wording, size] of (wordings[i] ?? []).entries()) {
      const place = places(box, size, stage).find(
        (at) => isInside(at, stage) && !placed.some((other) => overlap(at, other)) && !seen.some((other) => overlap(at, other)),
      );
      if (place === undefined) continue;
      const label = { ...place, wording };
      placed.push(label);
      return label;
    }
    return null;
  });
}

/** Where a name stands that is only asked for: under its box, inside the stage, whatever it covers. */
export function placeAnyway(box: Rect, size: Size, stage: Size): Rect {
  const x = Math.min(Math.max(0, box.x + (box.width - size.width) / 2), Math.max(0, stage.width - size.width));
  const y = Math.min(Math.max(0, box.y + box.height + gap), Math.max(0, stage.height - size.height));
  return { x, y, ...size };
}

/** Places in the order in which they are wished for. */
function places(box: Rect, size: Size, stage: Size): readonly Rect[] {
  const [below, above] = [box.y + box.height + gap, box.y - gap - size.height];
  const line = size.height + between;
  const middle = box.x + (box.width - size.width) / 2;
  const [starts, ends] = [box.x, box.x + box.width - size.width];
  const [right, left] = [box.x + box.width + gap, box.x - gap - size.width];
  const [bottom, centre] = [box.y + box.height - size.height, box.y + (box.height - size.height) / 2];
  const held = Math.min(Math.max(0, middle), Math.max(0, stage.width - size.width));
  const at: readonly (readonly [number, number])[] = [
    [held, below],
    [held, above],
    [starts, below],
    [ends, below],
    [starts, above],
    [ends, above],
    [held, below + line],
    [held, above - line],
    [right, bottom],
    [left, bottom],
    [right, centre],
    [left, centre],
    [right, box.y],
    [left, box.y],
  ];
  return at.map(([x, y]) => ({ x, y, ...size }));
}

function inView(box: Rect, stage: Size): boolean {
  return box.x < stage.width && box.y < stage.height && box.x + box.width > 0 && box.y + box.height > 0;
}
function isInside(place: Rect, stage: Size): boolean {
  return place.x >= 0 && place.y >= 0 && place.x + place.width <= stage.width && place.y + place.height <= stage.height;
}
function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
