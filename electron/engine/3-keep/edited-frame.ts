import { inverse, mapped, scaleOf, similarity, type Matrix } from "../lib/similarity.ts";
import { settings } from "../settings.ts";
import type { FivePoints, Point, UnitBox } from "../types.ts";
import { blurDistance } from "./blurs-alike.ts";
import { pointsOf } from "./face-rows.ts";
import type { Store } from "./store.ts";

/** Where a box of a photo lies in its edited successor; null where that cannot be said, or it was cut off. */
export type EditedFrame = (box: UnitBox) => UnitBox | null;

export interface PhotoRow {
  readonly width: number;
  readonly height: number;
  readonly taken_at: string | null;
  readonly thumbhash: string | null;
}

/**
 * How an edited photo's frame lies on the old one. `sure`: faces known to be the same in both (old id, new id): their landmarks say how
 * the photo was turned, scaled and cropped. Without any, the same shape and the same look (or, where that is not known, the same
 * moment) say that nothing was moved.
 */
export function editedFrame(store: Store, from: number, to: number, sure: readonly (readonly [number, number])[]): EditedFrame {
  const facts = store.sql<[number], PhotoRow>("SELECT width, height, taken_at, thumbhash FROM main.photos WHERE id = ?");
  const [old, fresh] = [facts.get(from), facts.get(to)];
  if (old === undefined || fresh === undefined) return () => null;
  const known = sure.flatMap(([a, b]) => {
    const [before, after] = [pixelPoints(store, a, old), pixelPoints(store, b, fresh)];
    const matrix = before === null || after === null ? null : similarity(before, after);
    if (matrix === null || before === null || after === null) return [];
    // A mirrored photo, or landmarks that went astray: no turning takes the one to the other.
    const off = Math.max(...before.map((point, i) => distance(mapped(matrix, point), after[i] ?? point)));
    const astray = off > settings.same.editedPoints * distance(after[0], after[1]);
    return astray || !isCut(matrix, old, fresh) ? [] : [{ matrix, at: before[2] }];
  });
  if (known.length > 0) {
    return ([x, y, w, h]) => {
      const centre: Point = [(x + w / 2) * old.width, (y + h / 2) * old.height];
      // The nearest face errs least.
      const { matrix } = known.reduce((best, one) => (distance(one.at, centre) < distance(best.at, centre) ? one : best));
      const [cx, cy] = mapped(matrix, centre);
      const [a = 1, b = 0] = matrix.map(Math.abs);
      const [wide, high] = [w * old.width, h * old.height];
      const [left, top] = [(cx - (a * wide + b * high) / 2) / fresh.width, (cy - (b * wide + a * high) / 2) / fresh.height];
      return inside(left, top, (a * wide + b * high) / fresh.width, (b * wide + a * high) / fresh.height);
    };
  }
  return untouched(old, fresh) ? (box) => box : () => null;
}

/** The new photo is a part of the old one. A face seen from the front looks the same in a mirror, but a mirrored photo does not. */
function isCut(matrix: Matrix, old: PhotoRow, fresh: PhotoRow): boolean {
  const back = inverse(matrix);
  const corners = [0, 1].flatMap((x) => [0, 1].map((y) => mapped(back, [x * fresh.width, y * fresh.height])));
  const [wide, high] = [settings.same.editedEdge * old.width, settings.same.editedEdge * old.height];
  if (!corners.every(([x, y]) => x >= -wide && x <= old.width + wide && y >= -high && y <= old.height + high)) return false;
  const whole = (scaleOf(back) ** 2 * fresh.width * fresh.height) / (old.width * old.height) > 1 - 2 * settings.same.editedEdge;
  const upright = matrix[0] > Math.abs(matrix[1]);
  return !whole || !upright || untouched(old, fresh);
}

/** Nothing was cut off or moved: the same shape, and the same look or moment. */
export function untouched(old: PhotoRow, fresh: PhotoRow): boolean {
  if (Math.abs((old.width * fresh.height) / (old.height * fresh.width) - 1) > settings.same.editedFrame) return false;
  if (old.thumbhash !== null && fresh.thumbhash !== null) return blurDistance(old.thumbhash, fresh.thumbhash) <= settings.same.editedBlur;
  return old.taken_at !== null && old.taken_at === fresh.taken_at;
}

function pixelPoints(store: Store, faceId: number, photo: PhotoRow): FivePoints | null {
  const text = store.sql<[number], { points: string | null }>("SELECT points FROM main.faces WHERE id = ?").get(faceId)?.points ?? null;
  const points = pointsOf(text);
  if (points === null) return null;
  const [a, b, c, d, e] = points.map(([x, y]): Point => [x * photo.width, y * photo.height]);
  return a && b && c && d && e ? [a, b, c, d, e] : null;
}

/** The part of a box that is in the photo, as long as its middle is. */
function inside(x: number, y: number, w: number, h: number): UnitBox | null {
  if (x + w / 2 < 0 || x + w / 2 > 1 || y + h / 2 < 0 || y + h / 2 > 1) return null;
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  return [left, top, Math.min(1, x + w) - left, Math.min(1, y + h) - top];
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
