import { turnedBlur } from "../lib/turned-blur.ts";
import { backTurns, turnedUnitBox, type Turns } from "../lib/turns.ts";
import type { RowChange } from "../types.ts";
import { untouched, type EditedFrame, type PhotoRow } from "./edited-frame.ts";
import { readRow } from "./fact-tables.ts";
import { turnsOfPhoto } from "./turned-photos.ts";
import type { Store } from "./store.ts";

/**
 * What an edited photo is still to be turned by: as much as the one before it, where its file lies as the earlier file did; 0 where it
 * was cropped, or turned by whoever edited it.
 */
export function carriedTurns(store: Store, from: number, to: number): Turns {
  const turns = turnsOfPhoto(store, from);
  if (turns === 0 || turnsOfPhoto(store, to) !== 0) return 0;
  const facts = store.sql<[number], PhotoRow>("SELECT width, height, taken_at, thumbhash FROM main.photos WHERE id = ?");
  const [shown, fresh] = [facts.get(from), facts.get(to)];
  if (shown === undefined || fresh === undefined) return 0;
  const [width, height] = turns === 2 ? [shown.width, shown.height] : [shown.height, shown.width];
  const thumbhash = shown.thumbhash === null ? null : turnedBlur(shown.thumbhash, backTurns(turns));
  return untouched({ ...shown, width, height, thumbhash }, fresh) ? turns : 0;
}

/** The box that somebody moved, moved likewise in the edited photo, as far as it can be said where that is. */
export function handBoxOn(
  store: Store,
  { known, face, to }: { readonly known: number; readonly face: number; readonly to: number },
  frame: EditedFrame,
  changes: RowChange[],
): void {
  const row = readRow(store, "adjusted_faces", [known]);
  if (row === null) return;
  const inFile = [Number(row["x"]), Number(row["y"]), Number(row["w"]), Number(row["h"])] as const;
  const box = frame(turnedUnitBox(inFile, turnsOfPhoto(store, Number(row["photo_id"]))));
  if (box === null || store.sql("SELECT 1 FROM main.faces WHERE id = ? AND source = 'detected'").get(face) === undefined) return;
  const [x, y, w, h] = box;
  changes.push({ table: "adjusted_faces", key: [face], before: null, after: { face_id: face, photo_id: to, x, y, w, h } });
}
