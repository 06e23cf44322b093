import { Menu, type MenuItemConstructorOptions } from "electron";

export interface MenuActions {
  readonly addFolder: () => void;
}

/** The menu of the app, with what each system expects where. */
export function setMenu(actions: MenuActions): void {
  const mac = process.platform === "darwin";
  const file: MenuItemConstructorOptions = {
    label: "File",
    submenu: [
      { id: "add-folder", label: "Add folder …", accelerator: "CmdOrCtrl+O", click: actions.addFolder },
      { type: "separator" },
      mac ? { role: "close" } : { role: "quit" },
    ],
  };
  // Undo and redo are the page's own: a decision is taken back, not a letter.
  const edit: MenuItemConstructorOptions = {
    label: "Edit",
    submenu: [{ role: "cut" }, { role: "copy" }, { role: "paste" }, { role: "selectAll" }],
  };
  const view: MenuItemConstructorOptions = {
    label: "View",
    submenu: [{ role: "resetZoom" }, { role: "zoomIn" }, { role: "zoomOut" }, { type: "separator" }, { role: "togglefullscreen" }],
  };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([...(mac ? [{ role: "appMenu" as const }] : []), file, edit, view, { role: "windowMenu" }]),
  );
}
