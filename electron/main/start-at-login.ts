import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { app } from "electron";

/** Told to the app when the system starts it: no window comes to the front. */
export const quietly = "--quietly";

/** Has the system start the app with the session, or not. Only an installed app can be: a clone has no program of its own. */
export function startAtLogin(wanted: boolean, platform: NodeJS.Platform = process.platform): void {
  if (platform !== "linux") {
    app.setLoginItemSettings({ openAtLogin: wanted, args: [quietly] });
    return;
  }
  // Electron leaves Linux out; every desktop reads this folder.
  const path = join(process.env["XDG_CONFIG_HOME"] ?? join(app.getPath("home"), ".config"), "autostart", "familiar.desktop");
  if (!wanted) return rmSync(path, { force: true });
  const program = process.env["APPIMAGE"] ?? process.execPath;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    `[Desktop Entry]\nType=Application\nName=Familiar\nExec=${quoted(program)} ${quietly}\nX-GNOME-Autostart-enabled=true\n`,
  );
}

/** As the desktop entry specification quotes an argument. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["`$\\]/gu, "\\$&").replaceAll("%", "%%")}"`;
}
