import { SvelteMap } from "svelte/reactivity";
import type { ProblemView } from "../../../electron/contract/problems.ts";
import type { FaceView, PersonView, PhotoTile } from "../../../electron/contract/views.ts";
import { asProblemView, ask } from "../../bridge.ts";
import { byId, gathered, idsOf } from "../../parts/by-id.ts";
import { bySureness } from "../../parts/face-words.ts";
import { router } from "../../state/router.svelte.ts";
import { allPages } from "../../state/all-pages.ts";
import { monthsAt } from "./ages.ts";
import { keptLook, type Look, type Show, type Sort } from "./kept-look.svelte.ts";
import { PersonFilter } from "./person-filter.svelte.ts";
import { byAge, byYear, type Section } from "./person-sections.ts";

export type View = "faces" | "photos";

/** Photos asked for at once. */
const CHUNK = 5000;
/** Faces asked for at once: few enough that pictures are answered in between. */
const FACES = 1000;
/** Faces that are shown before the rest of a person with very many has come. */
const FIRST = 300;

/** One person: who it is, every face, every photo, and how they are looked at. */
export class PersonState {
  readonly id: number;
  person = $state.raw<PersonView | null>(null);
  problem = $state.raw<ProblemView | null>(null);
  #faces = $state.raw<readonly FaceView[]>([]);
  photos = $state.raw<readonly PhotoTile[]>([]);
  /** There are faces to show: all of them, or the first of very many. */
  facesReady = $state(false);
  /** All of them are here. */
  complete = $state(false);
  photosReady = $state(false);
  view = $state<View>(router.keptText("view", "faces") === "photos" ? "photos" : "faces");
  sort = $state<Sort>(keptLook()?.sort ?? "newest");
  show = $state<Show>(keptLook()?.show ?? "everything");
  readonly filter: PersonFilter;
  /** Said no to in this visit: they stay where they were, faded, until one leaves. */
  readonly rejected = new SvelteMap<number, FaceView>();
  #turn = 0;

  constructor(id: number) {
    this.id = id;
    this.filter = new PersonFilter(id, keptLook());
  }
  /** How they are looked at. */
  get how(): Look {
    const { sort, show, filter } = this;
    return { sort, show, with: filter.with, folder: filter.folder, ages: filter.ages };
  }
  get birthday(): string | null {
    return this.person?.birthday ?? null;
  }

  readonly faces: readonly FaceView[] = $derived.by(() => {
    const there = idsOf(this.#faces);
    const gone = [...this.rejected.values()].filter((face) => !there.has(face.id));
    return gone.length === 0 ? this.#faces : [...this.#faces, ...gone];
  });
  readonly byId: ReadonlyMap<number, FaceView> = $derived(byId(this.faces));
  /** Faces that fit the filter. */
  readonly #fitting: readonly FaceView[] = $derived.by(() =>
    this.filter.count === 0 ? this.#faces : this.#faces.filter((face) => this.filter.fitsFace(face, this.birthday)),
  );
  /** Photos that fit the filter; known from the faces before the photos have come. */
  readonly photoCount: number = $derived.by(() =>
    this.filter.count === 0 ? (this.person?.photos ?? 0) : gathered(this.#fitting, (face) => face.photoId).size,
  );
  readonly counts: Readonly<Record<Show, number>> = $derived.by(() => {
    const counts = { everything: 0, confirmed: 0, proposed: 0, "to-check": 0, twice: 0, "before-birth": 0 };
    for (const face of this.#fitting) {
      counts.everything += 1;
      counts[face.state] += 1;
      if (face.toCheck) counts["to-check"] += 1;
      if (face.twice) counts.twice += 1;
      if (this.#tooOld(face)) counts["before-birth"] += 1;
    }
    return counts;
  });
  /** Faces in the box "Is this …?": only for somebody with a name, and only where everything or the proposed are shown. */
  readonly boxed: readonly FaceView[] = $derived.by(() => {
    if (this.person?.state !== "named" || (this.show !== "everything" && this.show !== "proposed")) return [];
    return this.#fitting.filter((face) => face.toCheck).sort(bySureness);
  });
  /** By age only while there is a birthday. */
  readonly order: Sort = $derived(this.sort === "age" && this.birthday === null ? "oldest" : this.sort);
  readonly sections: readonly Section<FaceView>[] = $derived.by(() => {
    const boxed = idsOf(this.boxed);
    const shown = this.faces.filter(
      (face) => !boxed.has(face.id) && this.#fits(face) && (this.filter.count === 0 || this.filter.fitsFace(face, this.birthday)),
    );
    const { order, birthday } = this;
    if (order === "sureness") return [{ by: null, value: null, items: [...shown].sort(bySureness) }];
    if (order === "quality") return [{ by: null, value: null, items: [...shown].sort((a, b) => b.quality - a.quality) }];
    return order === "age" && birthday !== null ? byAge(shown, birthday) : byYear(shown, order === "newest" ? "newest" : "oldest");
  });
  readonly photoSections: readonly Section<PhotoTile>[] = $derived.by(() => {
    const { order, birthday, show } = this;
    const wanted =
      show === "everything"
        ? null
        : gathered(
            this.#fitting.filter((face) => this.#fits(face)),
            (face) => face.photoId,
          );
    const shown = this.photos.filter(
      (photo) => (wanted === null || wanted.has(photo.id)) && (this.filter.count === 0 || this.filter.fitsPhoto(photo, birthday)),
    );
    return order === "age" && birthday !== null ? byAge(shown, birthday) : byYear(shown, order === "oldest" ? "oldest" : "newest");
  });
  readonly facesByPhoto: ReadonlyMap<number, readonly FaceView[]> = $derived(gathered(this.#faces, (face) => face.photoId));

  #fits(face: FaceView): boolean {
    if (this.show === "confirmed") return face.state === "confirmed";
    if (this.show === "proposed") return face.state === "proposed";
    if (this.show === "to-check") return face.toCheck;
    if (this.show === "twice") return face.twice;
    return this.show === "everything" || this.#tooOld(face);
  }
  /** In a photo that was taken before this person was born. */
  #tooOld(face: FaceView): boolean {
    return (monthsAt(this.birthday, face.takenAt) ?? 0) < 0;
  }

  /** Loads everything again; what is shown stays until the new is there. */
  async load(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    try {
      const personId = this.id;
      const person = await ask("person.get", { personId });
      if (turn !== this.#turn) return;
      this.person = person;
      this.problem = null;
      // Somebody who comes back far down waits for all of them, to be put where they were.
      const top = router.keptNumber("grid.top", 0) === 0;
      if (!this.facesReady && this.filter.with !== null) await this.filter.reload();
      if (!this.facesReady && top && person.faces > FIRST) await this.#loadFirst(person, turn);
      const faces: FaceView[] = [];
      for (let total = 1; faces.length < total;) {
        const page = await ask("person.faces", { personId, sort: "date", offset: faces.length, limit: FACES });
        // Asked for anew meanwhile: what is left of this one is of no use.
        if (turn !== this.#turn) return;
        faces.push(...page.items);
        total = page.items.length === 0 ? 0 : page.total;
      }
      this.#faces = faces;
      // Taken back meanwhile: it is one of these again.
      for (const face of faces) this.rejected.delete(face.id);
      this.facesReady = true;
      this.complete = true;
      await this.filter.reload();
      if (this.view === "photos" || this.photosReady) await this.loadPhotos();
    } catch (thrown) {
      if (turn === this.#turn) this.problem = asProblemView(thrown);
    }
  }
  /** The newest, and those in the box above them, so that nothing above what is looked at moves when the others come. */
  async #loadFirst({ id, state }: PersonView, turn: number): Promise<void> {
    const boxed = state === "named" ? FIRST : 0;
    const [box, newest] = await Promise.all([
      ask("person.faces", { personId: id, show: "to-check", sort: "sureness", offset: 0, limit: boxed }),
      ask("person.faces", { personId: id, sort: "date", offset: 0, limit: FIRST }),
    ]);
    if (turn !== this.#turn) return;
    this.#faces = [...byId([...newest.items, ...box.items]).values()];
    this.facesReady = true;
  }
  async loadPhotos(): Promise<void> {
    try {
      this.photos = await allPages((offset, limit) => ask("person.photos", { personId: this.id, offset, limit }), CHUNK);
      this.photosReady = true;
    } catch (thrown) {
      this.problem = asProblemView(thrown);
    }
  }
  /** Nothing is left out any more. */
  showEverything(): void {
    this.show = "everything";
    this.filter.clear();
  }
  look(view: View): void {
    this.view = view;
    router.keep("view", view);
    if (view === "photos" && !this.photosReady) void this.loadPhotos();
  }
}
