import { wallClock } from "./wall-clock.ts";

/** A date that a phone or messenger wrote into the file's name: IMG_20190704_123456, IMG-20190704-WA0001, 2019-07-04 12.34.56. */
export function dateInName(name: string): string | null {
  const found =
    /(?:^|\D)((?:19|20)\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?:[-_ T.]+([01]\d|2[0-3])[-_.h:]?([0-5]\d)[-_.m:]?([0-5]\d))?(?:\D|$)/u.exec(
      name,
    );
  if (!found) return null;
  const [, year, month, day, hour = "12", minute = "00", second = "00"] = found;
  return wallClock(`${year}-${month}-${day} ${hour}:${minute}:${second}`)?.at ?? null;
}
