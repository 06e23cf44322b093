import { clipboard, ClipboardItem, dialog, ipcMain, nativeImage, shell, type BrowserWindow, type IpcMainInvokeEvent } from "electron";
import * as v from "valibot";
import { requestArgs, type RequestName } from "../contract/args.ts";
import { problemView } from "../contract/problems.ts";
import { channels } from "../contract/channels.ts";
import type { Answer, EngineHost } from "./engine-host.ts";
import { openWith } from "./open-with.ts";
import { isOwn, pageOrigin } from "./protocol.ts";

const fileNumber = v.pipe(v.number(), v.integer(), v.minValue(1));
const failedAtOnce = 500;
const copiedText = v.pipe(v.string(), v.maxLength(4_000_000));
const copiedPicture = v.pipe(v.string(), v.startsWith("data:image/png;base64,"), v.maxLength(100_000_000));

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
  ipcMain.handle(channels.showFailed, async (event, fileId: unknown): Promise<void> => {
    const parsed = v.safeParse(fileNumber, fileId);
    if (!isOwnPage(event, host) || !parsed.success) return;
    const path = await failedPath(host.engine, parsed.output);
    if (path !== null) shell.showItemInFolder(path);
  });
  // The page itself may not touch the clipboard; it can put something there, and never read it.
  ipcMain.handle(channels.copyText, async (event, text: unknown): Promise<boolean> => {
    const parsed = v.safeParse(copiedText, text);
    if (!isOwnPage(event, host) || !parsed.success) return false;
    await clipboard.writeText(parsed.output);
    return true;
  });
  ipcMain.handle(channels.copyPicture, async (event, dataUrl: unknown): Promise<boolean> => {
    const parsed = v.safeParse(copiedPicture, dataUrl);
    if (!isOwnPage(event, host) || !parsed.success) return false;
    const picture = nativeImage.createFromDataURL(parsed.output);
    // What is no picture is not put there.
    if (picture.isEmpty()) return false;
    await clipboard.write([new ClipboardItem({ "image/png": new Blob([new Uint8Array(picture.toPNG())], { type: "image/png" }) })]);
    return true;
  });
  ipcMain.handle(channels.showInFolder, async (event, photoId: unknown): Promise<void> => {
    const path = isOwnPage(event, host) ? await pathOf(host, photoId) : null;
    if (path !== null) shell.showItemInFolder(path);
  });
  ipcMain.handle(channels.openPhoto, async (event, photoId: unknown, choose: unknown): Promise<boolean> => {
    const window = host.window();
    const path = isOwnPage(event, host) && window !== null ? await pathOf(host, photoId) : null;
    return path !== null && openWith(path, window, choose === true);
  });
}

/** Where a photo's file is now, or null. The path comes from the library, never from the page. */
async function pathOf(host: PageHost, photoId: unknown): Promise<string | null> {
  const parsed = v.safeParse(requestArgs["photo.get"], { photoId });
  if (!parsed.success) return null;
  const photo = await host.engine.request("photo.get", parsed.output);
  return photo.files.find((file) => file.state === "present")?.path ?? null;
}

/** Where a file lies that could not be read; null where it is none of those. */
async function failedPath(engine: PageHost["engine"], fileId: number): Promise<string | null> {
  for (let offset = 0; ; offset += failedAtOnce) {
    const { items, total } = await engine.request("failures", { offset, limit: failedAtOnce });
    const found = items.find((one) => one.fileId === fileId);
    if (found !== undefined) return found.path;
    if (items.length === 0 || offset + items.length >= total) return null;
  }
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
