import { join } from "node:path";
import { openDesktop } from "./open-desktop.ts";

/** What a test can do to the built desktop app in either Electron: the stand-in, and its own program. */
export interface AnyDesktop {
  readonly home: string;
  readonly library: string;
  /** Runs an expression in the page's own world. */
  evaluate(code: string): Promise<unknown>;
  text(): Promise<string>;
  enginePid(): Promise<number | undefined>;
  clickMenu(id: string): Promise<void>;
  /** What the next dialog for files and folders answers. */
  answerDialog(filePaths: readonly string[]): Promise<void>;
  /** Closes the window, and waits until the app has ended. */
  close(): Promise<void>;
  dispose(): Promise<void>;
}

/** The stand-in in those words. */
export async function openStandIn(): Promise<AnyDesktop> {
  const desktop = await openDesktop();
  return {
    home: desktop.home,
    library: join(desktop.home, "library"),
    evaluate: (code) => desktop.act("evaluate", code),
    text: async () => String(await desktop.act("text")),
    enginePid: async () => (await desktop.act("enginePid")) as number,
    clickMenu: async (id) => void (await desktop.act("clickMenu", id)),
    answerDialog: async (filePaths) => void (await desktop.act("answerDialog", [...filePaths])),
    async close() {
      await desktop.act("closeWindow");
      // On macOS an app stays without a window.
      if (process.platform !== "darwin") await desktop.ended;
    },
    dispose: () => desktop.dispose(),
  };
}
