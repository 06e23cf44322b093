import { chooseFolders } from "../bridge.ts";
import { folders } from "../screens/activity/folders.svelte.ts";
import { overlays } from "../state/overlays.svelte.ts";

/** Asks which folder to add, with the system's own dialog where there is one. */
export async function askForFolders(): Promise<void> {
  const chosen = await chooseFolders();
  if (chosen === null) overlays.open("folder");
  else await folders.take(chosen);
}
