import { SvelteMap } from "svelte/reactivity";

/** Pictures that became others under the same address while this window was open: how often. Read in markup it follows a change. */
const versions = new SvelteMap<string, number>();

/** What is put behind an address so that the picture is asked for anew; "" for one that is as it was. */
export function versionOf(of: "face" | "photo", id: number): string {
  const version = versions.get(`${of}${id}`);
  return version === undefined ? "" : `&v=${version}`;
}

/** These pictures are others now. */
export function renewPictures(pictures: { readonly photoIds: readonly number[]; readonly faceIds: readonly number[] }): void {
  const renew = (key: string): unknown => versions.set(key, (versions.get(key) ?? 0) + 1);
  for (const id of pictures.photoIds) renew(`photo${id}`);
  for (const id of pictures.faceIds) renew(`face${id}`);
}
