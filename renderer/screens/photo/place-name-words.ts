import type { PlaceNameView } from "../../../electron/contract/finding-views.ts";
import { countryName } from "../../strings/format.ts";
import { t } from "../../strings/words.svelte.ts";

/**
 * A place and its country in the language of the screen: `Cascais, Portugal`, and where it is only the nearest `near Yulara, Australia`.
 * `withRegion`: also the state or province between them, where it is called differently.
 */
export function placeNameWords({ name, region, country, near }: PlaceNameView, withRegion = false): string {
  const parts = [name, withRegion ? region : null, countryName(country)].filter((part) => part !== null && part !== "");
  const words = parts.filter((part, i) => parts.indexOf(part) === i).join(", ");
  return near ? t().finding.near(words) : words;
}
