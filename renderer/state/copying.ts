import { asProblemView, ask, copyPng, copyText, pictureData } from "../bridge.ts";
import { t } from "../strings/words.svelte.ts";
import { toasts } from "./toasts.svelte.ts";

/** Longest side of a copied picture, pixels: beyond it the clipboard of some systems gives up. */
const longest = 3000;

/** Copies a text and says so in `said`, or that it could not be done. */
export async function copyWords(text: string, said: string): Promise<void> {
  if (await copyText(text)) toasts.say(said, { tone: "done" });
  else toasts.say(t().shell.notCopiedText, { tone: "error" });
}

/** Copies one picture, as large as it is at hand. */
export async function copyPicture(of: "photo" | "face", id: number): Promise<void> {
  if (await copyPng(() => asPng(pictureData(of, id)))) toasts.say(t().shell.copied, { tone: "done" });
  else toasts.say(t().shell.notCopied, { tone: "error" });
}

/** Copies one photo's picture; of several where their files are, a line for each: no clipboard takes more than one picture. */
export async function copyPhotos(photoIds: readonly number[]): Promise<void> {
  const [only] = photoIds;
  if (only === undefined) return;
  if (photoIds.length === 1) return copyPicture("photo", only);
  try {
    const paths = await ask("photos.paths", { photoIds: [...photoIds] });
    await copyWords(paths.join("\n"), t().shell.copiedPlaces(paths.length));
  } catch (thrown) {
    toasts.problem(asProblemView(thrown));
  }
}

/** For a key: copies unless words are selected, which the browser copies itself. */
export function unlessWords(copy: () => unknown): boolean {
  if ((getSelection()?.toString() ?? "") !== "") return false;
  void copy();
  return true;
}

async function asPng(address: string): Promise<Blob> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.statusText);
  const picture = await createImageBitmap(await response.blob());
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas.convertToBlob({ type: "image/png" });
}
