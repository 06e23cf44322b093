import * as v from "valibot";

const copy = v.pipe(v.string(), v.regex(/^[0-9A-Za-z.-]+_[a-z-]+(?:_[0-9]+)?$/u), v.maxLength(200));
const personId = v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1)));
const none = v.strictObject({});

/** Arguments of the requests that keep a library safe. Those of `ClosedRequest` are answered also when the library cannot be opened. */
export const safetyArgs = {
  "backups.list": none,
  /** Copies the catalogue now. */
  "backups.make": none,
  /** What would be different with this copy; changes nothing. */
  "backups.preview": v.strictObject({ id: copy }),
  /** Puts a copy, by default the newest good one, in the catalogue's place; what stands is copied first. */
  "backups.restore": v.strictObject({ id: v.optional(copy) }),
  /** Gives a library whose catalogue is damaged, and that has no good copy, an empty one; the damaged one is set aside, never deleted. */
  "library.startEmpty": v.strictObject({ confirmed: v.literal(true) }),
  /** What forgetting a person or group, or without one everything, would remove; changes nothing. */
  "forget.preview": v.strictObject({ personId }),
  /** Forgets for good. `backups`: also every copy of the catalogue, which would bring it back. */
  forget: v.strictObject({ personId, backups: v.boolean() }),
} as const;
