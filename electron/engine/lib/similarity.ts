import type { FivePoints, Point } from "../types.ts";

/** Affine map `x' = m[0] x + m[1] y + m[2]`, `y' = m[3] x + m[4] y + m[5]`. */
export type Matrix = readonly [number, number, number, number, number, number];

/**
 * Turn, even scale and shift that takes `from` nearest to `to` in the least-squares sense, never a reflection
 * (Umeyama 1991 in two dimensions, where it has a closed form). Null where the points fall together or are not numbers.
 */
export function similarity(from: FivePoints, to: FivePoints): Matrix | null {
  const a = centre(from);
  const b = centre(to);
  let spread = 0;
  let along = 0;
  let across = 0;
  for (let i = 0; i < 5; i++) {
    const p = from[i];
    const q = to[i];
    if (!p || !q) return null;
    const px = p[0] - a[0];
    const py = p[1] - a[1];
    const qx = q[0] - b[0];
    const qy = q[1] - b[1];
    spread += px * px + py * py;
    along += px * qx + py * qy;
    across += px * qy - py * qx;
  }
  // Five points within half a pixel of each other say nothing of a face.
  if (!(spread > 5 * 0.25)) return null;
  const cos = along / spread;
  const sin = across / spread;
  if (!Number.isFinite(cos) || !Number.isFinite(sin) || Math.hypot(cos, sin) < 1e-6) return null;
  return [cos, -sin, b[0] - cos * a[0] + sin * a[1], sin, cos, b[1] - sin * a[0] - cos * a[1]];
}

/** The map that undoes `matrix` (which must not squash the plane). */
export function inverse(matrix: Matrix): Matrix {
  const [a, b, c, d, e, f] = matrix;
  const det = a * e - b * d;
  return [e / det, -b / det, (b * f - e * c) / det, -d / det, a / det, (d * c - a * f) / det];
}

/** Where `matrix` takes a point. */
export function mapped(matrix: Matrix, point: Point): Point {
  const [a, b, c, d, e, f] = matrix;
  return [a * point[0] + b * point[1] + c, d * point[0] + e * point[1] + f];
}

/** How much longer lengths become under `matrix`. */
export function scaleOf(matrix: Matrix): number {
  return Math.sqrt(Math.abs(matrix[0] * matrix[4] - matrix[1] * matrix[3]));
}

function centre(points: FivePoints): Point {
  let x = 0;
  let y = 0;
  for (const point of points) {
    x += point[0];
    y += point[1];
  }
  return [x / 5, y / 5];
}
