/** How a picture lies on its stage: `scale` in screen pixels per picture pixel, `x` and `y` the picture's left top corner in stage pixels. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Largest zoom, in screen pixels per picture pixel: far enough to see the grain of a small face. */
const largestScale = 8;

/** The whole picture in the middle of the stage with `margin` around it; small pictures are not blown up beyond twice their size. */
export function fitView(picture: Size, stage: Size, margin: number): View {
  const room = { width: Math.max(1, stage.width - 2 * margin), height: Math.max(1, stage.height - 2 * margin) };
  const scale = Math.min(room.width / Math.max(1, picture.width), room.height / Math.max(1, picture.height), 2);
  return centred(picture, stage, scale);
}

/** Zooms by `factor`, keeping the picture point under `at` (stage pixels) where it is. */
export function zoomView(view: View, factor: number, at: Point, picture: Size, stage: Size, margin: number): View {
  const least = fitView(picture, stage, margin).scale;
  const scale = Math.min(Math.max(view.scale * factor, least), Math.max(largestScale, least));
  const ratio = scale / view.scale;
  return heldView({ scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio }, picture, stage, margin);
}

/** Moves the picture by stage pixels, no further than its edges. */
export function panView(view: View, dx: number, dy: number, picture: Size, stage: Size, margin: number): View {
  return heldView({ ...view, x: view.x + dx, y: view.y + dy }, picture, stage, margin);
}

/** Keeps a picture that is smaller than the stage in its middle, and a larger one from being dragged off its edge. */
export function heldView(view: View, picture: Size, stage: Size, margin: number): View {
  return {
    scale: view.scale,
    x: held(view.x, picture.width * view.scale, stage.width, margin),
    y: held(view.y, picture.height * view.scale, stage.height, margin),
  };
}

/** From fit to one screen pixel per picture pixel around the middle, and back. */
export function toggleFullSize(view: View, picture: Size, stage: Size, margin: number): View {
  const fit = fitView(picture, stage, margin);
  if (view.scale > fit.scale * 1.01) return fit;
  const wanted = fit.scale < 0.99 ? 1 : 2;
  return zoomView(fit, Math.max(wanted / fit.scale, 1.5), { x: stage.width / 2, y: stage.height / 2 }, picture, stage, margin);
}

/** CSS that shows the whole picture turned clockwise by so many quarters, until it comes turned itself. */
export function turnedTransform(picture: Size, stage: Size, margin: number, quarters: number): string {
  const turned = quarters % 2 === 0 ? picture : { width: picture.height, height: picture.width };
  const { scale } = fitView(turned, stage, margin);
  const middle = `translate(${stage.width / 2}px, ${stage.height / 2}px)`;
  return `${middle} rotate(${quarters * 90}deg) scale(${scale}) translate(${-picture.width / 2}px, ${-picture.height / 2}px)`;
}

function held(at: number, length: number, room: number, margin: number): number {
  if (length <= room - 2 * margin + 0.5) return (room - length) / 2;
  const furthest = room - length - margin;
  return Math.min(margin, Math.max(furthest, at));
}

function centred(picture: Size, stage: Size, scale: number): View {
  return { scale, x: (stage.width - picture.width * scale) / 2, y: (stage.height - picture.height * scale) / 2 };
}
