import type { FolderView } from "../../../electron/contract/views.ts";
import { asProblemView, ask, chooseFolders } from "../../bridge.ts";
import { library } from "../../state/library.svelte.ts";
import { toasts } from "../../state/toasts.svelte.ts";
import { baseName } from "../../strings/format.ts";
import { t } from "../../strings/words.svelte.ts";

/** What can be done with folders, from Activity and from Settings. */
class Folders {
  /** The app's own dialog is open, where the system has none to offer. */
  picking = $state(false);

  async add(): Promise<void> {
    const chosen = await chooseFolders();
    if (chosen === null) this.picking = true;
    else await this.take(chosen);
  }
  async take(paths: readonly string[]): Promise<void> {
    this.picking = false;
    if (paths.length === 0) return;
    await this.#said(async () => {
      await ask("folders.add", { paths: [...paths] });
      toasts.say(t().activity.added(paths.map(baseName).join(", ")), { tone: "done" });
      await ask("scan.start", {});
    });
  }
  async remove(folder: FolderView): Promise<void> {
    await this.#said(async () => {
      await ask("folders.remove", { folderId: folder.id });
      toasts.say(t().activity.removed(baseName(folder.path)), {
        tone: "done",
        action: { label: t().toast.undo, keys: "", run: () => void this.take([folder.path]) },
      });
    });
  }
  async readAgain(folderId?: number): Promise<void> {
    await this.#said(() => ask("scan.start", folderId === undefined ? {} : { folderIds: [folderId] }));
  }
  /** Pause, go on, stop. */
  async scan(what: "scan.pause" | "scan.resume" | "scan.cancel"): Promise<void> {
    await this.#said(() => ask(what, {}));
  }

  async #said(run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
      await library.refresh();
    } catch (thrown) {
      toasts.problem(asProblemView(thrown));
    }
  }
}

/** The one place that adds and removes folders. */
export const folders = new Folders();
