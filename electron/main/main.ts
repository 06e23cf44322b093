import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { app, dialog, type BrowserWindow } from "electron";
import { libraryPlace } from "../contract/library-place.ts";
import { answerPage, chooseFolders } from "./answer-page.ts";
import { channels } from "../contract/channels.ts";
import { EngineHost } from "./engine-host.ts";
import { folderArguments } from "./folder-arguments.ts";
import { setMenu } from "./menu.ts";
import { isOwn, registerScheme, serveScheme, startAddress } from "./protocol.ts";
import { refuseEverythingElse } from "./refusals.ts";
import { openWindow } from "./window.ts";

/** The desktop host. It opens one window, starts the engine beside it and carries messages between the two; all else is theirs. */
const dist = fileURLToPath(new URL("..", import.meta.url));
let window: BrowserWindow | null = null;
let engine: EngineHost | null = null;
let leaving = false;

/** Adds folders and reads them; a folder that is already there is only read again. */
async function addFolders(paths: readonly string[]): Promise<void> {
  if (paths.length > 0) await engine?.ask("folders.add", { paths: [...paths] });
}

function showWindow(): void {
  if (window?.isMinimized() === true) window.restore();
  window?.focus();
}

async function start(): Promise<void> {
  await app.whenReady();
  const data = app.getPath("userData");
  const host = new EngineHost({
    entry: join(dist, "engine", "process.js"),
    libraryDir: libraryArgument() ?? libraryPlace(process.platform, process.env, app.getPath("home")),
    modelsDir: app.isPackaged ? join(process.resourcesPath, "models") : join(app.getAppPath(), "models", "onnx"),
    onEvent: (name, payload) => {
      if (window !== null && !window.isDestroyed()) window.webContents.send(channels.event, name, payload);
    },
    onLost: (problem) => dialog.showErrorBox("Familiar", `${problem.sentence}\n${problem.act}`),
  });
  engine = host;
  refuseEverythingElse(isOwn);
  serveScheme(join(dist, "renderer"), host);
  answerPage({ engine: host, window: () => window });
  setMenu({ addFolder: () => void (window === null ? null : chooseFolders(window).then(addFolders)) });
  openFirstWindow(data);
  await addFolders(folderArguments(ownArguments(process.argv), process.cwd()));
}

function openFirstWindow(data: string): void {
  window = openWindow({
    preload: join(dist, "preload.cjs"),
    statePath: join(data, "window.json"),
    address: startAddress,
    // The start script waits for this line; see build/scripts/open-electron.mjs.
    onShown: () => process.stdout.write("Familiar is open.\n"),
  });
  window.on("closed", () => {
    window = null;
  });
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

registerScheme();
if (!app.requestSingleInstanceLock()) app.quit();
else {
  app.on("second-instance", (_event, argv, workingDir) => {
    showWindow();
    void addFolders(folderArguments(ownArguments(argv), workingDir));
  });
  app.on("activate", () => {
    if (window === null && engine !== null) openFirstWindow(app.getPath("userData"));
  });
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
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
