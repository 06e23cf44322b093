import { Menu, type MenuItemConstructorOptions } from "electron";
import { commandPlaces, type Command } from "../contract/commands.ts";
import type { HostWords } from "./words.ts";

export interface MenuActions {
  readonly addFolder: () => void;
  /** Has the page do what its own key would. */
  readonly command: (command: Command) => void;
  /** The library is open. What needs it cannot be chosen while it is not. */
  readonly open: boolean;
}

/** The menu of the app, with what each system expects where, and the same actions and keys as the page. */
export function setMenu(actions: MenuActions, words: HostWords, mac = process.platform === "darwin"): void {
  /** The key is the page's: it is shown here, and heard here only where the page leaves it. */
  const item = (id: string, label: string, accelerator: string, command: Command): MenuItemConstructorOptions => {
    return { id, label, accelerator, registerAccelerator: false, enabled: actions.open, click: () => actions.command(command) };
  };
  const settings = item("settings", words.places.settings, "CmdOrCtrl+,", { do: "go", to: "settings" });
  const updates: MenuItemConstructorOptions = {
    id: "updates",
    label: words.updates,
    enabled: actions.open,
    click: () => actions.command({ do: "updates" }),
  };
  const file: MenuItemConstructorOptions = {
    label: words.file,
    submenu: [
      { id: "add-folder", label: words.addFolder, accelerator: "CmdOrCtrl+O", enabled: actions.open, click: actions.addFolder },
      { type: "separator" },
      ...(mac ? [{ role: "close" as const }] : [settings, { type: "separator" as const }, { role: "quit" as const }]),
    ],
  };
  const edit: MenuItemConstructorOptions = {
    label: words.edit,
    submenu: [
      item("undo", words.undo, "CmdOrCtrl+Z", { do: "undo" }),
      item("redo", words.redo, "CmdOrCtrl+Shift+Z", { do: "redo" }),
      { type: "separator" },
      { role: "cut" },
      { role: "copy" },
      { role: "paste" },
      { role: "selectAll" },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: words.view,
    submenu: [
      { role: "resetZoom" },
      { role: "zoomIn" },
      // Where plus stands over equals, the key alone is meant too.
      { role: "zoomIn", accelerator: "CmdOrCtrl+=", visible: false, acceleratorWorksWhenHidden: true },
      { role: "zoomOut" },
      { type: "separator" },
      { role: "togglefullscreen" },
    ],
  };
  const go: MenuItemConstructorOptions = {
    label: words.go,
    submenu: [
      ...commandPlaces.map((place, index) => item(place, words.places[place], `CmdOrCtrl+${index + 1}`, { do: "go", to: place })),
      { type: "separator" },
      item("find", words.find, "CmdOrCtrl+K", { do: "find" }),
    ],
  };
  const help: MenuItemConstructorOptions = {
    role: "help",
    label: words.help,
    submenu: [
      { id: "keys", label: words.keys, click: () => actions.command({ do: "keys" }) },
      ...(mac ? [] : [{ type: "separator" as const }, updates]),
    ],
  };
  const app: MenuItemConstructorOptions = {
    role: "appMenu",
    submenu: [
      { role: "about" },
      updates,
      { type: "separator" },
      settings,
      { type: "separator" },
      { role: "hide" },
      { role: "hideOthers" },
      { role: "unhide" },
      { type: "separator" },
      { role: "quit" },
    ],
  };
  Menu.setApplicationMenu(Menu.buildFromTemplate([...(mac ? [app] : []), file, edit, view, go, { role: "windowMenu" }, help]));
}
