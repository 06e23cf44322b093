import type { LookAlikesView } from "../../contract/finding-views.ts";
import type { FaceView, PersonCard } from "../../contract/views.ts";
import { ageAt } from "../3-keep/reads/faces.ts";
import { pairQuestion } from "../3-keep/reads/look-alike-pairs.ts";
import { lookAlikes as hardest, type OneSide } from "../4-group/look-alikes.ts";
import { Problem } from "../errors.ts";
import { settings } from "../settings.ts";
import type { House } from "./house.ts";

/** The faces of two people that are hardest to tell apart, and clear ones to compare them with. Throws `person-not-found`. */
export function lookAlikes(house: House, a: number, b: number): LookAlikesView {
  const { reads } = house.keep;
  const [cardA, cardB] = [cardOf(house, a), cardOf(house, b)];
  const { shown, compared, close } = settings.lookAlikes;
  const past = reads.lookedAt(cardA.id, cardB.id);
  const [sideA, sideB] = [sideOf(house, cardA.id, past), sideOf(house, cardB.id, past)];
  const dimensions = house.embedder().dimensions;
  const [bornA, bornB] = [reads.person(cardA.id).birthday, reads.person(cardB.id).birthday];
  const found = hardest(sideA, sideB, dimensions, { most: shown, close });
  const asked = new Set(found.map((one) => one.faceId));
  const faces = new Map(reads.facesById(found.map((one) => one.faceId)).map((face) => [face.id, face]));
  return {
    a: cardA,
    b: cardB,
    faces: found.flatMap(({ faceId, toA, toB }) => {
      const face = faces.get(faceId);
      return face === undefined
        ? []
        : [
            {
              face,
              questionId: pairQuestion(cardA.id, cardB.id, faceId),
              toA,
              toB,
              ageA: ageAt(bornA, face.takenAt),
              ageB: ageAt(bornB, face.takenAt),
            },
          ];
    }),
    ofA: clearest(house, cardA.id, compared, asked),
    ofB: clearest(house, cardB.id, compared, asked),
  };
}

function cardOf(house: House, personId: number): PersonCard {
  const card = house.keep.reads.card(personId);
  if (card === null) throw new Problem("person-not-found", String(personId));
  return card;
}

function sideOf({ keep, embedder }: House, personId: number, past: ReadonlySet<number>): OneSide {
  const members = keep.reads.members(personId, settings.lookAlikes.faces);
  const { name, dimensions } = embedder();
  const vectors = keep.vectorsOf(
    name,
    members.map((member) => member.faceId),
  );
  const known = members.filter((member) => vectors.has(member.faceId));
  const rows = new Float32Array(known.length * dimensions);
  for (const [row, member] of known.entries()) rows.set(vectors.get(member.faceId) ?? [], row * dimensions);
  return {
    faceIds: known.map((member) => member.faceId),
    vectors: rows,
    past,
    open: new Set(known.filter((member) => !member.confirmed).map((member) => member.faceId)),
  };
}

/** Confirmed faces before others, clear ones before poor ones; those asked about are left out. */
function clearest({ keep }: House, personId: number, most: number, without: ReadonlySet<number>): readonly FaceView[] {
  const members = keep.reads.members(personId, settings.lookAlikes.faces).filter((member) => !without.has(member.faceId));
  const best = [...members.filter((member) => member.confirmed), ...members.filter((member) => !member.confirmed)].slice(0, most);
  return keep.reads.facesById(best.map((member) => member.faceId));
}
