import type { Page, PhotoTile } from "../../../electron/contract/views.ts";
import { ask } from "../../bridge.ts";
import { Pages } from "../../state/pages.svelte.ts";
import type { PhotoSource } from "../../state/router.svelte.ts";

/** The list a photo was opened from: how long it is and which photo stands where. */
export class Neighbours {
  readonly source: PhotoSource | undefined;
  readonly #pages: Pages<PhotoTile> | null;

  constructor(source: PhotoSource | undefined) {
    this.source = source;
    const load = source === undefined ? null : loader(source);
    this.#pages = load === null ? null : new Pages(load, 200);
  }

  get total(): number {
    if (this.#pages !== null) return this.#pages.total;
    return this.source?.from === "list" ? this.source.photoIds.length : 0;
  }
  /** Id of the photo at a position, once it is known. */
  idAt(index: number): number | undefined {
    if (this.source?.from === "list") return this.source.photoIds[index];
    return this.#pages?.at(index)?.id;
  }
  tileAt(index: number): PhotoTile | undefined {
    return this.#pages?.at(index);
  }
  /** Makes sure that the photos around a position are known. */
  async around(index: number, reach: number): Promise<void> {
    await this.#pages?.ensure(Math.max(0, index - reach), index + reach + 1);
  }
  /** Where a photo stands, looked for near a position first; -1 where it is not among what is known. */
  find(photoId: number, near: number): number {
    if (this.source?.from === "list") return this.source.photoIds.indexOf(photoId);
    for (let step = 0; step < 400; step += 1) {
      if (this.idAt(near + step) === photoId) return near + step;
      if (near - step >= 0 && this.idAt(near - step) === photoId) return near - step;
    }
    return -1;
  }
}

function loader(source: PhotoSource): ((offset: number, limit: number) => Promise<Page<PhotoTile>>) | null {
  switch (source.from) {
    case "photos":
      return (offset, limit) => ask("photos.list", { offset, limit });
    case "person":
      return (offset, limit) => ask("person.photos", { personId: source.personId, offset, limit });
    case "search":
      return (offset, limit) => ask("search", { query: asArgs(source.query), sort: source.sort ?? "newest", offset, limit });
    case "list":
      return null;
  }
}

/** A query as the request takes it: the view's lists are read-only, the request's are not. */
export function asArgs(query: import("../../../electron/contract/views.ts").SearchQuery): {
  all?: number[];
  any?: number[];
  none?: number[];
  only?: number[];
  from?: string;
  to?: string;
  folder?: string;
  faces?: number;
  facesAtLeast?: number;
  aged?: { person: number; from: number; to: number }[];
  near?: { latitude: number; longitude: number; km: number };
} {
  return {
    ...(query.all !== undefined && { all: [...query.all] }),
    ...(query.any !== undefined && { any: [...query.any] }),
    ...(query.none !== undefined && { none: [...query.none] }),
    ...(query.only !== undefined && { only: [...query.only] }),
    ...(query.from !== undefined && { from: query.from }),
    ...(query.to !== undefined && { to: query.to }),
    ...(query.folder !== undefined && { folder: query.folder }),
    ...(query.faces !== undefined && { faces: query.faces }),
    ...(query.facesAtLeast !== undefined && { facesAtLeast: query.facesAtLeast }),
    ...(query.aged !== undefined && { aged: query.aged.map((one) => ({ ...one })) }),
    ...(query.near !== undefined && { near: { ...query.near } }),
  };
}
