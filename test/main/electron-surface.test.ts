import { globSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";

/**
 * What of Electron the app uses, found by the compiler in Electron's own declarations, so that the stand-in can be held against it: the
 * app is checked against electron.d.ts by `tsc`, and everything it uses must be in the stand-in too.
 */
interface Use {
  /** `Protocol.handle`, or a constructor such as `BrowserWindow`. */
  readonly members: ReadonlySet<string>;
  /** `will-navigate` and so on, with the kind of thing that sends them. */
  readonly events: ReadonlySet<string>;
}
function readUse(): Use {
  const files = [...globSync("electron/main/**/*.ts"), "electron/preload.ts"];
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    types: ["node"],
  };
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const members = new Set<string>();
  const events = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) {
      const symbol = checker.getSymbolAtLocation(node.name);
      const declared = symbol?.declarations?.[0];
      if (declared !== undefined && declared.getSourceFile().fileName.endsWith("/electron/electron.d.ts")) {
        const parent = declared.parent;
        const owner = ts.isClassDeclaration(parent) || ts.isInterfaceDeclaration(parent) ? (parent.name?.text ?? "") : "";
        const first = ts.isCallExpression(node.parent) && node.parent.expression === node ? node.parent.arguments[0] : undefined;
        if (["on", "once", "off"].includes(node.name.text) && first !== undefined && ts.isStringLiteral(first))
          events.add(`${owner} ${first.text}`);
        else if (!owner.endsWith("Details") && !/^(Event|Point|Rectangle|Size)$/u.test(owner)) members.add(`${owner}.${node.name.text}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const file of files) {
    const source = program.getSourceFile(file);
    if (source !== undefined) visit(source);
  }
  return { members, events };
}

/** What the stand-in has, under Electron's names. Values that Electron hands to callbacks are plain objects there. */
async function readDouble(): Promise<ReadonlyMap<string, object>> {
  const double = await import("./double/electron.ts");
  return new Map<string, object>([
    ["App", double.app],
    ["Clipboard", double.clipboard],
    ["Dialog", double.dialog],
    ["IpcMain", double.ipcMain],
    ["Menu", double.Menu],
    ["NativeTheme", double.nativeTheme],
    ["Protocol", double.protocol],
    ["Screen", double.screen],
    ["Session", double.session.defaultSession],
    ["WebRequest", double.session.defaultSession.webRequest],
    ["Notification", Object.assign(double.Notification.prototype, { isSupported: double.Notification.isSupported })],
    ["NativeImage", double.nativeImage.createFromPath("")],
    ["PowerMonitor", double.powerMonitor],
    ["Shell", double.shell],
    ["Tray", double.Tray.prototype],
    ["BaseWindow", double.BrowserWindow.prototype],
    ["BrowserWindow", double.BrowserWindow.prototype],
  ]);
}
/** Members that are made in a constructor or in a private class of the stand-in, and what the preload's script offers. */
const elsewhere = new Set([
  "BrowserWindow.webContents",
  "WebContents.send",
  "WebContents.reload",
  "WebContents.setWindowOpenHandler",
  "WebContents.mainFrame",
  "WebFrameMain.url",
  "IpcMainInvokeEvent.sender",
  "IpcMainInvokeEvent.senderFrame",
  ".preventDefault",
  "WebContentsWillNavigateEventParams.url",
  "WebContentsWillRedirectEventParams.url",
  "Session.defaultSession",
  // Only a packaged app asks for it, and the stand-in is none.
  "Process.resourcesPath",
  "NativeImage.createFromPath",
  "NativeImage.createFromDataURL",
  "UtilityProcess.fork",
  "UtilityProcess.postMessage",
  "UtilityProcess.kill",
  "ContextBridge.exposeInMainWorld",
  "IpcRenderer.invoke",
  "IpcRenderer.on",
  "IpcRenderer.off",
  "WebUtils.getPathForFile",
  "Display.workArea",
  "OpenDialogReturnValue.canceled",
  "OpenDialogReturnValue.filePaths",
]);
/** Events that the stand-in can send. */
const sent = new Set([
  "App second-instance",
  "App window-all-closed",
  "App before-quit",
  "App web-contents-created",
  "App open-url",
  "App open-file",
  "App activate",
  "BrowserWindow focus",
  "BrowserWindow ready-to-show",
  "BrowserWindow close",
  "BrowserWindow closed",
  "WebContents render-process-gone",
  "WebContents will-navigate",
  "PowerMonitor suspend",
  "PowerMonitor resume",
  "PowerMonitor on-battery",
  "PowerMonitor on-ac",
  "NativeTheme updated",
  "Notification click",
  "Tray click",
]);
/** Events listened to that only a real Electron can send; each is named with why. */
const unsent = new Map([
  ["WebContents will-redirect", "the scheme never redirects"],
  ["WebContents will-attach-webview", "the policy lets no webview load"],
]);

describe("what of Electron is used", () => {
  const use = readUse();
  it("is in the stand-in", async () => {
    expect(use.members.size).toBeGreaterThan(30);
    const double = await readDouble();
    const missing = [...use.members].filter((member) => {
      const [owner = "", name = ""] = member.split(".");
      const part = double.get(owner);
      return !elsewhere.has(member) && (part === undefined || !(name in part));
    });
    expect(missing).toEqual([]);
  });
  it("sends only events that the stand-in sends, or whose absence has a reason", () => {
    expect(use.events.size).toBeGreaterThan(8);
    const known = (event: string): boolean => sent.has(event) || unsent.has(event) || event.startsWith("UtilityProcess ");
    expect([...use.events].filter((event) => !known(event))).toEqual([]);
  });
});
