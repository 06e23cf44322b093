import type { PlaceNameView, PlaceView } from "../../../electron/contract/finding-views.ts";
import type { SearchQuery } from "../../../electron/contract/views.ts";
import { ask } from "../../bridge.ts";
import { parseDatePhrase, type DateSpan } from "./date-phrase.ts";
import { spanWords, today } from "./span-words.ts";

/** How the people of a line are looked for. */
export type Mode = "all" | "any" | "only" | "none";
export const modes: readonly Mode[] = ["all", "any", "only", "none"];

export interface Chosen {
  readonly id: number;
  readonly name: string | null;
  readonly keyFaceId: number | null;
}
/** Somebody at an age, in whole years. */
export interface Aged {
  readonly person: Chosen;
  readonly from: number;
  readonly to: number;
}
export interface NamedPlace {
  readonly place: PlaceView;
  /** Null far from any place, and where nothing answered. */
  readonly name: PlaceNameView | null;
}
export interface Line {
  readonly mode: Mode;
  readonly people: readonly Chosen[];
}

/** The sentences of a search while they are being written. */
export class Query {
  lines = $state.raw<readonly Line[]>([{ mode: "all", people: [] }]);
  /** What was written about the time. */
  when = $state("");
  folder = $state<string | null>(null);
  faces = $state<number | null>(null);
  facesAtLeast = $state<number | null>(null);
  /** Somewhere on earth, with what it is called here. */
  place = $state.raw<NamedPlace | null>(null);
  aged = $state.raw<readonly Aged[]>([]);
  /** A span that came ready-made, kept while its words are not changed. */
  #given: { readonly words: string; readonly span: DateSpan } | null = null;

  get span(): DateSpan | null {
    if (this.#given !== null && this.#given.words === this.when) return this.#given.span;
    return parseDatePhrase(this.when, today());
  }
  /** Something was written about the time that could not be understood. */
  get whenUnread(): boolean {
    return this.when.trim() !== "" && this.span === null;
  }
  get empty(): boolean {
    return (
      this.lines.every((line) => line.people.length === 0) &&
      this.span === null &&
      this.folder === null &&
      this.faces === null &&
      this.facesAtLeast === null &&
      this.place === null &&
      this.aged.length === 0
    );
  }
  get people(): number {
    return this.lines.reduce((sum, line) => sum + line.people.length, 0);
  }

  /** The query as the engine takes it. */
  get asked(): SearchQuery {
    const of = (mode: Mode): number[] | undefined => {
      const ids = this.lines.filter((line) => line.mode === mode).flatMap((line) => line.people.map((person) => person.id));
      return ids.length > 0 ? ids : undefined;
    };
    const span = this.span;
    const query: Record<string, unknown> = {
      all: of("all"),
      any: of("any"),
      only: of("only"),
      none: of("none"),
      from: span?.from ?? undefined,
      to: span?.to ?? undefined,
      folder: this.folder ?? undefined,
      faces: this.faces ?? undefined,
      facesAtLeast: this.facesAtLeast ?? undefined,
      near: this.place?.place,
      aged: this.aged.length === 0 ? undefined : this.aged.map(({ person, from, to }) => ({ person: person.id, from, to })),
    };
    return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
  }

  add(line: number, person: Chosen): void {
    this.lines = this.lines.map((each, i) =>
      i === line && !each.people.some((other) => other.id === person.id) ? { ...each, people: [...each.people, person] } : each,
    );
  }
  remove(line: number, id: number): void {
    this.lines = this.lines
      .map((each, i) => (i === line ? { ...each, people: each.people.filter((person) => person.id !== id) } : each))
      .filter((each, i, all) => each.people.length > 0 || i === 0 || all.length === 1);
  }
  setMode(line: number, mode: Mode): void {
    this.lines = this.lines.map((each, i) => (i === line ? { ...each, mode } : each));
  }
  /** Another line, in the first way that is not used yet. */
  addLine(): void {
    const mode = (["none", "any", "all", "only"] as const).find((each) => !this.lines.some((line) => line.mode === each)) ?? "any";
    this.lines = [...this.lines, { mode, people: [] }];
  }
  clear(): void {
    this.lines = [{ mode: "all", people: [] }];
    this.when = "";
    this.folder = null;
    this.setFaces(null);
    this.aged = [];
    this.place = null;
  }
  /** How many faces: exactly, or at least so many. */
  setFaces(count: number | null, atLeast = false): void {
    this.faces = atLeast ? null : count;
    this.facesAtLeast = atLeast ? count : null;
  }
  /** Somebody at an age; of one person the last one said counts. */
  addAged(aged: Aged): void {
    this.aged = [...this.aged.filter(({ person }) => person.id !== aged.person.id), aged];
  }
  removeAged(personId: number): void {
    this.aged = this.aged.filter(({ person }) => person.id !== personId);
  }
  /** A time in words, as it was chosen. */
  setWhen(words: string): void {
    this.when = words;
    this.#given = null;
  }
  /** Writes a finished query back as sentences; names are asked for. */
  async read(query: SearchQuery): Promise<void> {
    const ids = [...modes.flatMap((mode) => query[mode] ?? []), ...(query.aged ?? []).map(({ person }) => person)].filter(
      (id, i, all) => all.indexOf(id) === i,
    );
    const known = await Promise.all(ids.map(chosen));
    const of = (id: number): Chosen => known.find((person) => person.id === id) ?? { id, name: null, keyFaceId: null };
    const lines = modes
      .map((mode) => ({
        mode,
        people: (query[mode] ?? []).map(of),
      }))
      .filter((line) => line.people.length > 0);
    this.lines = lines.length > 0 ? lines : [{ mode: "all", people: [] }];
    this.aged = (query.aged ?? []).map(({ person, from, to }) => ({ person: of(person), from, to }));
    const span = { from: query.from ?? null, to: query.to ?? null };
    this.when = spanWords(span);
    this.#given = this.when === "" ? null : { words: this.when, span };
    this.folder = query.folder ?? null;
    this.faces = query.faces ?? null;
    this.facesAtLeast = query.facesAtLeast ?? null;
    this.place = query.near === undefined ? null : await named(query.near);
  }
}

/** A place is kept as where it is; what it is called is asked for. */
async function named(place: PlaceView): Promise<NamedPlace> {
  const { latitude, longitude } = place;
  // Without a name its position is shown.
  return { place, name: await ask("place.name", { latitude, longitude }).catch(() => null) };
}

async function chosen(id: number): Promise<Chosen> {
  try {
    const person = await ask("person.get", { personId: id });
    return { id, name: person.name, keyFaceId: person.keyFaceId };
  } catch {
    // Merged away or gone: the chip stays, without a face, so that one sees why nothing is found.
    return { id, name: null, keyFaceId: null };
  }
}
