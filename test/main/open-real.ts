import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron, type ElectronApplication } from "playwright-core";
import { installedElectron } from "../../build/scripts/electron-binary.mjs";
import type { AnyDesktop } from "./any-desktop.ts";

const program: string | null = installedElectron(process.cwd());
const screen = process.platform !== "linux" || (process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"]) !== undefined;

/** Why the built app cannot be tried in Electron's own program here, or null where it can. */
export const noElectron: string | null =
  program === null ? "Electron's program is not installed" : screen ? null : "there is no screen for Electron";

/** Starts the built desktop app in Electron's own program, with a data folder of its own. */
export async function openReal(): Promise<AnyDesktop> {
  const home = mkdtempSync(join(tmpdir(), "familiar-real-"));
  const library = join(home, "library");
  const app: ElectronApplication = await _electron.launch({
    executablePath: program ?? "",
    // Root is refused by Chromium's sandbox; nobody else gets this.
    args: [".", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), `--user-data-dir=${join(home, "userData")}`, `--library=${library}`],
  });
  const page = await app.firstWindow();
  const ended = new Promise<void>((done) => app.on("close", () => done()));
  return {
    home,
    library,
    // The page's policy lets no text become code; the driver's own evaluation is not the page's.
    evaluate: (code) => page.evaluate(code),
    text: () => page.locator("body").innerText(),
    enginePid: () =>
      app.evaluate(
        ({ app: main }) => main.getAppMetrics().find((one) => one.serviceName === "Familiar engine" || one.name === "Familiar engine")?.pid,
      ),
    clickMenu: (id) =>
      app.evaluate(({ Menu }, wanted) => {
        const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
        if (item?.enabled !== true) throw new Error(`There is no menu item ${wanted}.`);
        item.click();
      }, id),
    answerDialog: (filePaths) =>
      app.evaluate(({ dialog }, chosen) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: chosen.length === 0, filePaths: [...chosen] });
      }, filePaths),
    async close() {
      await page.close();
      if (process.platform === "darwin") await app.close();
      await ended;
    },
    async dispose() {
      await app.close().catch(() => undefined);
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
