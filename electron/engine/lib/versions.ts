/** `1.2.3` or `1.2.3-beta.4`, with or without a `+build` that says nothing of the order. */
const shape = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([0-9A-Za-z.-]{1,100}))?(?:\+[0-9A-Za-z.-]{1,100})?$/u;

/** Whether a text is a version as semver.org has them. */
export function isVersion(text: string): boolean {
  return shape.test(text);
}

/** Less than 0 where `a` is older than `b`, more where it is newer, by the rules of semver.org (2.0.0, section 11). What is no version is oldest. */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [shape.exec(a), shape.exec(b)];
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  for (const at of [1, 2, 3]) {
    const by = Number(one[at]) - Number(other[at]);
    if (by !== 0) return by;
  }
  const [early, late] = [one[4], other[4]];
  // One that is on its way is older than the one it becomes.
  if (early === undefined || late === undefined) return Number(early === undefined) - Number(late === undefined);
  return compareParts(early.split("."), late.split("."));
}

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; ; at++) {
    const [one, other] = [a[at], b[at]];
    if (one === undefined || other === undefined) return Number(one !== undefined) - Number(other !== undefined);
    const numbers = [one, other].map((part) => (/^\d+$/u.test(part) ? Number(part) : null));
    const [x = null, y = null] = numbers;
    if (x !== null && y !== null && x !== y) return x - y;
    if ((x === null) !== (y === null)) return x === null ? 1 : -1;
    if (x === null && one !== other) return one < other ? -1 : 1;
  }
}
