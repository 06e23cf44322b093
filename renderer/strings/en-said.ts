import type { BlockedView, Said } from "../../electron/contract/said.ts";
import { counted, longDate, number } from "./format.ts";

const faces = (n: number): string => counted(n, "face", "faces");
const lower = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

/** What a decision said, in English. */
function told(said: Said): string {
  switch (said.did) {
    case "merged":
      return `Merged ${faces(said.faces)} into ${said.name ?? "one group"}.`;
    case "moved":
      return `Moved ${faces(said.faces)} to ${said.name ?? "another group"}${said.fresh ? ", somebody new" : ""}.`;
    case "split":
      return `Split ${faces(said.faces)}${said.off === null ? "" : ` off ${said.off}`}${said.into === null ? "" : ` into ${said.into}`}.`;
    case "confirmed":
      return `Confirmed ${faces(said.faces)}${said.name === null ? "" : ` of ${said.name}`}.`;
    case "rejected":
      if (said.name === null) return `Took ${faces(said.faces)} out of a group.`;
      return said.faces === 1
        ? `Not ${said.name}. Familiar will not suggest it again.`
        : `Not ${said.name}: ${faces(said.faces)}. Familiar will not suggest them again.`;
    case "named":
      return `Named ${said.name}.`;
    case "renamed":
      return `Renamed ${said.was} to ${said.name}.`;
    case "stranger":
      return said.name === null ? "Set 1 group aside as strangers." : `Set ${said.name} aside as a stranger.`;
    case "hidden":
      return `Hid ${said.name ?? "a group"}.`;
    case "brought-back":
      return `Brought ${said.name ?? "a group"} back.`;
    case "key-face":
      return `Chose the face shown for ${said.name ?? "a group"}.`;
    case "drew":
      return said.name === null ? "Drew a face." : `Drew a face of ${said.name}.`;
    case "adjusted":
      return said.name === null ? "Moved the box of a face." : `Moved the box of a face of ${said.name}.`;
    case "not-faces":
      return said.faces === 1
        ? "Removed 1 that is not a face. It will not come back."
        : `Removed ${number(said.faces)} that are not faces. They will not come back.`;
    case "two-people":
      return `Noted: ${said.names === null ? "these" : said.names.join(" and ")} are two people.`;
    case "birthday": {
      const whose = said.name === null ? "a group's" : `${said.name}'s`;
      return said.date === null ? `Removed ${whose} birthday.` : `Set ${whose} birthday to ${longDate(said.date)}.`;
    }
    case "turned":
      return `Turned a photo ${{ 1: "to the right", 2: "upside down", 3: "to the left" }[said.quarter]}.`;
    case "album-saved":
      return `Saved the album ${said.name}.`;
    case "album-removed":
      return `Removed the album ${said.name}.`;
    case "imported":
      return [
        said.nothing
          ? "Everything in this file is known here already."
          : `Imported ${faces(said.faces)} and ${counted(said.people, "person", "people")}.`,
        ...(said.waiting > 0
          ? [`${faces(said.waiting)} ${said.waiting === 1 ? "waits" : "wait"} for photos that are not in this library yet.`]
          : []),
        ...(said.conflicts > 0
          ? [
              `${counted(said.conflicts, "thing", "things")} in it ${said.conflicts === 1 ? "differs" : "differ"} from what was said here; what was said here stands.`,
            ]
          : []),
      ].join(" ");
    case "shared":
      return `Gave a share of an earlier import to photos read since: ${faces(said.faces)}, ${counted(said.people, "person", "people")}.`;
    case "carried":
      return said.faces === 0
        ? "Handed how a photo was turned on to an edited photo."
        : `Handed ${faces(said.faces)} on to an edited photo.`;
    case "taken-back":
      return `Taken back: ${lower(told(said.what))}`;
    case "done-again":
      return `Done again: ${lower(told(said.what))}`;
  }
}

const done: Readonly<Record<string, string>> = {
  name: "named",
  rename: "named",
  merge: "merged again",
  split: "split off",
  move: "moved",
  confirm: "confirmed",
  reject: "rejected",
  stranger: "set aside",
  hide: "hidden",
  restore: "brought back",
  "not-a-face": "removed",
  draw: "drawn",
  adjust: "moved again",
  undo: "changed by taking back something else",
  redo: "changed again",
};

/** English sentences about decisions, made from what the engine says as data. */
export const enSaid = {
  said: {
    told,
    found: (n: number, toCheck: number) =>
      n === 0 ? "" : ` ${counted(n, "more face", "more faces")} found${toCheck > 0 ? `, ${number(toCheck)} to check` : ""}.`,
    /** `day` is "" for today. `again`: it is to be done again, not taken back. */
    blocked: ({ kind, faces: n, more }: BlockedView, sentence: string, day: string, time: string, again = false) => {
      const named = `“${sentence.replace(/\.$/u, "")}”`;
      const what =
        n === 0
          ? `${named} came later and ${again ? "stands in its way" : "builds on it"},`
          : `${number(n)} of its faces ${n === 1 ? "was" : "were"} ${done[kind] ?? "changed"}`;
      const when = day === "" ? `today at ${time}` : `on ${day} at ${time}`;
      const others = more === 0 ? "" : `, and ${number(more)} more ${more === 1 ? "decision" : "decisions"} came later`;
      return `This one cannot be ${again ? "done again" : "taken back"} on its own: ${what} ${when}${n === 0 ? "" : ` (${named})`}${others}.`;
    },
    takeBackBoth: "Take back both",
    takeBackLater: "Take back with the later ones",
    putBack: "Put back",
    /** Besides the one that was asked for. */
    andLater: (n: number) => (n === 0 ? "" : ` And ${n === 1 ? "1 later one" : `${number(n)} later ones`}.`),
  },
};
