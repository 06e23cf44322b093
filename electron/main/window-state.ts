import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import * as v from "valibot";

const pixels = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));
const schema = v.object({ x: pixels, y: pixels, width: pixels, height: pixels, maximized: v.boolean() });
/** Where the window stood, in pixels of the desktop. */
export type WindowState = v.InferOutput<typeof schema>;
/** A part of the desktop that a screen shows. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
/** Smallest window that shows every screen whole, in pixels. */
export const smallest = { width: 800, height: 560 } as const;

/** Reads the remembered place; null where there is none, it is damaged, or no screen shows it any more. */
export function readWindowState(path: string, areas: readonly Area[]): WindowState | null {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
  const parsed = v.safeParse(schema, document);
  if (!parsed.success) return null;
  const state = parsed.output;
  if (state.width < smallest.width || state.height < smallest.height) return null;
  // The title bar must be within reach: a hundred pixels of its middle on some screen.
  const middle = state.x + state.width / 2;
  const seen = areas.some(
    ({ x, y, width, height }) => middle > x + 50 && middle < x + width - 50 && state.y >= y - 8 && state.y < y + height - 50,
  );
  return seen ? state : null;
}

/** Remembers the place; written beside and renamed, so that a crash leaves the old one. */
export function saveWindowState(path: string, state: WindowState): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, JSON.stringify(state));
  renameSync(`${path}.new`, path);
}
