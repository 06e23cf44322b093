import { Problem } from "../errors.ts";
import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { startDraft } from "./draft.ts";
import { inFile, insidePhoto } from "./inside-photo.ts";
import { stand } from "./stand.ts";
import { tidyName } from "./tidy-name.ts";

type Box = readonly [number, number, number, number];

/**
 * Adds a face that the machine missed. `box`: fractions of the photo as it is shown, cut to it. With `personId` it is confirmed as that
 * person, with `name` as a new one. Throws `photo-not-found`, `person-not-found`, `name-empty`, `bad-request` for a box outside.
 */
export function draw(
  facts: Facts,
  payload: {
    readonly photoId?: number | undefined;
    readonly path?: string | undefined;
    readonly box: Box;
    readonly personId?: number | undefined;
    readonly name?: string | undefined;
  },
): Outcome {
  const photoId = payload.photoId ?? (payload.path === undefined ? null : facts.photoAt(payload.path));
  if (photoId === null || !facts.hasPhoto(photoId)) throw new Problem("photo-not-found", payload.path ?? String(payload.photoId ?? ""));
  const [x, y, w, h] = inFile(facts, photoId, insidePhoto(payload.box));
  const draft = startDraft(facts);
  const faceId = facts.newFaceId();
  draft.set("drawn_faces", [faceId], null, { face_id: faceId, photo_id: photoId, x, y, w, h, source: "drawn" });
  draft.touch(faceId);
  let name: string | null = null;
  let personId: number | null = null;
  if (payload.personId !== undefined) {
    const person = stand(facts, draft, payload.personId, "anchor");
    ({ name } = person);
    personId = person.id;
  } else if (payload.name !== undefined) {
    name = tidyName(payload.name);
    personId = facts.newPersonId();
    draft.setPerson({ id: personId, name, state: "named", keyFaceId: null, birthday: null, mergedInto: null });
  }
  if (personId !== null) draft.confirm(faceId, personId);
  return draft.finish(name === null ? "Drew a face." : `Drew a face of ${name}.`, personId, { did: "drew", name });
}
