import type { FaceView, MonthView, PhotoTile } from "../../../electron/contract/views.ts";
import { byId } from "../../parts/by-id.ts";
import type { GridLayout } from "../../parts/grid-layout.ts";
import { router } from "../../state/router.svelte.ts";
import { yearOf, years } from "../../strings/format.ts";
import { t } from "../../strings/words.svelte.ts";
import { aspectOf } from "../photos/justify.ts";
import { yearsAt } from "./ages.ts";
import { boxHeight, boxShown, facesLayout, moreCell, photosLayout } from "./person-layout.ts";
import { dateOf, monthsOf, undatedSections, type Section } from "./person-sections.ts";
import type { PersonState } from "./person-state.svelte.ts";

/** Sides of a face, pixels; and heights of a row of photos for the same steps. */
export const faceSizes = [64, 80, 96, 128, 168] as const;
const photoHeights = [110, 130, 156, 200, 260] as const;
export const deliveredSize = 2;
/** Height of the line under a face, pixels. */
const CAPTION = 20;

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
  /** Room under a face for how old somebody was, where the birthday is known. */
  readonly caption: number = $derived.by(() => (this.state.birthday === null ? 0 : CAPTION));
  readonly boxHeight: number = $derived.by(() =>
    boxHeight(this.boxed, this.boxed < this.state.boxed.length, this.size, this.width, this.caption),
  );
  readonly more = $derived.by(() =>
    this.boxed < this.state.boxed.length
      ? { ...moreCell(this.boxed, this.size, this.width), count: this.state.boxed.length - this.boxed }
      : null,
  );
  readonly ids: readonly number[] = $derived.by(() =>
    this.state.view === "photos"
      ? this.state.photoSections.flatMap((year) => year.items.map((photo) => photo.id))
      : [...this.state.boxed.slice(0, this.boxed), ...this.state.sections.flatMap((year) => year.items)].map((face) => face.id),
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
        state.photoSections.map((year) => year.items.map(aspectOf)),
        true,
        photoHeights[this.step] ?? 156,
        width,
      );
    }
    const headed = state.sections[0]?.by !== null;
    return facesLayout(
      {
        boxed: this.boxed,
        more: this.boxed < state.boxed.length,
        counts: state.sections.map((year) => year.items.length),
        headed,
        bare: undatedSections(state.sections),
      },
      this.size,
      width,
      this.caption,
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
  /** Position of the item that shows a face; undefined where it is not shown. */
  placeOf(faceId: number | null): number | undefined {
    const face = faceId === null ? undefined : this.state.byId.get(faceId);
    const at = face === undefined ? -1 : this.ids.indexOf(this.state.view === "photos" ? face.photoId : face.id);
    return at < 0 ? undefined : at;
  }
  /** The heading of a section of the grid: its title, facts about it, and the ids in it. */
  headingAt(
    section: number,
  ): { readonly title: string; readonly facts: readonly string[]; readonly ids: () => readonly number[] } | undefined {
    const { state } = this;
    const photos = state.view === "photos";
    const sections: readonly Section<FaceView | PhotoTile>[] = photos ? state.photoSections : state.sections;
    const at = sections[section - (this.boxed > 0 && !photos ? 1 : 0)];
    if (at === undefined || at.by === null) return undefined;
    const words = t().person;
    const ids = (): readonly number[] => at.items.map((item) => item.id);
    const many = photos ? words.yearPhotos(at.items.length) : words.yearFaces(at.items.length);
    if (at.value === null) return { title: words.noDate, facts: [many], ids };
    if (at.by === "age") {
      const [first, last] = [at.items[0], at.items.at(-1)].map((item) => (item === undefined ? null : yearOf(dateOf(item))));
      return { title: at.value < 0 ? words.unborn : words.ageHeading(at.value), facts: [years(first ?? null, last ?? null), many], ids };
    }
    let [least, most] = [Infinity, 0];
    for (const item of at.items) {
      const old = yearsAt(state.birthday, dateOf(item)) ?? -1;
      if (old >= 0) [least, most] = [Math.min(least, old), Math.max(most, old)];
    }
    // Under each face stands how many months somebody was; the first year of a life needs no more words.
    const age = most > 0 && least <= most ? [words.age(least, most)] : [];
    return { title: String(at.value), facts: [...age, many], ids };
  }
  /** Months of what stands below the box, newest first, each with the position of its first item. For going to a date. */
  get months(): readonly MonthView[] {
    const { view, photoSections, sections } = this.state;
    return view === "photos" ? monthsOf(photoSections, 0) : monthsOf(sections, this.boxed);
  }
  /** Position of the first item of the next earlier (-1) or later (1) month than the one an item stands in; null where there is none. */
  monthFrom(index: number, by: -1 | 1): number | null {
    if (!this.dated) return null;
    const { months } = this;
    const id = this.ids[index];
    const item = id === undefined ? undefined : this.state.view === "photos" ? this.photo(id) : this.state.byId.get(id);
    const here = item === undefined || index < (this.state.view === "photos" ? 0 : this.boxed) ? null : (dateOf(item)?.slice(0, 7) ?? null);
    // In the box, or without a date: the newest month is later and earlier than nothing.
    if (here === null) return months[0]?.offset ?? null;
    const next = by < 0 ? months.find((each) => (each.month ?? "") < here) : months.findLast((each) => (each.month ?? "") > here);
    return next?.offset ?? null;
  }
  /** Whether the order is one of time, so that one can go to a date in it. */
  get dated(): boolean {
    return this.state.view === "photos" || this.state.sections[0]?.by !== null;
  }
  /** Ids of the section that an item stands in. */
  sectionIds(index: number): readonly number[] {
    if (this.state.view === "faces" && index < this.boxed) return this.ids.slice(0, this.boxed);
    const counts = this.state.view === "photos" ? this.state.photoSections : this.state.sections;
    let first = this.state.view === "photos" ? 0 : this.boxed;
    for (const { items } of counts) {
      if (index < first + items.length) return this.ids.slice(first, first + items.length);
      first += items.length;
    }
    return [];
  }
  resize(by: number): void {
    this.step = Math.max(0, Math.min(faceSizes.length - 1, this.step + by));
    router.keep("size", this.step);
  }
}
