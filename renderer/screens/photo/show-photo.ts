import type { PhotoView } from "../../../electron/contract/views.ts";
import { showInFolder } from "../../bridge.ts";
import { toasts } from "../../state/toasts.svelte.ts";
import { t } from "../../strings/words.svelte.ts";

/** Shows the photo's file in the system's file manager; where that cannot be, its path is copied. */
export async function showPhoto(photo: PhotoView): Promise<void> {
  if (await showInFolder(photo.id)) return;
  const path = photo.files.find((file) => file.state === "present")?.path ?? photo.path;
  await navigator.clipboard?.writeText(path);
  toasts.say(t().photo.copied);
}
