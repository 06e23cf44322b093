/** Somebody by name, between two ages in whole years. */
export interface AgePhrase {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const stages: Readonly<Record<string, readonly [from: number, to: number]>> = {
  baby: [0, 1],
  toddler: [1, 3],
  kleinkind: [1, 3],
  child: [2, 12],
  kind: [2, 12],
  teenager: [13, 19],
};
const years = String.raw`(?<from>\d{1,3})(?: ?(?:-|to|bis|and|und) ?(?<to>\d{1,3}))?`;
const name = String.raw`(?<name>[^\d]+?)`;
/** Each way of saying it, in English and German; the whole phrase must be one of them. */
const ways = [
  String.raw`when ${name} was ${years}(?: years? old)?`,
  String.raw`${name} (?:aged|age|at age|at the age of|at|from the age of) ${years}(?: years?(?: old)?)?`,
  String.raw`${name},? ${years} years?(?: old)?`,
  String.raw`als ${name} ${years}(?: jahre?(?: alt)?)? war`,
  String.raw`${name} (?:mit|im alter von|im alter|von) ${years}(?: jahren?)?`,
  String.raw`${name},? ${years} jahre?(?: alt)?`,
].map((way) => new RegExp(`^${way}$`, "iu"));
const stage = /^(?:when )?(?<name>[^\d]+?) (?:(?:was|as) an? |als )(?<stage>\p{L}+)$/iu;

/** Reads an age: "when Anna was 3", "Anna aged 2-5", "Anna as a baby", "als Anna 3 war", "Anna mit 2 bis 5". Null where that is not what was written. */
export function readAge(text: string): AgePhrase | null {
  const phrase = text.normalize("NFC").replace(/[–—−]/gu, "-").replace(/\s+/gu, " ").trim();
  for (const way of ways) {
    const found = way.exec(phrase)?.groups;
    if (found === undefined) continue;
    const from = Number(found["from"]);
    const to = found["to"] === undefined ? from : Number(found["to"]);
    if (from > to || to > 130) return null;
    return { name: (found["name"] ?? "").trim(), from, to };
  }
  const found = stage.exec(phrase)?.groups;
  const span = found === undefined ? undefined : stages[(found["stage"] ?? "").toLowerCase()];
  return found === undefined || span === undefined ? null : { name: (found["name"] ?? "").trim(), from: span[0], to: span[1] };
}
