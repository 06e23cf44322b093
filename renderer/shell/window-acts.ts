import {
  DatabaseBackup,
  FileDown,
  FolderPlus,
  Keyboard,
  Languages,
  Monitor,
  Pause,
  Play,
  Redo2,
  RefreshCw,
  RotateCw,
  Square,
  Undo2,
} from "@lucide/svelte";
import type { Component } from "svelte";
import type { Said } from "../../electron/contract/said.ts";
import { asProblemView, ask } from "../bridge.ts";
import { folders } from "../screens/activity/folders.svelte.ts";
import { redo, undo } from "../state/decide.svelte.ts";
import { library } from "../state/library.svelte.ts";
import { overlays } from "../state/overlays.svelte.ts";
import { portable } from "../state/portable.svelte.ts";
import { toasts } from "../state/toasts.svelte.ts";
import { told } from "../strings/told.ts";
import { t } from "../strings/words.svelte.ts";
import { askForFolders } from "./add-folders.ts";
import type { Entry } from "./palette-entries.ts";

type Icon = Component<Record<string, unknown>>;

/** What can be done wherever one is. */
export function windowActs(): readonly Entry[] {
  const settings = library.settings;
  const phase = library.progress?.phase;
  const reading = phase === "reading" || phase === "looking" || phase === "changing";
  const theme = (to: "light" | "dark" | "system", label: string): Entry =>
    entry(`theme ${to}`, label, Monitor, () => said(library.change({ theme: to })));
  const language = (to: "en" | "de"): Entry => ({
    ...entry(`language ${to}`, t().settings.languages[to], Languages, () => said(library.change({ language: to }))),
    hint: t().settings.language,
  });
  return [
    entry("add", t().window.addFolder, FolderPlus, () => void askForFolders()),
    {
      ...entry("undo", t().toast.undo, Undo2, () => void undo(), "Ctrl+Z"),
      hint: hintOf(library.status?.undoSaid, library.status?.canUndo),
    },
    {
      ...entry("redo", t().toast.redo, Redo2, () => void redo(), "Ctrl+Shift+Z"),
      hint: hintOf(library.status?.redoSaid, library.status?.canRedo),
    },
    phase === "paused" || phase === "stopped"
      ? entry("resume", t().window.resume, Play, () => said(ask("scan.resume", {})))
      : reading
        ? entry("pause", t().window.pause, Pause, () => said(ask("scan.pause", {})))
        : entry("read", t().window.readAgain, RefreshCw, () => void folders.readAgain()),
    ...(reading || phase === "paused" ? [entry("cancel", t().shell.stopReading, Square, () => void folders.scan("scan.cancel"))] : []),
    ...((library.status?.failed ?? 0) > 0
      ? [
          entry("retry", t().shell.retryFailed, RotateCw, () =>
            said(ask("failures.retry", {}).then(() => toasts.say(t().activity.tryingAgain))),
          ),
        ]
      : []),
    entry("keys", t().window.allKeys, Keyboard, () => overlays.open("keys"), "?"),
    theme("light", t().window.light),
    theme("dark", t().window.dark),
    theme("system", t().window.asSystem),
    language(settings?.language === "de" ? "en" : "de"),
    settings?.singleKeys === false
      ? entry("letters on", t().shell.lettersOn, Keyboard, () => said(library.change({ singleKeys: true })))
      : entry("letters off", t().shell.lettersOff, Keyboard, () => said(library.change({ singleKeys: false }))),
    entry("backup", t().safety.make, DatabaseBackup, () =>
      said(ask("backups.make", {}).then(() => toasts.say(t().safety.made, { tone: "done" }))),
    ),
    entry("save names", t().portable.save, FileDown, () => void portable.save()),
  ];
}

/** What would be taken back or done again. */
function hintOf(what: Said | null | undefined, sentence: string | null | undefined): string {
  return told({ said: what ?? null, sentence: sentence ?? "" });
}
function entry(key: string, label: string, icon: Icon, run: () => void, keys = ""): Entry {
  return { key, label, hint: "", keys, faceId: null, icon, run };
}
function said(done: Promise<unknown>): void {
  done.catch((thrown: unknown) => toasts.problem(asProblemView(thrown)));
}
