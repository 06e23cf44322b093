import type { FaceView, PhotoTile, PersonView } from "../../../electron/contract/views.ts";
import { ask } from "../../bridge.ts";
import { idsOf } from "../../parts/by-id.ts";
import { allPages } from "../../state/all-pages.ts";
import { yearsAt } from "./ages.ts";
import { folderOf } from "./folders.ts";
import { dateOf } from "./person-sections.ts";

type Other = PersonView["together"][number];

/** What is chosen in a filter. */
export interface FilterChoice {
  readonly with: Other | null;
  readonly folder: string | null;
  readonly ages: readonly [number, number] | null;
}

/** Which of a person's faces and photos are looked at: in whose company, in which folder, at which age. */
export class PersonFilter {
  readonly #personId: number;
  with: Other | null = $state.raw(null);
  folder: string | null = $state(null);
  ages: readonly [number, number] | null = $state.raw(null);
  /** Photos with the other person; null until they have come. */
  #shared = $state.raw<ReadonlySet<number> | null>(null);
  #turn = 0;

  constructor(personId: number, chosen?: FilterChoice) {
    this.#personId = personId;
    this.with = chosen?.with ?? null;
    this.folder = chosen?.folder ?? null;
    this.ages = chosen?.ages ?? null;
  }
  get count(): number {
    return [this.with, this.folder, this.ages].filter((each) => each !== null).length;
  }
  /** Only photos with somebody else; the same once more, or null: with anybody. Rejects when the engine does not answer. */
  async setWith(other: Other | null): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const next = other?.personId === this.with?.personId ? null : other;
    const shared = next === null ? null : await this.#load(next);
    if (turn !== this.#turn) return;
    this.with = next;
    this.#shared = shared;
  }
  /** People changed: who is with whom may have too. */
  async reload(): Promise<void> {
    const other = this.with;
    if (other === null) return;
    const shared = await this.#load(other);
    if (this.with === other) this.#shared = shared;
  }
  clear(): void {
    this.#turn += 1;
    this.with = null;
    this.folder = null;
    this.ages = null;
  }
  fitsFace(face: FaceView, birthday: string | null): boolean {
    return this.#fits(face.photoId, face.path, face.takenAt, birthday);
  }
  fitsPhoto(photo: PhotoTile, birthday: string | null): boolean {
    return this.#fits(photo.id, photo.path, dateOf(photo), birthday);
  }

  #fits(photoId: number, path: string, date: string | null, birthday: string | null): boolean {
    if (this.with !== null && this.#shared?.has(photoId) !== true) return false;
    if (this.folder !== null && folderOf(path) !== this.folder) return false;
    if (this.ages === null) return true;
    const age = yearsAt(birthday, date);
    return age !== null && age >= this.ages[0] && age <= this.ages[1];
  }
  async #load(other: Other): Promise<ReadonlySet<number>> {
    const args = { personId: this.#personId, with: other.personId };
    return idsOf(await allPages((offset, limit) => ask("person.photos", { ...args, offset, limit }), 5000));
  }
}
