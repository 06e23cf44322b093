import { BrowserWindow, nativeTheme, screen } from "electron";
import { readWindowState, saveWindowState, smallest } from "./window-state.ts";

export interface WindowOptions {
  readonly preload: string;
  /** Where the place of the window is remembered. */
  readonly statePath: string;
  readonly address: string;
  readonly onShown: () => void;
  /** Started by the system: it waits behind until somebody wants it. */
  readonly quietly?: boolean;
  /** The page crashed; true has it drawn anew. */
  readonly onCrash: () => boolean;
}
/** Height of the strip at the top whose end the page leaves to the system's window buttons, in pixels: its toolbar without the line under it. */
const titleBar = 51;
/** The page's own window and words (renderer/style/tokens.css), for what is drawn before and around it. */
const colours = { light: { window: "#fcfcfb", words: "#1b1b1a" }, dark: { window: "#191919", words: "#ededeb" } } as const;

/** Opens the one window, where it stood last time. The page in it can reach nothing but the preload's few functions. */
export function openWindow({ preload, statePath, address, onShown, quietly = false, onCrash }: WindowOptions): BrowserWindow {
  const areas = screen.getAllDisplays().map((display) => display.workArea);
  const state = readWindowState(statePath, areas);
  const own = process.platform !== "darwin";
  const colour = (): (typeof colours)["light" | "dark"] => colours[nativeTheme.shouldUseDarkColors ? "dark" : "light"];
  // What lies under the buttons is the page, which colours itself.
  const overlay = (): { color: string; symbolColor: string; height: number } => ({
    color: "#00000000",
    symbolColor: colour().words,
    height: titleBar,
  });
  const window = new BrowserWindow({
    width: state?.width ?? 1280,
    height: state?.height ?? 820,
    ...(state === null ? {} : { x: state.x, y: state.y }),
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: "Familiar",
    backgroundColor: colour().window,
    ...(own ? { titleBarStyle: "hidden" as const, titleBarOverlay: overlay() } : { titleBarStyle: "hiddenInset" as const }),
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  });
  if (state?.maximized === true) window.maximize();
  window.once("ready-to-show", () => {
    if (!quietly) window.show();
    onShown();
  });
  const recolour = (): void => {
    window.setBackgroundColor(colour().window);
    if (own) window.setTitleBarOverlay(overlay());
  };
  nativeTheme.on("updated", recolour);
  window.on("closed", () => nativeTheme.off("updated", recolour));
  window.on("close", () => saveWindowState(statePath, { ...window.getNormalBounds(), maximized: window.isMaximized() }));
  // A page that crashed is drawn anew, where it was; everything it showed is in the library.
  window.webContents.on("render-process-gone", (_event, details) => {
    if (details.reason !== "clean-exit" && onCrash()) window.webContents.reload();
  });
  void window.loadURL(address);
  return window;
}
