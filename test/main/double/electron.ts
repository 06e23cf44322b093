/**
 * A stand-in for Electron's main process: the built main and preload run in it unchanged. Windows are pages of a real Chromium, the
 * engine is a real process, schemes are answered by the app's own handler. It cannot show Chromium's sandbox and processes, fuses, asar,
 * real origins of a scheme, native menus and dialogs, or signing. It refuses what Electron refuses, and a few things that Electron lets
 * pass and this app must not do.
 */
import { startControl } from "./control.ts";

export { app } from "./app.ts";
export { dialog, ipcMain, Menu, nativeTheme, protocol, screen, session, shell, utilityProcess } from "./small.ts";
export { clipboard, ClipboardItem, nativeImage, Notification, powerMonitor, Tray } from "./system.ts";
export { BrowserWindow } from "./window.ts";
if (process.env["DOUBLE_HOME"] !== undefined) startControl();
