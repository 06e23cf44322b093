import { thumbHashToAverageRGBA, thumbHashToDataURL } from "thumbhash";

/** Blurs already drawn: the same photo scrolls by again and again. */
const drawn = new Map<string, string | null>();
const most = 2000;

/** A tiny blurred picture as a data address from a base64 thumbhash; null where it cannot be read. */
export function blurUrl(thumbhash: string): string | null {
  const known = drawn.get(thumbhash);
  if (known !== undefined) return known;
  let url: string | null = null;
  try {
    url = thumbHashToDataURL(bytesOf(thumbhash));
  } catch {
    // A damaged blur is only a missing decoration; the flat square stands instead.
  }
  if (drawn.size >= most) drawn.clear();
  drawn.set(thumbhash, url);
  return url;
}

/** The mean colour of a photo from its base64 thumbhash, at a hundredth of the price of its blur; null where it cannot be read. */
export function blurColour(thumbhash: string): string | null {
  try {
    const { r, g, b } = thumbHashToAverageRGBA(bytesOf(thumbhash));
    return `rgb(${Math.round(255 * r)} ${Math.round(255 * g)} ${Math.round(255 * b)})`;
  } catch {
    return null;
  }
}

function bytesOf(thumbhash: string): Uint8Array {
  return Uint8Array.from(atob(thumbhash), (letter) => letter.charCodeAt(0));
}
