import { app, openWindows, preventable } from "./app.ts";
import { clickMenu, dialogAnswers, engines, invoke, menuItems, openItems, refusals, shown } from "./small.ts";
import { Notification, powerMonitor, Tray } from "./system.ts";
import { BrowserWindow, endBrowser, outside } from "./window.ts";

/** What a test can do to the app from outside, by messages to its process. */
const acts = {
  /** Runs an expression in the page's own world. */
  evaluate: (code: string) => only().webContents.page.evaluate(code),
  /** Clicks what a screen reader would call so. */
  click: (role: "button", name: string) => only().webContents.page.getByRole(role, { name }).first().click(),
  text: () => only().webContents.page.locator("body").innerText(),
  answerDialog: (filePaths: string[]) => dialogAnswers.push({ canceled: filePaths.length === 0, filePaths }),
  clickMenu,
  shown: () => shown,
  outside: () => outside,
  closeWindow: () => void setTimeout(() => only().close()),
  secondInstance: (argv: string[], folder: string) => app.emit("second-instance", {}, argv, folder),
  enginePid: () => engines().at(-1)?.pid,
  engines: () => engines().length,
  killEngine: () => engines().at(-1)?.kill(),
  crashPage: () => only().webContents.emit("render-process-gone", {}, { reason: "crashed" }),
  /** Calls a handler with a sender that is not the app's page. */
  forge: (channel: string, url: string, args: unknown[]) => invoke(channel, { sender: {}, senderFrame: { url } }, args),
  /** The right window, another frame in it. */
  forgeFrame: (channel: string, url: string, args: unknown[]) =>
    invoke(channel, { sender: only().webContents, senderFrame: { url } }, args),
  /** The same `times` times over every channel, from other windows and frames; what was answered, each once. */
  forgeMany: async (channels: string[], urls: string[], args: unknown[][], times: number) => {
    const answers = new Set<string>();
    for (let at = 0; at < times; at++) {
      const [channel = "", url = ""] = [channels[at % channels.length], urls[at % urls.length]];
      const sender = at % 3 === 0 ? only().webContents : {};
      const given = args[(at * 7) % args.length] ?? [];
      answers.add(JSON.stringify((await invoke(channel, { sender, senderFrame: at % 5 === 0 ? null : { url } }, given)) ?? null));
    }
    return [...answers];
  },
  openWindow: (url: string) => only().webContents.openHandler?.({ url }).action,
  permission: (name: string) => new Promise((done) => refusals.permission?.({}, name, done)),
  checks: () => [refusals.check?.(), refusals.device?.()],
  visible: () => only().isVisible(),
  focused: () => only().isFocused(),
  minimize: () => only().minimize(),
  leave: () => only().leave(),
  bars: () => only().bars,
  colours: () => only().colours,
  told: () => app.told,
  windows: () => openWindows.size,
  openUrl: (url: string) => app.emit("open-url", preventable(), url),
  openFile: (path: string) => app.emit("open-file", preventable(), path),
  activate: () => app.emit("activate"),
  power: (event: "suspend" | "resume" | "on-battery" | "on-ac") => {
    if (event.startsWith("on-")) powerMonitor.battery = event === "on-battery";
    powerMonitor.emit(event);
  },
  clickNotification: () => Notification.last?.emit("click"),
  trayLabels: () => Tray.shown?.labels() ?? null,
  clickTray: (id: string) => Tray.shown?.clickItem(id),
  menu: () => menuItems(),
  openItems: () => openItems(),
} as const;
export type Acts = typeof acts;

function only(): BrowserWindow {
  const [window] = openWindows;
  if (!(window instanceof BrowserWindow)) throw new Error("No window is open.");
  return window;
}

/** Begins to take the test's messages: `{ id, act, args }` is answered with `{ id, value }` or `{ id, error }`. */
export function startControl(): void {
  process.on("message", (message: { readonly id: number; readonly act: keyof Acts; readonly args: readonly unknown[] }) => {
    const run = acts[message.act] as (...args: readonly unknown[]) => unknown;
    void Promise.resolve()
      .then(() => run(...message.args))
      .then(
        (value) => process.send?.({ id: message.id, value: value ?? null }),
        (thrown: unknown) => process.send?.({ id: message.id, error: String(thrown) }),
      );
  });
  app.on("quit", () => void endBrowser());
  // Left alone, it does not stay behind.
  process.on("disconnect", () => process.exit(1));
}
