import { createHash } from "node:crypto";
import { openGroupReader, type FaceFacts, type GroupReader, type Members } from "../3-keep/group-reader.ts";
import { finishExactly, type Finished } from "../4-group/finish-exactly.ts";
import { passGate } from "../4-group/gate.ts";
import { learnMetric, type LearnedMetric } from "../4-group/learned-metric.ts";
import type { NeighbourTable } from "../4-group/neighbour-table.ts";
import { places } from "../4-group/neighbour-table.ts";
import { openSearcher, type Searcher } from "../4-group/neighbours.ts";
import { openRanker, type Ranker } from "../4-group/rank-faces.ts";
import { step, type Steps } from "../4-group/steps.ts";
import { gatherRows, usableRows } from "../4-group/vectors.ts";
import { fromBlocks, keepBlocks, withoutChanged, type KnownNeighbours } from "./neighbour-blocks.ts";
import { settings } from "../settings.ts";
import type { Calibration } from "../types.ts";

/** All faces of one pack with their vectors, by face id. */
export interface Shelf extends FaceFacts {
  readonly pack: string;
  readonly dimensions: number;
  readonly vectors: Float32Array;
}
export interface Worth {
  /** 1: a unit vector. */
  readonly usable: Uint8Array;
  /** 1: past the gate, and usable. */
  readonly seeds: Uint8Array;
}
/** Who each row of the shelf is now. */
export interface Standing {
  readonly shelf: Shelf;
  /** Number of the library's change that it was read at. */
  readonly change: number;
  /** Person or group, 0 none. */
  readonly personId: Int32Array;
  /** The same, 0 also for strangers and hidden people. */
  readonly offered: Int32Array;
  readonly confirmed: Uint8Array;
  /** False-accept rate of a proposal, NaN where there is none. */
  readonly far: Float64Array;
  readonly silent: ReadonlySet<number>;
}

/** What the grouping thread holds between questions: vectors, neighbours, who stands where. Each is brought up to date when it is asked for. */
export class Desk {
  readonly reader: GroupReader;
  #shelf: Shelf | null = null;
  #standing: Standing | null = null;
  #neighbours: KnownNeighbours | null = null;
  #written = new Map<number, string>();
  #metric: { readonly mark: string; readonly learned: LearnedMetric } | null = null;
  #last: { readonly said: string; readonly faceIds: Int32Array; readonly norms: Float32Array } | null = null;
  #searcher: Promise<Searcher> | null = null;
  #ranker: Promise<Ranker> | null = null;
  #refreshing: Promise<void> | null = null;
  #later: NodeJS.Timeout | null = null;
  /** Number of the library's change that the shelf was last looked through at for finishing. */
  #finishedAt = -1;
  #pieces = 0;
  #worth: (Worth & { readonly vectors: Float32Array }) | null = null;

  constructor(libraryDir: string) {
    this.reader = openGroupReader(libraryDir);
  }

  /** All faces as they are now. Only vectors that are new, or of a face whose raw length changed, are read. */
  shelf(pack: string): Shelf {
    return (this.#shelf = refill(this.reader, pack, this.#shelf?.pack === pack ? this.#shelf : null));
  }

  /** Who is who now. Faces without a person are of no matter here, so new ones are not looked for until they have one. */
  standing(pack: string): Standing {
    const change = this.reader.change();
    const known = this.#standing;
    if (known?.shelf.pack === pack && known.change === change && known.shelf === this.#shelf) return known;
    return (this.#standing = this.#stand(pack, change, [this.reader.members()]));
  }

  /** The same as it was last known, where that is good enough; what matters is then looked up by itself. Brings it up to date behind. */
  lastStanding(pack: string): Standing {
    if (this.#standing?.shelf.pack !== pack) return this.standing(pack);
    // Not at once: somebody is waiting for the answer to this.
    if (this.#later === null)
      this.#later = setTimeout(() => {
        this.#later = null;
        void this.refresh(pack);
      }, settings.group.deskQuiet);
    return this.#standing;
  }

  /** Brings who is who up to date in pieces, between which others are answered. One at a time. */
  refresh(pack: string): Promise<void> {
    return (this.#refreshing ??= this.#refresh(pack).finally(() => {
      this.#refreshing = null;
    }));
  }

  async #refresh(pack: string): Promise<void> {
    const change = this.reader.change();
    if (this.#standing?.shelf.pack === pack && this.#standing.change === change) return;
    const pieces: Members[] = [];
    for (const some of this.reader.memberPieces()) {
      pieces.push(some);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    this.#standing = this.#stand(pack, change, pieces);
  }

  #stand(pack: string, change: number, pieces: readonly Members[]): Standing {
    let shelf = this.#shelf?.pack === pack ? this.#shelf : this.shelf(pack);
    const newest = pieces.at(-1)?.faceIds.at(-1) ?? 0;
    if (newest > (shelf.faceIds.at(-1) ?? 0)) shelf = this.shelf(pack);
    const placeOf = places(shelf.faceIds);
    const n = shelf.faceIds.length;
    const people = this.reader.people();
    const silent = new Set(people.filter(({ state }) => state === "stranger" || state === "hidden").map(({ id }) => id));
    const personId = new Int32Array(n);
    const confirmed = new Uint8Array(n);
    const far = new Float64Array(n).fill(NaN);
    for (const some of pieces) {
      for (let at = 0; at < some.faceIds.length; at++) {
        const row = placeOf(some.faceIds[at] as number);
        if (row < 0) continue;
        personId[row] = some.personIds[at] as number;
        confirmed[row] = some.confirmed[at] as number;
        if (confirmed[row] === 0) far[row] = some.far[at] as number;
      }
    }
    const offered = personId.map((id) => (silent.has(id) ? 0 : id));
    return { shelf, change, personId, offered, confirmed, far, silent };
  }

  /** What the confirmed faces of people with a name teach; learned again when they are other ones. */
  async metric(pack: string): Promise<LearnedMetric> {
    const { shelf, personId, confirmed } = this.standing(pack);
    const named = new Set(
      this.reader
        .people()
        .filter(({ state }) => state === "named")
        .map(({ id }) => id),
    );
    const usable = usableRows(shelf.vectors, shelf.dimensions);
    const rows = [...personId.keys()].filter((row) => confirmed[row] === 1 && usable[row] === 1 && named.has(personId[row] as number));
    const key = createHash("sha1").update(pack);
    for (const row of rows) key.update(`${shelf.faceIds[row] as number}:${personId[row] as number} `);
    const mark = key.digest("base64");
    if (this.#metric?.mark === mark) return this.#metric.learned;
    const { vectors, dimensions } = shelf;
    const person = Int32Array.from(rows, (row) => personId[row] as number);
    const learned = await learnMetric({ vectors: gatherRows(vectors, dimensions, rows), dimensions, person }, step({}, "metric", 0, 1));
    this.#metric = { mark, learned };
    return learned;
  }

  /** Neighbours known from the last run, of this thread or from `derived.db`; without those of faces that were read anew. */
  neighbours(shelf: Shelf): NeighbourTable | null {
    if (this.#neighbours?.table.key !== shelf.pack) {
      const blocks = this.reader.blocks(shelf.pack);
      this.#written = new Map([...blocks].map(([number, bytes]) => [number, createHash("sha1").update(bytes).digest("base64")]));
      this.#neighbours = fromBlocks(shelf.pack, blocks);
    }
    return this.#neighbours === null ? null : withoutChanged(this.#neighbours, shelf.faceIds, shelf.norms);
  }

  /** Keeps what a run found for the next one. */
  remember(shelf: Shelf, table: NeighbourTable): void {
    this.#neighbours = { table, norms: shelf.norms };
  }

  /** Whether since the last run of this thread nothing but new faces came: the same word, and no face gone or read anew. */
  onlyNewSince(said: string, { faceIds, norms }: Shelf): boolean {
    const last = this.#last;
    if (last === null || last.said !== said) return false;
    const placeOf = places(faceIds);
    return last.faceIds.every((id, row) => norms[placeOf(id)] === last.norms[row]);
  }
  ran(said: string, { faceIds, norms }: Shelf): void {
    this.#last = { said, faceIds, norms };
  }

  /** Writes it down for the next start. */
  async writeNeighbours(): Promise<void> {
    if (this.#neighbours !== null) await keepBlocks(this.reader, this.#neighbours, this.#written);
  }

  /**
   * Finishes some of the faces whose neighbours come from coarse lists, and writes them down. Null where there is nothing to go on with:
   * no grouping yet, or faces have come, gone or been read anew since, so that the next one comes first.
   */
  async finish(pack: string, limit: number, steps: Steps): Promise<Finished | null> {
    const change = this.reader.change();
    const shelf = this.#finishedAt === change && this.#shelf?.pack === pack ? this.#shelf : this.shelf(pack);
    this.#finishedAt = change;
    this.neighbours(shelf);
    const known = this.#neighbours;
    const { faceIds, norms, vectors, dimensions } = shelf;
    const same =
      known?.table.faces.length === faceIds.length &&
      faceIds.every((face, row) => face === known.table.faces[row] && norms[row] === known.norms[row]);
    if (known === null || !same) return null;
    const job = { table: known.table, vectors, dimensions, usable: usableRows(vectors, dimensions) };
    const finished = await finishExactly(await this.searcher(), job, limit, steps);
    if (finished.faces.length === 0) return finished;
    // Old faces may have found each other: the next grouping looks at everything.
    this.#last = null;
    this.#pieces += 1;
    await keepBlocks(this.reader, known, this.#written, finished.faces);
    return finished;
  }

  /** Changes whenever neighbours were finished. */
  get pieces(): number {
    return this.#pieces;
  }

  /** Which rows are unit vectors, and which of those are good enough to speak for somebody; reckoned once for the same vectors. */
  worth(shelf: Shelf, calibration: Calibration): Worth {
    const known = this.#worth;
    if (known?.vectors === shelf.vectors) return known;
    const usable = usableRows(shelf.vectors, shelf.dimensions || 1);
    const passed = passGate({ ...shelf, sizes: shelf.pixels }, calibration);
    const seeds = passed.map((pass, row) => pass & (usable[row] as number));
    this.#worth = { vectors: shelf.vectors, usable, seeds };
    return this.#worth;
  }

  searcher(): Promise<Searcher> {
    return (this.#searcher ??= openSearcher());
  }
  ranker(): Promise<Ranker> {
    return (this.#ranker ??= openRanker());
  }
}

function refill(reader: GroupReader, pack: string, before: Shelf | null): Shelf {
  const facts = reader.faces(pack);
  const n = facts.faceIds.length;
  const dimensions = before?.dimensions || (n === 0 ? 0 : reader.dimensions(pack));
  const known = before?.dimensions === dimensions ? before : null;
  const same =
    known?.faceIds.length === n && facts.faceIds.every((id, row) => id === known.faceIds[row] && facts.norms[row] === known.norms[row]);
  if (known && same) return { ...facts, pack, dimensions, vectors: known.vectors };
  const vectors = new Float32Array(n * dimensions);
  const missing: number[] = [];
  let at = 0;
  for (let row = 0; row < n; row++) {
    const face = facts.faceIds[row] as number;
    while (known && at < known.faceIds.length && (known.faceIds[at] as number) < face) at++;
    if (known?.faceIds[at] !== face || known.norms[at] !== facts.norms[row]) missing.push(row);
    else vectors.set(known.vectors.subarray(at * dimensions, (at + 1) * dimensions), row * dimensions);
  }
  const rows = Int32Array.from(missing);
  reader.vectors(
    pack,
    rows.map((row) => facts.faceIds[row] as number),
    dimensions,
    vectors,
    rows,
  );
  return { ...facts, pack, dimensions, vectors };
}
