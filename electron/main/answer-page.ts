import { dialog, ipcMain, shell, type BrowserWindow, type IpcMainInvokeEvent } from "electron";
import * as v from "valibot";
import { requestArgs, type RequestName } from "../contract/args.ts";
import { problemView } from "../contract/problems.ts";
import { channels } from "../contract/channels.ts";
import type { Answer, EngineHost } from "./engine-host.ts";
import { isOwn, pageOrigin } from "./protocol.ts";

export interface PageHost {
  readonly engine: Pick<EngineHost, "ask" | "request">;
  readonly window: () => BrowserWindow | null;
  /** The page can hear commands from now on. */
  readonly onReady: () => void;
}

/** Answers what the page asks. Who asks, and what, is checked each time before anything happens. */
export function answerPage(host: PageHost): void {
  ipcMain.handle(channels.request, async (event, name: unknown, args: unknown): Promise<Answer> => {
    if (!isOwnPage(event, host)) return refuse("sender");
    // Pictures are bytes and come by their own addresses.
    if (typeof name !== "string" || !isRequestName(name) || name === "picture") return refuse(String(name).slice(0, 200));
    // An empty list would pass for no arguments.
    if (Array.isArray(args)) return refuse("arguments: a list");
    const parsed = v.safeParse(requestArgs[name], args);
    if (!parsed.success) return refuse(parsed.issues.map((issue) => `${v.getDotPath(issue) ?? "arguments"}: ${issue.message}`).join("; "));
    return host.engine.ask(name, parsed.output);
  });
  ipcMain.handle(channels.chooseFolders, async (event): Promise<readonly string[]> => {
    const window = host.window();
    if (!isOwnPage(event, host) || window === null) return [];
    return chooseFolders(window);
  });
  ipcMain.handle(channels.chooseFile, async (event): Promise<string | null> => {
    const window = host.window();
    if (!isOwnPage(event, host) || window === null) return null;
    const chosen = await dialog.showOpenDialog(window, { properties: ["openFile"] });
    return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
  });
  ipcMain.handle(channels.ready, (event): void => {
    if (isOwnPage(event, host)) host.onReady();
  });
  ipcMain.handle(channels.showInFolder, async (event, photoId: unknown): Promise<void> => {
    const parsed = v.safeParse(requestArgs["photo.get"], { photoId });
    if (!isOwnPage(event, host) || !parsed.success) return;
    const photo = await host.engine.request("photo.get", parsed.output);
    // The path comes from the library, never from the page.
    const present = photo.files.find((file) => file.state === "present");
    if (present !== undefined) shell.showItemInFolder(present.path);
  });
}

/** The system's own dialog for folders; empty where it was closed. */
export async function chooseFolders(window: BrowserWindow): Promise<readonly string[]> {
  const chosen = await dialog.showOpenDialog(window, { properties: ["openDirectory", "multiSelections"] });
  return chosen.canceled ? [] : chosen.filePaths;
}

function isOwnPage(event: IpcMainInvokeEvent, host: PageHost): boolean {
  const frame = event.senderFrame;
  const window = host.window();
  if (frame === null || window === null || event.sender !== window.webContents) return false;
  return frame === event.sender.mainFrame && isOwn(frame.url) && frame.url.startsWith(`${pageOrigin}/`);
}

function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requestArgs, name);
}
function refuse(detail: string): Answer {
  return { problem: problemView("bad-request", detail) };
}
