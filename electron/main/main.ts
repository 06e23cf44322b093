import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { app, dialog, nativeTheme, type BrowserWindow } from "electron";
import { channels } from "../contract/channels.ts";
import { parseLink, type Command } from "../contract/commands.ts";
import { libraryPlace } from "../contract/library-place.ts";
import type { ProgressView, ScanPhase, SettingsView } from "../contract/views.ts";
import { answerPage, chooseFolders } from "./answer-page.ts";
import { Attention } from "./attention.ts";
import { dataFolder } from "./data-folder.ts";
import { EngineHost } from "./engine-host.ts";
import { folderArguments } from "./folder-arguments.ts";
import { setMenu } from "./menu.ts";
import { Power } from "./power.ts";
import { isOwn, registerScheme, scheme, serveScheme, startAddress } from "./protocol.ts";
import { refuseEverythingElse } from "./refusals.ts";
import { quietly, startAtLogin } from "./start-at-login.ts";
import { TrayIcon } from "./tray.ts";
import { openWindow } from "./window.ts";
import { hostWords } from "./words.ts";

/** The desktop host. It opens one window, starts the engine beside it and carries messages between the two; all else is theirs. */
const dist = fileURLToPath(new URL("..", import.meta.url));
/** Milliseconds in which as many crashes of the page mean that drawing it anew does not help. */
const crashWindow = 60_000;
const mostCrashes = 3;

let window: BrowserWindow | null = null;
let engine: EngineHost | null = null;
let settings: SettingsView | null = null;
let phase: ScanPhase = "idle";
let leaving = false;
let hears = false;
let crashes: readonly number[] = [];
const waiting: Command[] = [];
const folders: string[] = [];

/** Adds folders and reads them; a folder that is already there is only read again. */
async function addFolders(paths: readonly string[]): Promise<void> {
  if (engine === null) folders.push(...paths);
  else if (paths.length > 0) await engine.ask("folders.add", { paths: [...paths] });
}
function askForFolders(): void {
  showWindow();
  if (window !== null) void chooseFolders(window).then(addFolders);
}

/** Has the page do something; what comes before it can hear waits. */
function command(what: Command): void {
  if (hears && window !== null) window.webContents.send(channels.command, what);
  else waiting.push(what);
}

function showWindow(): void {
  if (window === null) {
    if (engine !== null) openFirstWindow(false);
    return;
  }
  if (window.isMinimized()) window.restore();
  if (!window.isVisible()) window.show();
  window.focus();
}

/** What stands on the command line: an address to go to, and folders to read. */
function take(words: readonly string[], workingDir: string): void {
  for (const word of words) {
    const link = parseLink(word);
    if (link !== null) command(link);
  }
  void addFolders(folderArguments(words, workingDir));
}

const attention = new Attention({
  window: () => window,
  notify: () => (settings?.notify === true ? hostWords[settings.language].read : null),
  show: showWindow,
  questions: async () => (await engine?.request("status", {}))?.questions ?? 0,
});

async function start(): Promise<void> {
  await app.whenReady();
  const host = new EngineHost({
    entry: join(dist, "engine", "process.js"),
    libraryDir: library,
    modelsDir: app.isPackaged ? join(process.resourcesPath, "models") : join(app.getAppPath(), "models", "onnx"),
    onEvent: (name, payload) => {
      if (window !== null && !window.isDestroyed()) window.webContents.send(channels.event, name, payload);
      if (name === "progress") heard(payload as ProgressView);
      if (name === "changed" && (payload as { readonly what: readonly string[] }).what.includes("settings")) void useSettings();
    },
    onLost: (problem) => dialog.showErrorBox("Familiar", `${problem.sentence}\n${problem.act}`),
  });
  engine = host;
  const power = new Power({
    phase: () => phase,
    pause: () => void host.ask("scan.pause", {}),
    resume: () => void host.ask("scan.resume", {}),
    waitsOnBattery: () => settings?.pauseOnBattery === true,
  });
  const tray = new TrayIcon(join(dist, "icon.png"), { open: showWindow, addFolder: askForFolders, quit: () => app.quit() });
  refuseEverythingElse(isOwn);
  serveScheme(join(dist, "renderer"), host);
  const onReady = (): void => {
    hears = true;
    for (const what of waiting.splice(0)) command(what);
  };
  answerPage({ engine: host, window: () => window, onReady });
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin" && !tray.shown) app.quit();
  });

  function heard(progress: ProgressView): void {
    const begins = phase === "idle" && progress.phase !== "idle";
    phase = progress.phase;
    attention.heard(progress);
    if (begins) power.look();
  }
  async function useSettings(): Promise<void> {
    const answer = await host.ask("settings.get", {});
    const before = settings;
    const open = "ok" in answer;
    if (open) settings = answer.ok as SettingsView;
    const words = hostWords[settings?.language ?? "en"];
    // The system's own parts of the window follow what was chosen in the page.
    if (settings !== null) nativeTheme.themeSource = settings.theme;
    // Where the library cannot be opened the page says why; nothing else can be done then.
    setMenu({ addFolder: askForFolders, command, open }, words);
    tray.set(settings?.tray === true, words);
    // Untouched, what the system says stands: somebody may have switched it off there.
    if (app.isPackaged && before !== null && settings !== null && before.openAtLogin !== settings.openAtLogin)
      startAtLogin(settings.openAtLogin);
    power.look();
  }

  setMenu({ addFolder: askForFolders, command, open: false }, hostWords.en);
  // A clone's program is Electron itself, which must not be made the one that opens addresses.
  if (app.isPackaged) app.setAsDefaultProtocolClient(scheme);
  openFirstWindow(ownArguments(process.argv).includes(quietly));
  void useSettings();
  await addFolders(folders.splice(0));
  take(ownArguments(process.argv), process.cwd());
}

function openFirstWindow(behind: boolean): void {
  hears = false;
  window = openWindow({
    preload: join(dist, "preload.cjs"),
    statePath: join(app.getPath("userData"), "window.json"),
    address: startAddress,
    quietly: behind,
    // The start script waits for this line; see build/scripts/open-electron.mjs.
    onShown: () => process.stdout.write("Familiar is open.\n"),
    onCrash,
  });
  window.on("focus", () => attention.seen());
  window.on("closed", () => {
    window = null;
    hears = false;
  });
}

function onCrash(): boolean {
  hears = false;
  const now = Date.now();
  crashes = [...crashes.filter((at) => now - at < crashWindow), now];
  if (crashes.length <= mostCrashes) return true;
  dialog.showErrorBox("Familiar", hostWords[settings?.language ?? "en"].windowGone);
  app.quit();
  return false;
}

/** What stands behind the program and, in a clone, behind the project's folder. */
function ownArguments(argv: readonly string[]): readonly string[] {
  return argv.slice(app.isPackaged ? 1 : 2);
}
function libraryArgument(): string | undefined {
  return ownArguments(process.argv)
    .find((word) => word.startsWith("--library="))
    ?.slice("--library=".length);
}
/** The words as they were given: Chromium may reorder the other copy's, and add to them. */
function wordsOf(given: unknown, argv: readonly string[]): readonly string[] {
  const words = typeof given === "object" && given !== null && "words" in given ? given.words : null;
  return Array.isArray(words) && words.every((word) => typeof word === "string") ? words : ownArguments(argv);
}

registerScheme();
const usualLibrary = libraryPlace(process.platform, process.env, app.getPath("home"));
const library = resolve(libraryArgument() ?? usualLibrary);
const data = dataFolder(app.getPath("userData"), library, usualLibrary);
mkdirSync(data, { recursive: true });
// The lock is that of this folder.
app.setPath("userData", data);
if (!app.requestSingleInstanceLock({ words: [...ownArguments(process.argv)] })) app.quit();
else {
  app.on("second-instance", (_event, argv, workingDir, given) => {
    showWindow();
    take(wordsOf(given, argv), workingDir);
  });
  // macOS hands over addresses and folders so, also before the app is ready.
  app.on("open-url", (event, address) => {
    event.preventDefault();
    showWindow();
    take([address], "/");
  });
  app.on("open-file", (event, path) => {
    event.preventDefault();
    void addFolders(folderArguments([path], "/"));
  });
  app.on("activate", showWindow);
  app.on("before-quit", (event) => {
    if (leaving || engine === null) return;
    // The engine finishes what it is writing first.
    event.preventDefault();
    leaving = true;
    void engine.close().finally(() => app.quit());
  });
  start().catch((thrown: unknown) => {
    dialog.showErrorBox("Familiar", `Familiar could not start.\n${thrown instanceof Error ? thrown.message : String(thrown)}`);
    app.exit(1);
  });
}
