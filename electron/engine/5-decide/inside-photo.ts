import { Problem } from "../errors.ts";
import { backTurns, turnedUnitBox } from "../lib/turns.ts";
import type { UnitBox } from "../types.ts";
import type { Facts } from "./facts.ts";

/** The part of a box (fractions of the photo as it is shown) that lies in the photo. Throws `bad-request` for a box outside. */
export function insidePhoto([x, y, w, h]: UnitBox): UnitBox {
  const left = Math.min(Math.max(x, 0), 1);
  const top = Math.min(Math.max(y, 0), 1);
  const right = Math.min(Math.max(x + w, 0), 1);
  const bottom = Math.min(Math.max(y + h, 0), 1);
  if (!(right > left) || !(bottom > top)) throw new Problem("bad-request", "the box lies outside the photo");
  return [left, top, right - left, bottom - top];
}

/** A box of the photo as it is shown, where it lies in the photo as its file stands: what decisions hold. */
export function inFile(facts: Pick<Facts, "turns">, photoId: number, box: UnitBox): UnitBox {
  return turnedUnitBox(box, backTurns(facts.turns(photoId)));
}
