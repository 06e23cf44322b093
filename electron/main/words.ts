import type { SettingsView } from "../contract/views.ts";
import type { CommandPlace } from "../contract/commands.ts";

/** What the system shows for the app: menus, the tray, a notification. The page's words are the renderer's. */
export interface HostWords {
  readonly file: string;
  readonly edit: string;
  readonly view: string;
  readonly go: string;
  readonly help: string;
  readonly addFolder: string;
  readonly undo: string;
  readonly redo: string;
  readonly find: string;
  readonly keys: string;
  readonly updates: string;
  readonly open: string;
  readonly quit: string;
  readonly places: Readonly<Record<CommandPlace, string>>;
  readonly read: string;
  readonly windowGone: string;
}

export const hostWords: Readonly<Record<SettingsView["language"], HostWords>> = {
  en: {
    file: "File",
    edit: "Edit",
    view: "View",
    go: "Go",
    help: "Help",
    addFolder: "Add folder …",
    undo: "Undo decision",
    redo: "Redo decision",
    find: "Go to a person or place …",
    keys: "Keys",
    updates: "Check for Updates …",
    open: "Open Familiar",
    quit: "Quit Familiar",
    places: {
      people: "People",
      review: "Review",
      photos: "Photos",
      search: "Search",
      history: "History",
      activity: "Activity",
      settings: "Settings",
    },
    read: "Your photos have been read",
    windowGone: "The window stopped several times in a row. Nothing you did was lost. Start Familiar again.",
  },
  de: {
    file: "Datei",
    edit: "Bearbeiten",
    view: "Ansicht",
    go: "Gehe zu",
    help: "Hilfe",
    addFolder: "Ordner hinzufügen …",
    undo: "Entscheidung zurücknehmen",
    redo: "Entscheidung wiederholen",
    find: "Zu einer Person oder einem Ort …",
    keys: "Tasten",
    updates: "Nach Updates suchen …",
    open: "Familiar öffnen",
    quit: "Familiar beenden",
    places: {
      people: "Personen",
      review: "Prüfen",
      photos: "Fotos",
      search: "Suche",
      history: "Verlauf",
      activity: "Aktivität",
      settings: "Einstellungen",
    },
    read: "Deine Fotos sind gelesen",
    windowGone: "Das Fenster brach mehrmals hintereinander ab. Nichts ging verloren. Starte Familiar neu.",
  },
};
