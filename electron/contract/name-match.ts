/** Letters that have no accent to take off, and what people type for them. */
const written: Readonly<Record<string, string>> = {
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  æ: "ae",
  œ: "oe",
  ı: "i",
  ħ: "h",
};

/** A name as it is compared when finding and sorting: no accents, no capitals. Names themselves are kept as they were typed. */
export function foldName(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLocaleLowerCase("en-US")
    .replace(/[ßøłđðþæœıħ]/gu, (letter) => written[letter] ?? letter);
}

/** Given names that people use for one another, folded: English and German ones that do not begin alike. */
const sameName: readonly (readonly string[])[] = [
  "william bill billy will liam willy",
  "robert bob bobby rob robbie bert",
  "richard dick rick ricky rich",
  "edward ed eddie ted teddy ned",
  "elizabeth elisabeth liz lizzy beth betty eliza lisa elsa sisi bess",
  "margaret maggie meg peggy greta margarete gretel rita daisy",
  "katherine catherine kate katie kathy cathy kitty katharina kathi rina",
  "alexander alex sandy sascha lex xander",
  "alexandra alex sandra sascha",
  "james jim jimmy jamie",
  "john jack johnny jon",
  "johannes hannes hans jo",
  "joseph josef joe joey jo sepp jupp",
  "charles charlie chuck chas karl",
  "henry harry hank heinrich heinz heini",
  "michael mike mick mickey michi",
  "anthony tony anton toni",
  "antonia toni",
  "theodore ted teddy theo",
  "francis frank fran",
  "franziska franzi sissi",
  "patricia pat patty trish tricia",
  "patrick pat paddy",
  "susan sue susie suzanne susanne susi",
  "deborah deb debbie",
  "jennifer jen jenny",
  "rebecca becky becca",
  "victoria vicky tori",
  "nicholas nick nico nikolaus klaus",
  "andrew andy drew",
  "andreas andi andy",
  "matthew matt matthias hias",
  "christopher chris kit topher christoph",
  "christina christine tina chris chrissy",
  "benjamin ben benny",
  "daniel dan danny",
  "david dave davy",
  "samuel sam sammy",
  "samantha sam sammy",
  "thomas tom tommy",
  "timothy tim timmy",
  "stephen steven steve stefan",
  "peter pete",
  "philip phil pip philipp",
  "ronald ron ronnie",
  "donald don donnie",
  "lawrence larry lorenz",
  "leonard leo len lenny leonhard",
  "georg george schorsch",
  "gerald gerry jerry gerhard gerd",
  "barbara barb babs babsi bärbel",
  "dorothy dot dolly dora dorothea doro",
  "eleanor ellie nell nora lena",
  "helena helene lena leni",
  "magdalena lena leni maggie",
  "isabel isabella bella izzy isa",
  "josephine josie jo josefine",
  "wilhelm willi willy helmut",
  "friedrich fritz fred",
  "frederick fred freddy",
  "ludwig lutz",
  "maximilian max maxi",
  "sebastian basti seb",
  "ulrich uli",
  "ulrike uli",
  "mohammed muhammad mo mohamed",
  "aleksandr sasha",
  "dmitri dima mitya",
  "maria mary mia mimi molly mitzi",
  "sarah sally sadie",
  "ann anne anna annie nancy hannah",
].map((names) => foldName(names).split(" "));
const others: ReadonlyMap<string, ReadonlySet<string>> = (() => {
  const found = new Map<string, Set<string>>();
  for (const names of sameName)
    for (const name of names) found.set(name, new Set([...(found.get(name) ?? []), ...names.filter((each) => each !== name)]));
  return found;
})();

/** How a name fits what was typed: the smaller the better. `alias`: another form of the given name. `near`: one letter is off. */
export const nameFits = { begins: 0, wordBegins: 1, words: 2, holds: 3, alias: 4, near: 5 } as const;
/** Shorter words are too much like one another for one letter to be off. */
const leastForNear = 4;

/** How well `name` fits `typed` (both as written), or null where it does not. An empty text fits every name. */
export function matchName(name: string, typed: string): number | null {
  const wanted = foldName(typed).trim().replace(/\s+/gu, " ");
  const folded = foldName(name);
  if (folded.startsWith(wanted)) return nameFits.begins;
  const words = folded.split(/[\s"“”'’().,-]+/u).filter((word) => word !== "");
  if (folded.includes(` ${wanted}`) || words.some((word) => word.startsWith(wanted))) return nameFits.wordBegins;
  const parts = wanted.split(" ");
  if (parts.length > 1 && parts.every((part) => words.some((word) => word.startsWith(part)))) return nameFits.words;
  if (folded.includes(wanted)) return nameFits.holds;
  const fits = (part: string): boolean => words.some((word) => word.startsWith(part)) || isAlias(part, words);
  if (parts.every(fits)) return nameFits.alias;
  const nearly = (part: string): boolean => fits(part) || (part.length >= leastForNear && words.some((word) => oneOff(part, word)));
  return parts.every(nearly) ? nameFits.near : null;
}

function isAlias(part: string, words: readonly string[]): boolean {
  const known = others.get(part);
  return known !== undefined && words.some((word) => known.has(word));
}

/** Whether `part` is the beginning of `word` with one letter more, less, other, or two changed about. */
function oneOff(part: string, word: string): boolean {
  let at = 0;
  while (at < part.length && part[at] === word[at]) at += 1;
  // The first letter is rarely wrong, and without it everything is like everything.
  if (at === 0) return false;
  const rest = part.slice(at);
  const swapped = `${rest[1] ?? ""}${rest[0] ?? ""}${rest.slice(2)}`;
  return [word.slice(at + 1).startsWith(rest.slice(1)), word.slice(at).startsWith(rest.slice(1)), word.slice(at + 1).startsWith(rest)]
    .concat(rest.length > 1 && word.slice(at).startsWith(swapped))
    .some(Boolean);
}
