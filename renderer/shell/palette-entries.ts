import {
  Activity,
  CalendarDays,
  CircleHelp,
  FolderPlus,
  History,
  Images,
  Keyboard,
  Monitor,
  Pause,
  Play,
  Redo2,
  RefreshCw,
  Search,
  Settings2,
  SquareStack,
  Undo2,
  UsersRound,
} from "@lucide/svelte";
import type { Component } from "svelte";
import type { Said } from "../../electron/contract/said.ts";
import type { LikelyPerson, MonthView } from "../../electron/contract/views.ts";
import { asProblemView, ask } from "../bridge.ts";
import { fold } from "../parts/fold.ts";
import { folders } from "../screens/activity/folders.svelte.ts";
import { parseDatePhrase } from "../screens/search/date-phrase.ts";
import { spanWords, today } from "../screens/search/span-words.ts";
import { redo, undo } from "../state/decide.svelte.ts";
import { library } from "../state/library.svelte.ts";
import { overlays } from "../state/overlays.svelte.ts";
import { router, type Route } from "../state/router.svelte.ts";
import { screenActs } from "../state/screen-acts.svelte.ts";
import { toasts } from "../state/toasts.svelte.ts";
import { monthYear, number } from "../strings/format.ts";
import { told } from "../strings/told.ts";
import { t } from "../strings/words.svelte.ts";
import { askForFolders } from "./add-folders.ts";

type Icon = Component<Record<string, unknown>>;
/** One line of the palette. */
export interface Entry {
  readonly key: string;
  readonly label: string;
  /** Beside the label: a count, or what kind of thing it is. */
  readonly hint: string;
  /** Key that does the same without the palette. */
  readonly keys: string;
  readonly faceId: number | null;
  readonly icon: Icon | null;
  readonly run: () => void;
}

/** Months shown at most: a year typed in shows all of its months. */
const mostMonths = 12;

/** Everything that can be gone to or done and fits what is written: people, places and albums, acts, months, and the search for a time. */
export function paletteEntries(typed: string, people: readonly LikelyPerson[], months: readonly MonthView[]): readonly Entry[] {
  const words = fold(typed).split(/\s+/u).filter(Boolean);
  const fits = (label: string): boolean => words.every((word) => fold(label).includes(word));
  const named = people.filter((person) => person.name !== null).slice(0, 8);
  const [only] = named;
  return [
    ...named.map((person) => ({
      ...entry(`p${person.personId}`, person.name ?? "", null, () => router.go({ screen: "person", personId: person.personId })),
      hint: number(person.faces),
      faceId: person.keyFaceId,
    })),
    ...places().filter((each) => fits(each.label)),
    ...screenActs()
      .map((act) => entry(act.key, act.label, act.icon, act.run, act.keys))
      .filter((each) => words.length > 0 && fits(each.label)),
    ...(words.length === 0 ? acts().slice(0, 4) : acts().filter((each) => fits(each.label))),
    ...(words.length > 0 && only !== undefined && named.length === 1 ? aboutPerson(only) : []),
    ...(words.length === 0 ? [] : monthsThatFit(months, fits)),
    ...timeIn(typed),
  ];
}

function places(): readonly Entry[] {
  return [
    place({ screen: "people" }, t().app.people, UsersRound, "Ctrl+1"),
    place({ screen: "review" }, t().app.review, CircleHelp, "Ctrl+2"),
    place({ screen: "photos" }, t().app.photos, Images, "Ctrl+3"),
    place({ screen: "search" }, t().app.search, Search, "Ctrl+4"),
    ...library.albums.map((album) => ({
      ...place({ screen: "search", albumId: album.id, query: album.query }, album.name, SquareStack, ""),
      key: `album${album.id}`,
      hint: number(album.photos),
    })),
    place({ screen: "history" }, t().app.history, History, "Ctrl+5"),
    place({ screen: "activity" }, t().app.activity, Activity, "Ctrl+6"),
    place({ screen: "settings" }, t().app.settings, Settings2, "Ctrl+,"),
  ];
}

function acts(): readonly Entry[] {
  const phase = library.progress?.phase;
  const theme = (to: "light" | "dark" | "system", label: string): Entry =>
    entry(`theme ${to}`, label, Monitor, () => said(library.change({ theme: to })));
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
    phase === "paused"
      ? entry("resume", t().window.resume, Play, () => said(ask("scan.resume", {})))
      : phase === "reading" || phase === "looking" || phase === "changing"
        ? entry("pause", t().window.pause, Pause, () => said(ask("scan.pause", {})))
        : entry("read", t().window.readAgain, RefreshCw, () => void folders.readAgain()),
    entry("keys", t().window.allKeys, Keyboard, () => overlays.open("keys"), "?"),
    theme("light", t().window.light),
    theme("dark", t().window.dark),
    theme("system", t().window.asSystem),
  ];
}

/** What would be taken back or done again. */
function hintOf(said: Said | null | undefined, sentence: string | null | undefined): string {
  return told({ said: said ?? null, sentence: sentence ?? "" });
}

function aboutPerson(person: LikelyPerson): readonly Entry[] {
  const name = person.name ?? "";
  const { personId } = person;
  return [
    entry(`photos of ${personId}`, t().window.photosOf(name), Images, () => router.goTop({ screen: "search", query: { all: [personId] } })),
    entry(`about ${personId}`, t().window.askAbout(name), CircleHelp, () => router.goTop({ screen: "review", personId })),
  ];
}

function monthsThatFit(months: readonly MonthView[], fits: (label: string) => boolean): readonly Entry[] {
  return months
    .flatMap(({ month, photos }) => (month === null ? [] : [{ month, photos, label: monthYear(month) }]))
    .filter(({ label }) => fits(label))
    .slice(0, mostMonths)
    .map(({ month, photos, label }) => ({
      ...entry(`month ${month}`, label, CalendarDays, () => router.goTop({ screen: "photos", month })),
      hint: number(photos),
    }));
}

function timeIn(typed: string): readonly Entry[] {
  const span = parseDatePhrase(typed, today());
  if (span === null) return [];
  const query = { ...(span.from !== null && { from: span.from }), ...(span.to !== null && { to: span.to }) };
  return [entry("time", t().window.searchFor(spanWords(span)), Search, () => router.goTop({ screen: "search", query }))];
}

function place(route: Route, label: string, icon: Icon, keys: string): Entry {
  return entry(route.screen, label, icon, () => router.goTop(route), keys);
}
function entry(key: string, label: string, icon: Icon | null, run: () => void, keys = ""): Entry {
  return { key, label, hint: "", keys, faceId: null, icon, run };
}
function said(done: Promise<unknown>): void {
  done.catch((thrown: unknown) => toasts.problem(asProblemView(thrown)));
}
