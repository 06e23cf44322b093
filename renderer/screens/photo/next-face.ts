import { tick } from "svelte";
import type { FaceView } from "../../../electron/contract/views.ts";

/** The face that comes after another one, from left to right and round again: after an answer it gets the focus. */
export function nextFace(faces: readonly FaceView[], id: number): number | undefined {
  const list = [...faces].sort((a, b) => a.box[0] - b.box[0]);
  return list[(list.findIndex((face) => face.id === id) + 1) % Math.max(1, list.length)]?.id;
}

/** Gives a face of the photo in view the focus, once it is drawn. */
export function focusFace(id: number): void {
  void tick().then(() => document.querySelector<HTMLElement>(`[data-face="${id}"]`)?.focus());
}
