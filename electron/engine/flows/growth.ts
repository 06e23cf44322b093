import type { GrowthView } from "../../contract/growth-views.ts";
import type { GrowthFace } from "../3-keep/shapes.ts";
import { ageAt } from "../3-keep/reads/faces.ts";
import { settings } from "../settings.ts";
import type { House } from "./house.ts";

type Each = GrowthView["each"];
const spans: readonly Each[] = ["day", "week", "month", "quarter", "year"];
const day = 86_400_000;

/** Somebody through the years: the clearest face of each span, the shortest span that gives at most `frames`. Throws `person-not-found`. */
export function growth({ keep }: Pick<House, "keep">, personId: number, frames: number): GrowthView {
  const person = keep.reads.person(personId);
  const faces = keep.reads.growthFaces(personId);
  const { chosen, each } = chooseFrames(faces, frames);
  const undated = person.years.find((one) => one.year === null)?.faces ?? 0;
  return {
    personId: person.id,
    name: person.name,
    each,
    dated: person.faces - undated,
    undated,
    frames: chosen
      .map(({ faceId, takenAt }) => ({ faceId, takenAt, age: ageAt(person.birthday, takenAt) }))
      // Taken before somebody was born: the date is wrong, or it is somebody else.
      .filter((frame) => frame.age === null || frame.age >= 0),
  };
}

/** The best face of every span, oldest first; faces too small or turned too far are used only where nothing else is. */
export function chooseFrames(faces: readonly GrowthFace[], most: number): { readonly chosen: readonly GrowthFace[]; readonly each: Each } {
  for (const each of spans) {
    const best = new Map<string, GrowthFace>();
    for (const face of faces) {
      const key = spanOf(face.takenAt, each);
      const other = best.get(key);
      if (other === undefined || worth(face) > worth(other)) best.set(key, face);
    }
    if (best.size <= most || each === "year") {
      const chosen = [...best.values()].sort((a, b) => a.takenAt.localeCompare(b.takenAt));
      const clear = chosen.filter(isClear);
      // A strip of nothing but poor faces is better than none.
      return { chosen: (clear.length >= 2 ? clear : chosen).slice(-most), each };
    }
  }
  return { chosen: [], each: "year" };
}

function isClear({ pixels, yaw }: GrowthFace): boolean {
  return pixels >= settings.growth.leastPixels && Math.abs(yaw) <= settings.growth.mostYaw;
}
function worth(face: GrowthFace): number {
  return (isClear(face) ? 1 : 0) + face.quality - settings.growth.yawWeight * Math.abs(face.yaw);
}
function spanOf(takenAt: string, each: Each): string {
  const [year, month] = [takenAt.slice(0, 4), Number(takenAt.slice(5, 7))];
  if (each === "day") return takenAt.slice(0, 10);
  // Weeks counted from a Monday.
  if (each === "week") return String(Math.floor((Date.parse(`${takenAt.slice(0, 10)}T00:00:00Z`) / day + 3) / 7));
  if (each === "month") return takenAt.slice(0, 7);
  return each === "quarter" ? `${year} ${Math.ceil(month / 3)}` : year;
}
