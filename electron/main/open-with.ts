import { spawn } from "node:child_process";
import { dialog, shell, type BrowserWindow } from "electron";

/**
 * Opens a file with the program that the system has for it; with `choose`, where the system lets one choose, with another. False where
 * nothing opened it.
 */
export async function openWith(path: string, window: BrowserWindow | null, choose: boolean, platform = process.platform): Promise<boolean> {
  // The path is one argument of a program and passes no shell.
  if (choose && platform === "win32") return started("rundll32.exe", ["shell32.dll,OpenAs_RunDLL", path]);
  if (choose && platform === "darwin" && window !== null) {
    const chosen = await dialog.showOpenDialog(window, {
      defaultPath: "/Applications",
      properties: ["openFile"],
      filters: [{ name: "", extensions: ["app"] }],
    });
    const [program] = chosen.filePaths;
    // Closed without a choice: nothing was wanted, so nothing went wrong.
    return chosen.canceled || program === undefined || started("/usr/bin/open", ["-a", program, path]);
  }
  return (await shell.openPath(path)) === "";
}

function started(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(program, args, { detached: true, stdio: "ignore" });
    child.once("error", () => done(false));
    child.once("spawn", () => {
      child.unref();
      done(true);
    });
  });
}
