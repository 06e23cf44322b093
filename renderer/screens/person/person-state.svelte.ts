import { SvelteMap } from "svelte/reactivity";
import type { ProblemView } from "../../../electron/contract/problems.ts";
import type { FaceView, PersonView, PhotoTile } from "../../../electron/contract/views.ts";
import { asProblemView, ask } from "../../bridge.ts";
import { byId, gathered, idsOf } from "../../parts/by-id.ts";
import { bySureness, wantsLook } from "../../parts/face-words.ts";
import { router } from "../../state/router.svelte.ts";
import { yearOf } from "../../strings/format.ts";

export type Show = "everything" | "confirmed" | "proposed" | "to-check";
export type Sort = "newest" | "oldest" | "sureness" | "quality";
export type View = "faces" | "photos";

/** Faces or photos of one year, or of no known one; `year` is undefined where the list is not by year. */
export interface YearOf<T> {
  readonly year: number | null | undefined;
  readonly items: readonly T[];
}
const CHUNK = 5000;

/** One person: who it is, every face, every photo, and how they are looked at. */
export class PersonState {
  readonly id: number;
  person = $state.raw<PersonView | null>(null);
  problem = $state.raw<ProblemView | null>(null);
  #faces = $state.raw<readonly FaceView[]>([]);
  photos = $state.raw<readonly PhotoTile[]>([]);
  facesReady = $state(false);
  photosReady = $state(false);
  view = $state<View>(router.keptText("view", "faces") === "photos" ? "photos" : "faces");
  sort = $state<Sort>("newest");
  show = $state<Show>("everything");
  /** Said no to in this visit: they stay where they were, faded, until one leaves. */
  readonly rejected = new SvelteMap<number, FaceView>();
  #turn = 0;

  constructor(id: number) {
    this.id = id;
  }

  readonly faces: readonly FaceView[] = $derived.by(() => {
    const there = idsOf(this.#faces);
    const gone = [...this.rejected.values()].filter((face) => !there.has(face.id));
    return gone.length === 0 ? this.#faces : [...this.#faces, ...gone];
  });
  readonly byId: ReadonlyMap<number, FaceView> = $derived(byId(this.faces));
  readonly counts: Readonly<Record<Show, number>> = $derived({
    everything: this.#faces.length,
    confirmed: this.#faces.filter((face) => face.state === "confirmed").length,
    proposed: this.#faces.filter((face) => face.state === "proposed").length,
    "to-check": this.#faces.filter(wantsLook).length,
  });
  /** Faces in the box "Is this …?": only for somebody with a name, and only where everything or the proposed are shown. */
  readonly boxed: readonly FaceView[] = $derived.by(() => {
    if (this.person?.state !== "named" || (this.show !== "everything" && this.show !== "proposed")) return [];
    return this.#faces.filter(wantsLook).sort(bySureness);
  });
  readonly years: readonly YearOf<FaceView>[] = $derived.by(() => {
    const boxed = idsOf(this.boxed);
    const shown = this.faces.filter((face) => !boxed.has(face.id) && this.#fits(face));
    if (this.sort === "sureness") return [{ year: undefined, items: [...shown].sort(bySureness) }];
    if (this.sort === "quality") return [{ year: undefined, items: [...shown].sort((a, b) => b.quality - a.quality) }];
    return byYear(shown, this.sort);
  });
  readonly photoYears: readonly YearOf<PhotoTile>[] = $derived(byYear(this.photos, this.sort === "oldest" ? "oldest" : "newest"));
  readonly facesByPhoto: ReadonlyMap<number, readonly FaceView[]> = $derived(gathered(this.#faces, (face) => face.photoId));

  #fits(face: FaceView): boolean {
    if (this.show === "confirmed") return face.state === "confirmed";
    if (this.show === "proposed") return face.state === "proposed";
    if (this.show === "to-check") return wantsLook(face);
    return true;
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
      const faces = await everything((offset) => ask("person.faces", { personId, sort: "date", offset, limit: CHUNK }));
      if (turn !== this.#turn) return;
      this.#faces = faces;
      // Taken back meanwhile: it is one of these again.
      for (const face of faces) this.rejected.delete(face.id);
      this.facesReady = true;
      if (this.view === "photos" || this.photosReady) await this.loadPhotos();
    } catch (thrown) {
      if (turn === this.#turn) this.problem = asProblemView(thrown);
    }
  }
  async loadPhotos(): Promise<void> {
    try {
      this.photos = await everything((offset) => ask("person.photos", { personId: this.id, offset, limit: CHUNK }));
      this.photosReady = true;
    } catch (thrown) {
      this.problem = asProblemView(thrown);
    }
  }
  look(view: View): void {
    this.view = view;
    router.keep("view", view);
    if (view === "photos" && !this.photosReady) void this.loadPhotos();
  }
}

async function everything<T>(
  load: (offset: number) => Promise<{ readonly total: number; readonly items: readonly T[] }>,
): Promise<readonly T[]> {
  const first = await load(0);
  const all = [...first.items];
  while (all.length < first.total) {
    const next = await load(all.length);
    if (next.items.length === 0) break;
    all.push(...next.items);
  }
  return all;
}

/** Items by the year of their date, newest or oldest first; those without a date come last. */
function byYear<T extends { readonly takenAt: string | null }>(items: readonly T[], sort: "newest" | "oldest"): readonly YearOf<T>[] {
  const direction = sort === "newest" ? -1 : 1;
  const sorted = [...items].sort((a, b) =>
    a.takenAt === null || b.takenAt === null
      ? Number(a.takenAt === null) - Number(b.takenAt === null)
      : direction * a.takenAt.localeCompare(b.takenAt),
  );
  const years: { year: number | null; items: T[] }[] = [];
  for (const item of sorted) {
    const year = yearOf(item.takenAt);
    const last = years.at(-1);
    if (last !== undefined && last.year === year) last.items.push(item);
    else years.push({ year, items: [item] });
  }
  return years;
}
