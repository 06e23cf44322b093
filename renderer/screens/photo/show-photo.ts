import type { PhotoView } from "../../../electron/contract/views.ts";
import { asProblemView, ask, host, openPhoto, showInFolder } from "../../bridge.ts";
import { copyWords } from "../../state/copying.ts";
import { toasts } from "../../state/toasts.svelte.ts";
import { t } from "../../strings/words.svelte.ts";

/** Shows the photo's file in the system's file manager; where that cannot be, its path is copied. */
export async function showPhoto(photo: PhotoView): Promise<void> {
  if (host === "electron" && !isHere(photo)) return;
  if (await showInFolder(photo.id)) return;
  const path = photo.files.find((file) => file.state === "present")?.path ?? photo.path;
  await copyWords(path, t().photo.copied);
}

/** The same of a photo of which only the id is at hand. */
export async function showPhotoOf(photoId: number): Promise<void> {
  try {
    await showPhoto(await ask("photo.get", { photoId }));
  } catch (thrown) {
    toasts.problem(asProblemView(thrown));
  }
}

/** Opens the photo outside Familiar, with `choose` in a program that is chosen then; says so where that cannot be. */
export async function openOutside(photo: PhotoView, choose = false): Promise<void> {
  if (!isHere(photo)) return;
  if (!(await openPhoto(photo.id, choose))) toasts.say(t().photo.notOpened, { tone: "error" });
}

/** Whether a file of it is there; says so where none is. */
function isHere({ files, offline }: PhotoView): boolean {
  if (files.some((file) => file.state === "present")) return true;
  toasts.say(`${offline ? t().photo.offlineTitle : t().photo.lostTitle}.`);
  return false;
}
