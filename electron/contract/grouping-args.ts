import * as v from "valibot";

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000));
const limit = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000));
/** The two sliders of sureness: expected false neighbours per face, and the false-accept rate above which a proposal is to be checked. */
export const daring = v.pipe(v.number(), v.minValue(0.01), v.maxValue(0.3));
export const checkAbove = v.pipe(v.number(), v.minValue(1e-6), v.maxValue(1e-2));

/** Arguments of what grouping can say beside who is who. */
export const groupingArgs = {
  /** What moving a slider would do, before it is applied. Nothing changes. */
  "grouping.preview": v.strictObject({ daring: v.optional(daring), checkAbove: v.optional(checkAbove) }),
  /** What does not fit, each with what settles it. `review.skip` with its id leaves one as it is. */
  conflicts: v.strictObject({ offset: v.optional(count, 0), limit: v.optional(limit, 60) }),
  /** Groups that grew together by themselves, latest first. */
  "groups.joined": v.strictObject({ offset: v.optional(count, 0), limit: v.optional(limit, 60) }),
  /** What this library's confirmed faces taught about telling look-alikes apart. */
  "grouping.metric": v.strictObject({}),
  /** Faces that may be this person and are nobody's yet, most certain first. */
  "person.suggestions": v.strictObject({ personId: id, limit: v.optional(limit, 60) }),
} as const;
