/**
 * How pictures are addressed, the same behind every door: `/media/face/<id>?size=128|256|large|eyes` and
 * `/media/photo/<id>?size=thumb|screen|full`, both with `&v=<number>` for a picture that is to be asked for anew. `large` is a face as fine as its photo has it,
 * `eyes` a picture with the eyes always in the same place. By id alone, so no address can name a path on disk.
 */
export const mediaSizes = { face: ["128", "256", "large", "eyes"], photo: ["thumb", "screen", "full"] } as const;
export type MediaAddress =
  | { readonly of: "face"; readonly id: number; readonly size: (typeof mediaSizes.face)[number] }
  | { readonly of: "photo"; readonly id: number; readonly size: (typeof mediaSizes.photo)[number] };

/** Reads `/media/...` (path and query as they stand in the address, undecoded); null for anything that is not exactly such an address. */
export function parseMedia(pathname: string, query: URLSearchParams): MediaAddress | null {
  const match = /^\/media\/(face|photo)\/([1-9]\d{0,14})$/u.exec(pathname);
  if (match === null) return null;
  for (const key of query.keys()) if (key !== "size" && key !== "v") return null;
  if (query.getAll("v").some((version) => !/^\d{1,9}$/u.test(version))) return null;
  const id = Number(match[2]);
  const sizes = query.getAll("size");
  if (sizes.length > 1) return null;
  if (match[1] === "face") {
    const size = mediaSizes.face.find((known) => known === (sizes[0] ?? "256"));
    return size === undefined ? null : { of: "face", id, size };
  }
  const size = mediaSizes.photo.find((known) => known === (sizes[0] ?? "thumb"));
  return size === undefined ? null : { of: "photo", id, size };
}

/**
 * How long a picture may be shown without asking for it again. What every tile shows is let stand for an hour, and dropped when it changes
 * (`dropKept`); a large face asks each time, since its small picture stands in for it while its photo is away.
 */
export function mediaCaching({ size }: MediaAddress): string {
  return size === "large" ? "private, no-cache" : "private, max-age=3600";
}
