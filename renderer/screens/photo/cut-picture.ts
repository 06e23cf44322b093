/** A part of a picture, as fractions of the whole, and its pixels. */
export interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: ImageBitmap;
}

/** Side of a part, and how far it reaches under its neighbours so that no line shows between them; pixels. */
const side = 2048;
const under = 1;
/** Pixels that are held in memory at most: a larger picture is made smaller. */
const most = 60e6;

/** What is looked at while parts are cut. */
export interface Look {
  /** The middle of what is seen, as fractions of the picture: its parts come first. */
  readonly middle: () => readonly [number, number];
  /** The picture is being moved: it goes first. */
  readonly moving: () => boolean;
}

/**
 * Fetches a picture, decodes it beside the page's own thread and gives it part by part, those in view first, one in
 * a frame. A browser that is left to show a very large picture by itself decodes it while it draws, and everything waits.
 * `size`: the picture's pixels, upright. Rejects when it cannot be had or is aborted.
 */
export async function cutPicture(
  address: string,
  size: { readonly width: number; readonly height: number },
  look: Look,
  give: (part: Part) => void,
  signal: AbortSignal,
): Promise<void> {
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error(response.statusText);
  const shrink = Math.min(1, Math.sqrt(most / (size.width * size.height)));
  const blob = await response.blob();
  const whole = await createImageBitmap(
    blob,
    shrink < 1
      ? { resizeWidth: Math.round(size.width * shrink), resizeHeight: Math.round(size.height * shrink), resizeQuality: "high" }
      : {},
  );
  try {
    const left = parts(whole.width, whole.height);
    while (left.length > 0) {
      signal.throwIfAborted();
      const [x, y] = look.middle();
      const away = (part: (typeof left)[number]): number =>
        Math.hypot((part.x + part.width / 2) / whole.width - x, (part.y + part.height / 2) / whole.height - y);
      left.sort((a, b) => away(b) - away(a));
      const part = left.pop();
      if (part === undefined) return;
      const pixels = await createImageBitmap(whole, part.x, part.y, part.width, part.height);
      if (signal.aborted) pixels.close();
      else {
        const [w, h] = [whole.width, whole.height];
        give({ x: part.x / w, y: part.y / h, width: part.width / w, height: part.height / h, pixels });
      }
      do await new Promise((done) => requestAnimationFrame(done));
      while (look.moving() && !signal.aborted);
    }
  } finally {
    whole.close();
  }
}

function parts(width: number, height: number): { x: number; y: number; width: number; height: number }[] {
  const found = [];
  for (let y = 0; y < height; y += side) {
    for (let x = 0; x < width; x += side) {
      found.push({ x, y, width: Math.min(side + under, width - x), height: Math.min(side + under, height - y) });
    }
  }
  return found;
}
