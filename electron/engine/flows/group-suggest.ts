import type { ParsedArgs } from "../../contract/args.ts";
import type { SuggestionsView } from "../../contract/grouping-views.ts";
import { Problem } from "../errors.ts";
import type { House } from "./house.ts";

/** Faces that may be this person and are nobody's yet, most certain first. Throws `person-not-found`, `pack-uncalibrated`. */
export async function suggestFaces(house: House, { personId, limit }: ParsedArgs<"person.suggestions">): Promise<SuggestionsView> {
  const { reads } = house.keep;
  const card = reads.card(personId);
  if (card === null) throw new Problem("person-not-found", String(personId));
  const { total, faces } = await house.grouper.ask("suggest", { personId: card.id, most: limit });
  const views = new Map(reads.facesById(faces.map(({ face }) => face)).map((view) => [view.id, view]));
  const items = faces.flatMap(({ face, similarity, far, band, chance }) => {
    const view = views.get(face);
    return view === undefined ? [] : [{ face: view, similarity, falseAcceptRate: far, sureness: band, chance }];
  });
  return { personId: card.id, total, items };
}
