/** Boxes on their way through the detector, `[x1, y1, x2, y2, score, dx1, dy1, dx2, dy2]` each, in one flat array. */
export interface Candidates {
  count: number;
  data: Float64Array;
}
/** Numbers a candidate. */
export const fields = 9;

/** No candidates yet. */
export function makeCandidates(room = 64): Candidates {
  return { count: 0, data: new Float64Array(room * fields) };
}

/** Room for one more; gives the index of its first number. */
export function addCandidate(to: Candidates): number {
  const at = to.count * fields;
  if (at + fields > to.data.length) {
    const larger = new Float64Array(to.data.length * 2);
    larger.set(to.data);
    to.data = larger;
  }
  to.count++;
  return at;
}

/** Copies candidate `index` of `from`. */
export function copyCandidate(from: Candidates, index: number, to: Candidates): number {
  const at = addCandidate(to);
  const source = index * fields;
  for (let i = 0; i < fields; i++) to.data[at + i] = from.data[source + i] as number;
  return at;
}

/**
 * Non-maximum suppression: indices of the kept ones, highest score first. A box goes when it overlaps a kept one by more than `greatest`
 * of their union, or of the smaller of the two. Corners are inclusive pixels, so sides are one longer than their difference.
 */
export function suppress(boxes: Candidates, greatest: number, of: "union" | "smaller"): number[] {
  const { count, data } = boxes;
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i * fields;
  order.sort((a, b) => (data[b + 4] as number) - (data[a + 4] as number));
  const kept: number[] = [];
  const areas: number[] = [];
  for (let i = 0; i < count; i++) {
    const at = order[i] as number;
    const x1 = data[at] as number;
    const y1 = data[at + 1] as number;
    const x2 = data[at + 2] as number;
    const y2 = data[at + 3] as number;
    const area = (x2 - x1 + 1) * (y2 - y1 + 1);
    let stays = true;
    for (let k = 0; k < kept.length; k++) {
      const other = kept[k] as number;
      const width = Math.min(x2, data[other + 2] as number) - Math.max(x1, data[other] as number) + 1;
      if (width <= 0) continue;
      const height = Math.min(y2, data[other + 3] as number) - Math.max(y1, data[other + 1] as number) + 1;
      if (height <= 0) continue;
      const shared = width * height;
      const otherArea = areas[k] as number;
      const whole = of === "union" ? area + otherArea - shared : Math.min(area, otherArea);
      if (shared > greatest * whole) {
        stays = false;
        break;
      }
    }
    if (stays) {
      kept.push(at);
      areas.push(area);
    }
  }
  return kept.map((at) => at / fields);
}

/** Moves each corner by its regression, in shares of the side. */
export function regress({ count, data }: Candidates): void {
  for (let i = 0, at = 0; i < count; i++, at += fields) {
    const width = (data[at + 2] as number) - (data[at] as number) + 1;
    const height = (data[at + 3] as number) - (data[at + 1] as number) + 1;
    data[at] = (data[at] as number) + (data[at + 5] as number) * width;
    data[at + 1] = (data[at + 1] as number) + (data[at + 6] as number) * height;
    data[at + 2] = (data[at + 2] as number) + (data[at + 7] as number) * width;
    data[at + 3] = (data[at + 3] as number) + (data[at + 8] as number) * height;
  }
}

/** Makes each box a square of its longer side about the same centre. */
export function squareAll({ count, data }: Candidates): void {
  for (let i = 0, at = 0; i < count; i++, at += fields) {
    const width = (data[at + 2] as number) - (data[at] as number);
    const height = (data[at + 3] as number) - (data[at + 1] as number);
    const side = Math.max(width, height);
    const left = (data[at] as number) + (width - side) / 2;
    const top = (data[at + 1] as number) + (height - side) / 2;
    data[at] = left;
    data[at + 1] = top;
    data[at + 2] = left + side;
    data[at + 3] = top + side;
  }
}

/** Cuts all corners to whole pixels. */
export function truncateAll({ count, data }: Candidates): void {
  for (let i = 0, at = 0; i < count; i++, at += fields) for (let k = 0; k < 4; k++) data[at + k] = Math.trunc(data[at + k] as number);
}
