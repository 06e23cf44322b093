import * as v from "valibot";
import { portableFormat, portableSchema, portableVersion, type PortableDocument } from "../../contract/portable.ts";
import { isDay } from "../5-decide/birthday.ts";
import { tidyName } from "../5-decide/tidy-name.ts";
import { Problem } from "../errors.ts";

const unchanged = "Nothing was changed.";

/** Checks a portable document as a whole before anything is taken from it. Throws `bad-request` with a sentence that says what is wrong. */
export function parsePortable(document: unknown): PortableDocument {
  if (typeof document !== "object" || document === null || !("format" in document) || document.format !== portableFormat)
    throw refused("not an export", `This is not a file that Familiar exported. ${unchanged}`);
  const version = "version" in document ? document.version : undefined;
  if (typeof version === "number" && version > portableVersion)
    throw refused(
      `version ${version}, this Familiar knows ${portableVersion}`,
      `This file was exported by a newer Familiar: import it with that one. ${unchanged}`,
    );
  const parsed = v.safeParse(portableSchema, document);
  if (!parsed.success) {
    const first = parsed.issues[0];
    throw damaged(`${v.getDotPath(first) ?? "the file"}: ${first.message}`);
  }
  const seen = new Set<string>();
  for (const { id, name, birthday } of parsed.output.people) {
    if (seen.has(id)) throw damaged(`two people have the id ${id}`);
    seen.add(id);
    if (name !== null && !isName(name)) throw damaged(`the name of ${id} has no letter`);
    if (birthday !== undefined && !isDay(birthday)) throw damaged(`no calendar has the day ${birthday}`);
  }
  const hashes = new Set(parsed.output.photos.map((photo) => photo.hash));
  if (hashes.size < parsed.output.photos.length) throw damaged("a photo stands in it twice");
  const known = (ref: string | undefined): boolean => ref === undefined || seen.has(ref);
  for (const { hash, faces } of parsed.output.photos)
    for (const { is, isNot = [] } of faces)
      if (!known(is) || !isNot.every(known)) throw damaged(`photo ${hash} names somebody it does not hold`);
  for (const pair of parsed.output.apart)
    if (!pair.every(known) || pair[0] === pair[1]) throw damaged("it keeps somebody apart whom it does not hold");
  return parsed.output;
}

function isName(name: string): boolean {
  try {
    return tidyName(name) !== "";
  } catch {
    return false;
  }
}

function damaged(detail: string): Problem {
  return refused(detail, `This export is damaged and cannot be imported. ${unchanged}`);
}
function refused(detail: string, sentence: string): Problem {
  return new Problem("bad-request", detail, { sentence });
}
