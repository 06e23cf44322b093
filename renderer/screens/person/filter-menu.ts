import type { MenuItem } from "../../parts/menu-item.ts";
import { number } from "../../strings/format.ts";
import { t } from "../../strings/words.svelte.ts";
import { ageSpans, yearsAt } from "./ages.ts";
import { foldersOf } from "./folders.ts";
import type { PersonState } from "./person-state.svelte.ts";

/** Folders offered: those with most of the faces. */
const mostFolders = 20;

/** Everything a person's faces can be filtered by that there is any of: with whom, folder, age. */
export function filterMenu(state: PersonState, onproblem: (thrown: unknown) => void): readonly MenuItem[] {
  const { filter, person, birthday } = state;
  const words = t().person;
  const people = (person?.together ?? []).map((other, at): MenuItem => ({
    ...(at === 0 ? { heading: words.withWhom } : {}),
    label: other.name ?? words.unnamed,
    hint: number(other.photos),
    faceId: other.keyFaceId,
    checked: filter.with?.personId === other.personId,
    run: () => void filter.setWith(other).catch(onproblem),
  }));
  const all = foldersOf(state.faces);
  const folders = (all.length < 2 ? [] : all.slice(0, mostFolders)).map((folder, at): MenuItem => ({
    ...(at === 0 ? { heading: words.inFolder, apart: people.length > 0 } : {}),
    label: folder.name,
    hint: number(folder.faces),
    checked: filter.folder === folder.path,
    run: () => (filter.folder = filter.folder === folder.path ? null : folder.path),
  }));
  const ages = birthday === null ? [] : spans(state, birthday, people.length + folders.length > 0);
  return [...people, ...folders, ...ages];
}

function spans(state: PersonState, birthday: string, apart: boolean): readonly MenuItem[] {
  const counts = ageSpans.map(() => 0);
  for (const face of state.faces) {
    const age = yearsAt(birthday, face.takenAt);
    const at = age === null ? -1 : ageSpans.findIndex(([from, to]) => age >= from && age <= to);
    if (at >= 0) counts[at] = (counts[at] ?? 0) + 1;
  }
  const { filter } = state;
  const there = ageSpans.flatMap((span, at) => ((counts[at] ?? 0) > 0 ? [{ span, faces: counts[at] ?? 0 }] : []));
  if (there.length < 2) return [];
  return there.map(({ span, faces }, at): MenuItem => {
    const checked = filter.ages !== null && filter.ages[0] === span[0];
    return {
      ...(at === 0 ? { heading: t().person.atAge, apart } : {}),
      label: t().person.agesFrom(...span),
      hint: number(faces),
      checked,
      run: () => (filter.ages = checked ? null : span),
    };
  });
}
