/** How a clean crop is spoiled: seen at so many pixels across, noisy, part of it covered. */
export interface Spoiling {
  /** Pixels that are left across the whole crop. */
  readonly across: number;
  /** Standard deviation of the noise, in grey levels of 255, at that size. */
  readonly noise: number;
  /** Share of the crop's height that a grey bar covers, 0 none. */
  readonly covered: number;
}

/** Severe spoiling as in bad photos: 14 to 26 pixels across, noise, every third face half hidden. */
export function severe(random: () => number): Spoiling {
  return { across: 14 + Math.floor(13 * random()), noise: 4 + 12 * random(), covered: random() < 1 / 3 ? 0.25 + 0.25 * random() : 0 };
}

/** A crop (3 x side x side, values about -1..1) after it went through few pixels: area mean down, noise, bilinear up, a bar. */
export function degradeCrop(crop: Float32Array, side: number, { across, noise, covered }: Spoiling, random: () => number): Float32Array {
  const small = new Float32Array(3 * across * across);
  for (let plane = 0; plane < 3; plane++) {
    for (let y = 0; y < across; y++) {
      for (let x = 0; x < across; x++)
        small[(plane * across + y) * across + x] = areaMean(crop, side, plane, x, y, across) + (noise / 127.5) * normal(random);
    }
  }
  const out = new Float32Array(crop.length);
  const bar = covered === 0 ? -1 : Math.floor(random() * side * (1 - covered));
  for (let plane = 0; plane < 3; plane++) {
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const hidden = bar >= 0 && y >= bar && y < bar + side * covered;
        out[(plane * side + y) * side + x] = hidden
          ? 0
          : bilinear(small, across, plane, ((x + 0.5) * across) / side - 0.5, ((y + 0.5) * across) / side - 0.5);
      }
    }
  }
  return out;
}

function areaMean(crop: Float32Array, side: number, plane: number, x: number, y: number, across: number): number {
  const [x0, x1] = [Math.floor((x * side) / across), Math.ceil(((x + 1) * side) / across)];
  const [y0, y1] = [Math.floor((y * side) / across), Math.ceil(((y + 1) * side) / across)];
  let sum = 0;
  for (let row = y0; row < y1; row++) for (let column = x0; column < x1; column++) sum += crop[(plane * side + row) * side + column] ?? 0;
  return sum / ((x1 - x0) * (y1 - y0));
}

function bilinear(small: Float32Array, across: number, plane: number, x: number, y: number): number {
  const at = (column: number, row: number): number => {
    const [cx, cy] = [Math.min(across - 1, Math.max(0, column)), Math.min(across - 1, Math.max(0, row))];
    return small[(plane * across + cy) * across + cx] ?? 0;
  };
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - x0, y - y0];
  return (at(x0, y0) * (1 - fx) + at(x0 + 1, y0) * fx) * (1 - fy) + (at(x0, y0 + 1) * (1 - fx) + at(x0 + 1, y0 + 1) * fx) * fy;
}

/** Box and Muller 1958. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
