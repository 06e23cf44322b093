import type { RequestArgs, RequestName } from "../electron/contract/args.ts";
import type { Command } from "../electron/contract/commands.ts";
import type { EventName, Events } from "../electron/contract/events.ts";
import { problemView, problems, type ProblemView } from "../electron/contract/problems.ts";
import type { Ask, Results } from "../electron/contract/requests.ts";
import { versionOf } from "./state/picture-versions.svelte.ts";
import { inWords } from "./strings/problem-words.ts";

/** What the Electron preload offers; absent in a browser. */
interface ElectronDoor {
  readonly host: "electron";
  readonly platform: string;
  request(name: string, args: unknown): Promise<{ readonly ok: unknown } | { readonly problem: ProblemView }>;
  onEvent(listener: (name: string, payload: unknown) => void): () => void;
  chooseFolders(): Promise<readonly string[]>;
  showInFolder(photoId: number): Promise<void>;
  showFailed(fileId: number): Promise<void>;
  openPhoto(photoId: number, choose: boolean): Promise<boolean>;
  chooseFile(): Promise<string | null>;
  onCommand(listener: (command: unknown) => void): () => void;
  copyText(text: string): Promise<boolean>;
  copyPicture(dataUrl: string): Promise<boolean>;
  /** Where dropped files and folders lie. */
  pathsOf(files: readonly File[]): readonly string[];
}
declare global {
  interface Window {
    readonly familiar?: ElectronDoor;
  }
}

const electron = typeof window === "undefined" ? undefined : window.familiar;

/** Which door this screen talks through. Nothing outside this file may decide by it, except what only one host can do. */
export const host: "electron" | "browser" = electron?.host ?? "browser";
/** Node's name for the system in Electron (`darwin`, `win32`, `linux`); `browser` otherwise. */
export const platform: string = electron?.platform ?? "browser";
/** Whether this keyboard says Cmd where others say Ctrl. */
export const isMac: boolean = typeof navigator !== "undefined" && /Mac|iPhone|iPad/u.test(navigator.userAgent);

/** Asks the engine. Rejects with a `ProblemView`, whatever went wrong. */
export const ask: Ask = async <N extends RequestName>(name: N, args: RequestArgs<N>): Promise<Results[N]> => {
  const answer = electron === undefined ? await overHttp(name, args) : await overDoor(electron, name, args);
  // The two answers come from the same contract: the engine types what it sends, JSON cannot carry the type.
  return answer as Results[N];
};

async function overDoor(door: ElectronDoor, name: string, args: unknown): Promise<unknown> {
  const answer = await door.request(name, plain(args)).catch((thrown: unknown) => ({ problem: asProblemView(thrown) }));
  if ("problem" in answer) throw answer.problem;
  return answer.ok;
}

async function overHttp(name: string, args: unknown): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(`/api/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(args),
    });
  } catch {
    throw problemView("engine-gone");
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body;
  throw asProblemView(typeof body === "object" && body !== null && "problem" in body ? body.problem : body);
}

/** Svelte's reactive objects cannot be cloned across a process border; JSON can say everything the contract says. */
function plain(args: unknown): unknown {
  return JSON.parse(JSON.stringify(args));
}

/** Any thrown thing as a problem that can be shown. */
export function asProblemView(thrown: unknown): ProblemView {
  if (isProblemView(thrown)) return inWords(thrown);
  return inWords(problemView("internal", thrown instanceof Error ? thrown.message : ""));
}

function isProblemView(value: unknown): value is ProblemView {
  return typeof value === "object" && value !== null && "code" in value && typeof value.code === "string" && value.code in problems;
}

type Listener<N extends EventName> = (payload: Events[N]) => void;
const listeners: { readonly [N in EventName]: Set<Listener<N>> } = {
  progress: new Set(),
  changed: new Set(),
  problem: new Set(),
  importing: new Set(),
};
let listening = false;

/** Hears what the engine pushes; returns how to stop. */
export function onEvent<N extends EventName>(name: N, listener: Listener<N>): () => void {
  const set: Set<Listener<N>> = listeners[name];
  set.add(listener);
  listen();
  return () => set.delete(listener);
}

function listen(): void {
  if (listening) return;
  listening = true;
  if (electron !== undefined) {
    electron.onEvent((name, payload) => tell(name, payload));
    return;
  }
  hearOver(new EventSource("/events"));
}

/** How long after the connection was refused for good it is tried anew, ms; the browser itself tries again after smaller breaks. */
const afresh = 5000;

function hearOver(source: EventSource): void {
  source.addEventListener("open", () => connected(true));
  source.addEventListener("error", () => {
    connected(false);
    if (source.readyState === EventSource.CLOSED) setTimeout(() => hearOver(new EventSource("/events")), afresh);
  });
  for (const name of Object.keys(listeners)) {
    source.addEventListener(name, (event: MessageEvent<string>) => tell(name, JSON.parse(event.data)));
  }
}

function tell(name: string, payload: unknown): void {
  if (!(name in listeners)) return;
  for (const listener of listeners[name as EventName]) (listener as (payload: unknown) => void)(payload);
}

type Connection = (open: boolean) => void;
const connections = new Set<Connection>();
function connected(open: boolean): void {
  for (const listener of connections) listener(open);
}
/** Hears when the engine cannot be reached (false) and when it can again (true); returns how to stop. */
export function onConnection(listener: Connection): () => void {
  connections.add(listener);
  return () => connections.delete(listener);
}

const media = electron === undefined ? "/media" : "familiar://media";

/** Address of a face's crop; `size` is its side in pixels, or as fine as its photo has it. */
export function faceUrl(faceId: number, size: 128 | 256 | "large" = 256): string {
  return `${media}/face/${faceId}?size=${size}${versionOf("face", faceId)}`;
}

/** Has the browser forget what it kept of pictures that are others now: they would come back with the next visit. */
export function dropKept(pictures: NonNullable<Events["changed"]["pictures"]>): void {
  const again = (address: string): unknown => fetch(address, { cache: "reload" }).catch(() => undefined);
  for (const id of pictures.photoIds) for (const size of ["thumb", "screen"]) again(`${media}/photo/${id}?size=${size}`);
  for (const id of pictures.faceIds) for (const size of ["128", "256"]) again(`${media}/face/${id}?size=${size}`);
}

/** Address of a face with its eyes where everybody's are, a large square. */
export function eyesUrl(faceId: number): string {
  return `${media}/face/${faceId}?size=eyes${versionOf("face", faceId)}`;
}

/** Address of a photo: `thumb` for grids, `screen` to look at, `full` for zooming in. */
export function photoUrl(photoId: number, size: "thumb" | "screen" | "full" = "thumb"): string {
  return `${media}/photo/${photoId}?size=${size}${versionOf("photo", photoId)}`;
}

/** The system's own folder dialog, or null where there is none and the app has to draw one. */
export async function chooseFolders(): Promise<readonly string[] | null> {
  return electron === undefined ? null : electron.chooseFolders();
}

/** Hears what the host's menu and addresses like `familiar://person/12` ask for; in a browser there is neither. */
export function onCommand(listener: (command: Command) => void): () => void {
  return electron === undefined ? () => undefined : electron.onCommand((command) => listener(command as Command));
}

/** The system's own dialog for one file; null where it was closed, undefined where there is none and a path has to be typed. */
export async function chooseFile(): Promise<string | null | undefined> {
  return electron === undefined ? undefined : electron.chooseFile();
}

/** Something inside Familiar that others made; written by the build. */
export interface Licence {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** In its own words, or "". */
  readonly text: string;
}
/** What everything inside is licensed under. Rejects where the list did not come along. */
export async function licences(): Promise<readonly Licence[]> {
  const response = await fetch("./licences.json");
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as readonly Licence[];
}

/** Where dropped files and folders lie; null in a browser, which does not tell. */
export function pathsOf(files: readonly File[]): readonly string[] | null {
  return electron === undefined ? null : electron.pathsOf(files);
}

/** Shows the photo's file in the system's file manager; false where the host cannot. */
export async function showInFolder(photoId: number): Promise<boolean> {
  if (electron === undefined) return false;
  await electron.showInFolder(photoId);
  return true;
}
/** Whether this host lets one choose the program that a file is opened with. */
export const canChooseProgram = platform === "win32" || platform === "darwin";
/**
 * Opens the photo's file in the program that the system has for it, or with `choose` in one that is chosen then; in a browser the photo
 * stands in a tab of its own. False where nothing opened it.
 */
export async function openPhoto(photoId: number, choose = false): Promise<boolean> {
  if (electron !== undefined) return electron.openPhoto(photoId, choose);
  // With `noopener` a browser does not tell whether it opened.
  window.open(photoUrl(photoId, "full"), "_blank", "noopener");
  return true;
}

/** Shows a file that could not be read in the system's file manager; false where the host cannot. */
export async function showFailed(fileId: number): Promise<boolean> {
  if (electron === undefined) return false;
  await electron.showFailed(fileId);
  return true;
}

/** Address of a picture whose bytes are wanted: of the page's own origin, so that they can be had. */
export function pictureData(of: "photo" | "face", id: number): string {
  return `/media/${of}/${id}?size=${of === "photo" ? "full" : "256"}${versionOf(of, id)}`;
}
/** Puts a text on the clipboard; false where the host does not allow it. */
export async function copyText(text: string): Promise<boolean> {
  if (electron !== undefined) return electron.copyText(text);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without a secure connection browsers keep the clipboard to themselves.
    return false;
  }
}
/** Puts a picture on the clipboard; false where it cannot be made or the host does not allow it. */
export async function copyPng(png: () => Promise<Blob>): Promise<boolean> {
  try {
    if (electron === undefined) await navigator.clipboard.write([new ClipboardItem({ "image/png": png() })]);
    else return await electron.copyPicture(await asDataUrl(await png()));
    return true;
  } catch {
    return false;
  }
}
function asDataUrl(blob: Blob): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(String(reader.result)));
    reader.addEventListener("error", () => fail(new Error("unread")));
    reader.readAsDataURL(blob);
  });
}
