import type { FaceView, PhotoTile } from "../../../electron/contract/views.ts";
import { byId } from "../../parts/by-id.ts";
import type { GridLayout } from "../../parts/grid-layout.ts";
import { router } from "../../state/router.svelte.ts";
import { aspectOf } from "../photos/justify.ts";
import { boxHeight, boxShown, facesLayout, moreCell, photosLayout } from "./person-layout.ts";
import type { PersonState } from "./person-state.svelte.ts";

/** Sides of a face, pixels; and heights of a row of photos for the same steps. */
export const faceSizes = [64, 80, 96, 128, 168] as const;
const photoHeights = [110, 130, 156, 200, 260] as const;
export const deliveredSize = 2;

/** What the person's grid shows, in order: first the box of proposed faces, then the years. */
export class PersonItems {
  readonly state: PersonState;
  width = $state(0);
  step = $state(router.keptNumber("size", deliveredSize));
  boxOpen = $state(false);
  readonly size: number = $derived(faceSizes[this.step] ?? 96);

  constructor(state: PersonState) {
    this.state = state;
  }

  readonly boxed: number = $derived.by(() =>
    this.state.boxed.length === 0 || this.width === 0 ? 0 : boxShown(this.state.boxed.length, this.boxOpen, this.size, this.width),
  );
  readonly boxHeight: number = $derived.by(() => boxHeight(this.boxed, this.boxed < this.state.boxed.length, this.size, this.width));
  readonly more = $derived.by(() =>
    this.boxed < this.state.boxed.length
      ? { ...moreCell(this.boxed, this.size, this.width), count: this.state.boxed.length - this.boxed }
      : null,
  );
  readonly ids: readonly number[] = $derived.by(() =>
    this.state.view === "photos"
      ? this.state.photoYears.flatMap((year) => year.items.map((photo) => photo.id))
      : [...this.state.boxed.slice(0, this.boxed), ...this.state.years.flatMap((year) => year.items)].map((face) => face.id),
  );
  readonly #photos: ReadonlyMap<number, PhotoTile> = $derived.by(() => byId(this.state.photos));
  readonly ages: readonly [number, number] | null = $derived.by(() => {
    let [least, most] = [Infinity, -Infinity];
    for (const { age } of this.state.faces) {
      if (age === null || age < 0) continue;
      least = Math.min(least, age);
      most = Math.max(most, age);
    }
    return least === Infinity ? null : [least, most];
  });

  layout(width: number): GridLayout {
    const { state } = this;
    if (state.view === "photos") {
      return photosLayout(
        state.photoYears.map((year) => year.items.map(aspectOf)),
        true,
        photoHeights[this.step] ?? 156,
        width,
      );
    }
    const headed = state.years[0]?.year !== undefined;
    return facesLayout(
      { boxed: this.boxed, more: this.boxed < state.boxed.length, counts: state.years.map((year) => year.items.length), headed },
      this.size,
      width,
    );
  }
  photo(id: number): PhotoTile | undefined {
    return this.#photos.get(id);
  }
  /** This person's faces behind ids of the grid: the faces themselves, or those in the photos. */
  facesOf(ids: readonly number[]): readonly FaceView[] {
    if (this.state.view === "photos") return ids.flatMap((id) => this.state.facesByPhoto.get(id) ?? []);
    return ids.flatMap((id) => this.state.byId.get(id) ?? []);
  }
  /** Year, age in it and how many, of a section of the grid. */
  yearAt(section: number): { readonly year: number | null; readonly age: number | null; readonly count: number } | undefined {
    const years = this.state.view === "photos" ? this.state.photoYears : this.state.years;
    const at = years[section - (this.boxed > 0 && this.state.view === "faces" ? 1 : 0)];
    if (at === undefined || at.year === undefined) return undefined;
    const born = this.state.person?.birthday?.slice(0, 4);
    const age = at.year === null || born === undefined ? null : at.year - Number(born);
    return { year: at.year, age: age !== null && age >= 0 ? age : null, count: at.items.length };
  }
  /** Ids of the section that an item stands in. */
  sectionIds(index: number): readonly number[] {
    if (this.state.view === "faces" && index < this.boxed) return this.ids.slice(0, this.boxed);
    const counts = this.state.view === "photos" ? this.state.photoYears : this.state.years;
    let first = this.state.view === "photos" ? 0 : this.boxed;
    for (const { items } of counts) {
      if (index < first + items.length) return this.ids.slice(first, first + items.length);
      first += items.length;
    }
    return [];
  }
  firstTwice(): number {
    return Math.max(
      0,
      this.ids.findIndex((id) => this.state.byId.get(id)?.twice === true),
    );
  }
  resize(by: number): void {
    this.step = Math.max(0, Math.min(faceSizes.length - 1, this.step + by));
    router.keep("size", this.step);
  }
}
