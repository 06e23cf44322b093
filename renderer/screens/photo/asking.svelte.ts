import type { BoxView, FaceView } from "../../../electron/contract/views.ts";
import { answerFace, keepDrawn } from "./answer-face.ts";
import type { Answer } from "./answers.ts";
import { unkeptFace } from "./assumed.ts";
import type { Drawing } from "./draw.svelte.ts";
import { focusFace, nextFace } from "./next-face.ts";
import type { PhotoState } from "./photo-state.svelte.ts";
import type { Rect } from "./place-labels.ts";

interface Open {
  /** Null: the one being drawn. */
  readonly face: FaceView | null;
  /** Its box in the window, pixels. */
  readonly anchor: Rect;
  /** Begins with the reasons. */
  readonly why: boolean;
}
/** Where a box of the photo is in the window; undefined while there is no stage. */
type RectOf = (box: BoxView) => Rect | undefined;

/** Which face of the photo in view is asked about, and what becomes of the answer. */
export class Asking {
  open = $state.raw<Open | null>(null);
  /** A face that was asked for is shown as chosen until something else is done. */
  wanted = $state<number | null>(null);
  /** The face that has the keyboard focus. */
  focused = $state<number | null>(null);
  readonly #shown: PhotoState;
  readonly #drawing: Drawing;
  readonly #rectOf: RectOf;

  constructor(shown: PhotoState, drawing: Drawing, rectOf: RectOf, wanted: number | null) {
    this.#shown = shown;
    this.#drawing = drawing;
    this.#rectOf = rectOf;
    this.wanted = wanted;
  }

  /** The face that keys are about. */
  get current(): FaceView | undefined {
    return this.#shown.face(this.open?.face?.id ?? this.focused ?? this.wanted);
  }
  /** The face to be shown as chosen. */
  get chosen(): number | null {
    return this.open?.face?.id ?? this.wanted;
  }

  close(): void {
    const face = this.open?.face ?? null;
    this.open = null;
    this.wanted = null;
    if (face !== null) focusFace(face.id);
  }
  about(face: FaceView, why = false): void {
    const anchor = this.#rectOf(face.box);
    if (anchor === undefined || this.#drawing.on || face.id === unkeptFace) return;
    this.wanted = null;
    this.open = { face, anchor, why };
  }
  aboutDrawn(): void {
    const { box } = this.#drawing;
    const anchor = box === null ? undefined : this.#rectOf(box);
    if (anchor !== undefined) this.open = { face: null, anchor, why: false };
  }
  /** Takes the answer to what is open. */
  async answered(answer: Answer): Promise<void> {
    const face = this.open?.face ?? null;
    if (face !== null) return this.say(face, answer);
    const { photo } = this.#shown;
    const { box } = this.#drawing;
    this.open = null;
    this.#drawing.stop();
    if (photo === null || box === null) return;
    this.#shown.assumeDrawn(box, answer);
    await keepDrawn(photo.id, box, answer);
    await this.#shown.refresh();
  }
  /** Takes an answer about a face; then the next one has the focus, unless it stays where it is. */
  async say(face: FaceView, answer: Answer, stay = false): Promise<void> {
    const next = nextFace(this.#shown.photo?.faceList ?? [], face.id);
    this.open = null;
    this.#shown.assume(face.id, answer);
    if (next !== undefined && !stay) focusFace(next);
    await answerFace(face, answer);
    await this.#shown.refresh();
  }
}
