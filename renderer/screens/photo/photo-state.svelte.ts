import type { ProblemView } from "../../../electron/contract/problems.ts";
import type { BoxView, FaceView, PhotoView } from "../../../electron/contract/views.ts";
import { asProblemView, ask, photoUrl } from "../../bridge.ts";
import { HeldPictures } from "../../parts/held-pictures.ts";
import { decide } from "../../state/decide.svelte.ts";
import { router, type PhotoSource, type Route } from "../../state/router.svelte.ts";
import { toasts } from "../../state/toasts.svelte.ts";
import { t } from "../../strings/words.svelte.ts";
import { assumed, assumedDrawn } from "./assumed.ts";
import type { Answer } from "./answers.ts";
import { rememberSeen } from "./last-seen.ts";
import { Neighbours } from "./neighbours.svelte.ts";

type PhotoRoute = Extract<Route, { screen: "photo" }>;

/** Whether boxes and names stay, and whether the panel is open: kept from photo to photo for as long as the app runs. */
class Habits {
  faces = $state(true);
  panel = $state(typeof innerWidth === "number" ? innerWidth >= 1100 : true);
}
export const habits = new Habits();

/** The pictures of the photos beside the one in view, fetched once it has been looked at for so many ms: not while somebody leafs through. */
const held = new HeldPictures(6);
const restMs = 120;

/** One photo in view and the list around it. */
export class PhotoState {
  photo = $state.raw<PhotoView | null>(null);
  problem = $state.raw<ProblemView | null>(null);
  looking = $state(false);
  /** Position in the list it came from, or -1. */
  index = $state(-1);
  neighbours = $state.raw(new Neighbours(undefined));
  #turn = 0;
  /** 1: forwards through the list; -1: backwards. */
  #way: 1 | -1 = 1;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #route: PhotoRoute;

  constructor(route: PhotoRoute) {
    this.#route = route;
    this.neighbours = new Neighbours(route.source);
    this.index = route.index ?? (route.source === undefined ? -1 : 0);
    void this.#place(route.photoId);
  }

  get source(): PhotoSource | undefined {
    return this.#route.source;
  }
  get hasPrevious(): boolean {
    return this.index > 0;
  }
  get hasNext(): boolean {
    return this.index >= 0 && this.index < this.neighbours.total - 1;
  }

  /** Loads the photo; what is shown stays until the new one has come. */
  async load(photoId: number): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    try {
      const photo = await ask("photo.get", { photoId });
      if (turn !== this.#turn) return;
      this.photo = photo;
      this.problem = null;
      clearTimeout(this.#soon);
      this.#soon = setTimeout(() => this.#ahead(), restMs);
    } catch (thrown) {
      if (turn === this.#turn) this.problem = asProblemView(thrown);
    }
  }
  /** Has the pictures of the neighbours ready, those in the way one goes first. */
  #ahead(): void {
    if (this.index < 0) return;
    for (const step of [1, 2, -1]) {
      const id = this.neighbours.idAt(this.index + step * this.#way);
      if (id !== undefined) void held.hold(photoUrl(id, "screen"));
    }
  }
  /** Loads the same photo again, as after a decision. */
  async refresh(): Promise<void> {
    if (this.photo !== null) await this.load(this.photo.id);
  }
  async go(index: number): Promise<void> {
    if (index < 0 || index >= this.neighbours.total) return;
    const here = router.here();
    await this.neighbours.around(index, 30);
    const photoId = this.neighbours.idAt(index);
    if (photoId === undefined || !here()) return;
    this.#way = index < this.index ? -1 : 1;
    this.index = index;
    rememberSeen(this.source, index);
    const { faceId: _faceId, ...rest } = this.#route;
    this.#route = { ...rest, photoId, index };
    router.replace(this.#route);
  }
  async lookAgain(): Promise<void> {
    if (this.photo === null || this.looking) return;
    this.looking = true;
    try {
      this.photo = await ask("photo.readAgain", { photoId: this.photo.id });
      toasts.say(t().photo.facesFound(this.photo.faceList.length));
    } catch (thrown) {
      toasts.problem(asProblemView(thrown));
    } finally {
      this.looking = false;
    }
  }
  /** Quarters clockwise that the picture is shown turned by until it is. */
  turning = $state(0);
  #toTurn = 0;
  #turns = false;
  /** Turns the photo to the left (3) or to the right (1): shown at once. What is asked for meanwhile follows as one. */
  async turn(quarter: 1 | 3): Promise<void> {
    this.#toTurn = (this.#toTurn + quarter) % 4;
    this.turning = (this.turning + quarter) % 4;
    if (this.#turns) return;
    this.#turns = true;
    const photoId = this.photo?.id;
    while (photoId !== undefined && (this.#toTurn === 1 || this.#toTurn === 2 || this.#toTurn === 3)) {
      const turn = this.#toTurn;
      this.#toTurn = 0;
      await decide("turn", { photoId, quarter: turn });
      if (this.photo?.id === photoId) await this.refresh();
      this.turning = this.#toTurn;
    }
    this.#turns = false;
    this.turning = 0;
  }
  /** Moves the box of a face, shown at once. */
  async keepBox(face: FaceView, box: BoxView): Promise<void> {
    if (this.photo === null) return;
    this.photo = { ...this.photo, faceList: this.photo.faceList.map((one) => (one.id === face.id ? { ...one, box } : one)) };
    const [x, y, width, height] = box;
    await decide("adjust", { faceId: face.id, box: [x, y, width, height] });
    await this.refresh();
  }
  /** Shows an answer at once; the next loading brings the truth, also where the answer was refused. */
  assume(faceId: number, answer: Answer): void {
    if (this.photo === null) return;
    this.photo = { ...this.photo, faceList: assumed(this.photo.faceList, faceId, answer) };
  }
  /** Shows a drawn face at once. */
  assumeDrawn(box: BoxView, answer: Answer): void {
    if (this.photo === null) return;
    this.photo = { ...this.photo, faceList: [...this.photo.faceList, assumedDrawn(this.photo, box, answer)] };
  }
  face(id: number | null): FaceView | undefined {
    return this.photo?.faceList.find((face) => face.id === id);
  }

  /** The list may have changed since the photo was opened from it: its place is looked for around where it was. */
  async #place(photoId: number): Promise<void> {
    if (this.index < 0) return;
    await this.neighbours.around(this.index, 30);
    const found = this.neighbours.find(photoId, this.index);
    if (found >= 0) this.index = found;
    else if (this.#route.index === undefined) this.index = -1;
    if (this.index >= 0) rememberSeen(this.source, this.index);
  }
}
