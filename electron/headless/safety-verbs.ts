import type { BackupView, ForgetPreview, ForgetResult, RestorePreview } from "../contract/safety-views.ts";
import { DoorProblem, type EngineDoor } from "./engine-door.ts";
import { idOf } from "./people-named.ts";
import type { Call, Verb } from "./verb.ts";

/** What a damaged catalogue's sentence is followed by where there is no screen to press a button on. */
export const howToRestore =
  '"familiar backups" lists its copies; "familiar restore" puts the newest good one in its place. Where none is good, "familiar start-empty" says what is left to do.';

/** Copies of the catalogue, putting one back, and forgetting. */
export const safetyVerbs = {
  backups: {
    usage: "",
    evenClosed: true,
    run: ({ engine }) => engine.request("backups.list", {}),
    words: (copies: readonly BackupView[]) => (copies.length === 0 ? "There are no copies yet." : copies.map(line).join("\n")),
  },
  backup: { usage: "", run: ({ engine }) => engine.request("backups.make", {}), words: (copy: BackupView) => line(copy) },
  restore: {
    usage: "[id of a copy] [--preview]",
    evenClosed: true,
    run: async ({ engine, rest, values }) => {
      const [id] = rest;
      if (values.preview !== true) return engine.request("backups.restore", id === undefined ? {} : { id });
      return engine.request("backups.preview", { id: id ?? (await newestGood(engine)) });
    },
    words: (a: { sentence: string } | RestorePreview) => ("sentence" in a ? a.sentence : changes(a)),
  },
  "start-empty": {
    usage: "[--yes]",
    evenClosed: true,
    run: ({ engine, values }) =>
      values.yes === true ? engine.request("library.startEmpty", { confirmed: true }) : Promise.resolve({ sentence: lastResort }),
    words: ({ sentence }: { sentence: string }) => sentence,
  },
  forget: {
    usage: "--person NAME | --all [--keep-copies] [--yes]",
    run: forget,
    words: (a: ForgetPreview | ForgetResult) => ("sentence" in a ? a.sentence : wouldGo(a)),
  },
} satisfies Record<string, Verb>;

const lastResort = [
  "This is for a library whose catalogue is damaged and that has no good copy of it.",
  "It begins with an empty catalogue: names, people and decisions are gone unless you have a file of names to import. Folders have to be added again; your photos are not touched.",
  "The damaged catalogue is set aside in the library's folder, never deleted. Nothing was done yet: say --yes to do it.",
].join("\n");

/** Without `--yes` it only says what would go. */
async function forget({ engine, values }: Call): Promise<ForgetPreview | ForgetResult> {
  const everything = values.all !== undefined;
  if (everything === (values.person !== undefined))
    throw new DoorProblem("bad-request", "", "Say whom to forget: --person NAME, or --all for everybody.");
  const whom = values.person === undefined ? {} : { personId: await idOf(engine, values.person) };
  if (values.yes !== true) return engine.request("forget.preview", whom);
  return engine.request("forget", { ...whom, backups: values["keep-copies"] !== true });
}

async function newestGood(engine: EngineDoor): Promise<string> {
  const good = (await engine.request("backups.list", {})).find((copy) => copy.good);
  if (good === undefined) throw new DoorProblem("not-found", "", "There is no good copy of the catalogue.");
  return good.id;
}

function line(copy: BackupView): string {
  const when = new Date(copy.at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
  const holds = copy.good ? `${count(copy.people, "person", "people")}, ${count(copy.decisions, "decision")}` : "damaged";
  return `${copy.id}  ${when}  ${holds}`;
}

function changes({ copy, then, now, namesBack, namesGone, decisionsGone, decisionsBack, photosToRead }: RestorePreview): string {
  const few = (names: readonly string[]): string => (names.length === 0 ? "none" : names.join(", "));
  if (now === null) return `${line(copy)}\nWhat stands now cannot be read. Nothing was done yet.`;
  return [
    line(copy),
    `People: ${now.people} now, ${then.people} then. Names that come back: ${few(namesBack)}. Names that go: ${few(namesGone)}.`,
    `Decisions that go: ${decisionsGone}. Decisions that come back: ${decisionsBack}. Photos to read again: ${photosToRead}.`,
    "What stands is copied first, so this can be taken back. Nothing was done yet: leave out --preview to do it.",
  ].join("\n");
}

function wouldGo(a: ForgetPreview): string {
  const gone = [
    `${count(a.faces, "face")} in ${count(a.photos, "photo")}`,
    count(a.people, "name"),
    count(a.decisions, "decision"),
    count(a.pictures, "small picture"),
    count(a.albums, "album"),
  ];
  return [
    `This would remove ${gone.join(", ")}. Your photos stay as they are.`,
    ...(a.backups > 0 ? [`${count(a.backups, "copy", "copies")} of the catalogue would go too, unless you say --keep-copies.`] : []),
    "This cannot be undone. Nothing was done yet: say --yes to do it.",
  ].join("\n");
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;
}
