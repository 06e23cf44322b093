import {
  Activity,
  CalendarDays,
  CircleHelp,
  History,
  Images,
  Search,
  Settings2,
  SquareStack,
  UserRoundX,
  UsersRound,
} from "@lucide/svelte";
import type { Component } from "svelte";
import type { LikelyPerson, MonthView } from "../../electron/contract/views.ts";
import { fold } from "../parts/fold.ts";
import { parseDatePhrase } from "../screens/search/date-phrase.ts";
import { spanWords, today } from "../screens/search/span-words.ts";
import { library } from "../state/library.svelte.ts";
import { router, settingsPlaces, type Route } from "../state/router.svelte.ts";
import { monthYear, number } from "../strings/format.ts";
import { t } from "../strings/words.svelte.ts";
import type { ActInView } from "./acts-in-view.ts";
import { windowActs } from "./window-acts.ts";

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
  /** The sign of the button that does the same, instead of an icon. */
  readonly sign?: SVGElement | null;
  readonly run: () => void;
}

/** Months shown at most: a year typed in shows all of its months. */
const mostMonths = 12;

/**
 * Everything that can be gone to or done and fits what is written: people, places and albums, what the screen in view can do (`here`), what
 * can be done anywhere, months, and the search for a time.
 */
export function paletteEntries(
  typed: string,
  people: readonly LikelyPerson[],
  months: readonly MonthView[],
  here: readonly ActInView[],
): readonly Entry[] {
  const words = fold(typed).split(/\s+/u).filter(Boolean);
  const fits = (label: string): boolean => words.every((word) => fold(label).includes(word));
  const saying = ({ label, hint }: Pick<Entry, "label" | "hint">): boolean => fits(`${hint} ${label}`);
  const named = people.filter((person) => person.name !== null).slice(0, 8);
  const [only] = named;
  const acts = windowActs();
  const found: readonly Entry[] = [
    ...named.map((person) => ({
      ...entry(`p${person.personId}`, person.name ?? "", null, () => router.go({ screen: "person", personId: person.personId })),
      hint: number(person.faces),
      faceId: person.keyFaceId,
    })),
    ...places().filter((each) => fits(each.label)),
    ...here.map((act): Entry => ({ hint: "", faceId: null, ...act })).filter(saying),
    ...(words.length === 0 ? acts.slice(0, 4) : [...acts, ...settingsEntries()].filter(saying)),
    ...(words.length > 0 && only !== undefined && named.length === 1 ? aboutPerson(only) : []),
    ...(words.length === 0 ? [] : monthsThatFit(months, fits)),
    ...timeIn(typed),
  ];
  // What a button in view does is not offered a second time as something that can be done anywhere.
  const once = found.filter(
    (one, at) => found.findIndex((other) => other.label === one.label && (other.hint === one.hint || one.hint === "")) === at,
  );
  // What begins with what is written comes before what only has it somewhere.
  const start = fold(typed.trim());
  return start === "" ? once : once.toSorted((a, b) => distance(a.label, start) - distance(b.label, start));
}

/** 0: begins with it. 1: one of its words does. 2: neither. */
function distance(label: string, start: string): 0 | 1 | 2 {
  const folded = fold(label);
  return folded.startsWith(start) ? 0 : folded.includes(` ${start}`) ? 1 : 2;
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
    // On that screen itself its own button does it.
    ...(router.current.screen === "people"
      ? []
      : [{ ...entry("strangers", t().people.strangers, UserRoundX, toStrangers), hint: t().app.people }]),
  ];
}

function toStrangers(): void {
  router.goTop({ screen: "people" });
  // What a visit keeps is what its screen begins with.
  router.keep("drawer", 1);
}

function settingsEntries(): readonly Entry[] {
  return settingsPlaces.map((each) => ({
    ...entry(`settings ${each}`, t().shell.settingsPlaces[each], Settings2, () => router.goTop({ screen: "settings", place: each })),
    hint: t().app.settings,
  }));
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
