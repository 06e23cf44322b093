/** What the host's menu, or an address like `familiar://person/12`, tells the page to do. The same things as the page's own keys. */
export type Command =
  | { readonly do: "undo" }
  | { readonly do: "redo" }
  | { readonly do: "find" }
  | { readonly do: "keys" }
  /** Goes to where newer versions are asked for, and asks where that is switched on. */
  | { readonly do: "updates" }
  | { readonly do: "go"; readonly to: CommandPlace }
  | { readonly do: "person"; readonly personId: number }
  | { readonly do: "photo"; readonly photoId: number };

/** Places of the menu, in the order of their keys: Ctrl+1 and on. */
export const commandPlaces = ["people", "review", "photos", "search", "history", "activity"] as const;
export type CommandPlace = (typeof commandPlaces)[number] | "settings";

/**
 * Reads an address that other programs may open: `familiar://person/<id>` and `familiar://photo/<id>`. Null for any other, so that nothing
 * but going somewhere can be asked for from outside.
 */
export function parseLink(address: string): Command | null {
  const match = /^familiar:\/\/(person|photo)\/([1-9]\d{0,14})\/?$/u.exec(address);
  if (match === null) return null;
  const id = Number(match[2]);
  return match[1] === "person" ? { do: "person", personId: id } : { do: "photo", photoId: id };
}
