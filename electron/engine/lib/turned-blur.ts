import type { Turns } from "./turns.ts";

/** A wave of a blur: how often it swings across and down, and its strength as it is kept, 0..15. */
type Waves = Map<string, number>;

/**
 * The blur (thumbhash, base64) of a photo turned clockwise. Nothing is lost: a quarter turn swaps across and down, and every wave that
 * swings an odd number of times down changes its sign. What cannot be read comes back as it is. Format: evanw/thumbhash.
 */
export function turnedBlur(text: string, turns: Turns): string {
  let turned = text;
  for (let turn = 0; turn < turns; turn++) turned = quarterTurn(turned);
  return turned;
}

function quarterTurn(text: string): string {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const head = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8) | ((bytes[2] ?? 0) << 16);
  const more = (bytes[3] ?? 0) | ((bytes[4] ?? 0) << 8);
  const alpha = head >>> 23 === 1;
  const wide = more >>> 15 === 1;
  const most = alpha ? 5 : 7;
  const [across, down] = (wide ? [most, more & 7] : [more & 7, most]).map((waves) => Math.max(3, waves)) as [number, number];
  const start = alpha ? 6 : 5;
  let at = 0;
  const channel = (columns: number, rows: number): Waves => {
    const waves: Waves = new Map();
    for (const key of order(columns, rows)) {
      waves.set(key, ((bytes[start + (at >> 1)] ?? 0) >> ((at & 1) << 2)) & 15);
      at++;
    }
    return waves;
  };
  const channels: readonly (readonly [Waves, columns: number, rows: number])[] = [
    [channel(across, down), across, down],
    [channel(3, 3), 3, 3],
    [channel(3, 3), 3, 3],
    ...(alpha ? [[channel(5, 5), 5, 5] as const] : []),
  ];
  if (start + Math.ceil(at / 2) !== bytes.length) return text;
  const out = bytes.slice();
  const flagged = more ^ 0x8000;
  out[3] = flagged & 255;
  out[4] = (flagged >> 8) & 255;
  out.fill(0, start);
  at = 0;
  for (const [waves, columns, rows] of channels) {
    for (const key of order(rows, columns)) {
      const [x = 0, y = 0] = key.split(",").map(Number);
      const strength = waves.get(`${y},${x}`) ?? 0;
      const byte = start + (at >> 1);
      out[byte] = (out[byte] ?? 0) | ((x % 2 === 1 ? 15 - strength : strength) << ((at & 1) << 2));
      at++;
    }
  }
  return btoa(String.fromCharCode(...out));
}

/** Waves in the order in which they are kept. */
function order(columns: number, rows: number): readonly string[] {
  const keys: string[] = [];
  for (let y = 0; y < rows; y++) for (let x = y === 0 ? 1 : 0; x * rows < columns * (rows - y); x++) keys.push(`${x},${y}`);
  return keys;
}
