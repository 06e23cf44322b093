import type { DecisionKind, DecisionPayload } from "../../contract/args.ts";
import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { adjust } from "./adjust.ts";
import { birthday } from "./birthday.ts";
import { confirm } from "./confirm.ts";
import { draw } from "./draw.ts";
import { hide } from "./hide.ts";
import { keyFace } from "./key-face.ts";
import { merge } from "./merge.ts";
import { move } from "./move.ts";
import { name } from "./name.ts";
import { neverMerge } from "./never-merge.ts";
import { notAFace } from "./not-a-face.ts";
import { reject } from "./reject.ts";
import { removeAlbum } from "./remove-album.ts";
import { rename } from "./rename.ts";
import { restore } from "./restore.ts";
import { saveAlbum } from "./save-album.ts";
import { split } from "./split.ts";
import { stranger } from "./stranger.ts";
import { turn } from "./turn.ts";

const verbs: { readonly [K in DecisionKind]: (facts: Facts, payload: DecisionPayload<K>) => Outcome } = {
  name,
  rename,
  merge,
  split,
  move,
  confirm,
  reject,
  stranger,
  hide,
  restore,
  "not-a-face": notAFace,
  "key-face": keyFace,
  draw,
  adjust,
  turn,
  "never-merge": neverMerge,
  birthday,
  "save-album": saveAlbum,
  "remove-album": removeAlbum,
};

/** Turns a person's word into row changes. Pure but for the ids it asks `facts` for. Throws the verb's problems. */
export function decide<K extends DecisionKind>(facts: Facts, kind: K, payload: DecisionPayload<K>): Outcome {
  return verbs[kind](facts, payload);
}
