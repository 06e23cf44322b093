/** sRGB's red, green and blue in the profile connection space (D50), as IEC 61966-2-1 profiles carry them. */
const primaries: Readonly<Record<string, readonly [number, number, number]>> = {
  rXYZ: [0.4361, 0.2225, 0.0139],
  gXYZ: [0.3851, 0.7169, 0.0971],
  bXYZ: [0.1431, 0.0606, 0.7141],
};

/**
 * Whether a colour profile is sRGB itself, so that applying it changes nothing: it costs as much as the decoding. It must be called so
 * and have its primaries. Layout: ICC.1:2022, 7.2 (128-byte header), 7.3 (tag table), 10.31 (XYZ).
 */
export function isPlainSrgb(profile: Buffer | undefined): boolean {
  if (!profile || profile.length < 132 || profile.toString("latin1", 16, 20) !== "RGB ") return false;
  // Descriptions are ASCII in version 2 and UTF-16 in version 4.
  const words = profile.toString("latin1").replaceAll("\0", "");
  if (!/(?<![-A-Za-z])sRGB/u.test(words) || /linear|gamma|v4 ICC preference/iu.test(words)) return false;
  return Object.entries(primaries).every(([tag, expected]) => {
    const found = xyzOf(profile, tag);
    return found !== null && expected.every((value, i) => Math.abs(value - (found[i] ?? 0)) < 0.002);
  });
}

function xyzOf(profile: Buffer, tag: string): readonly number[] | null {
  const count = Math.min(profile.readUInt32BE(128), Math.floor((profile.length - 132) / 12));
  for (let i = 0, at = 132; i < count; i++, at += 12) {
    if (profile.toString("latin1", at, at + 4) !== tag) continue;
    const start = profile.readUInt32BE(at + 4);
    if (start + 20 > profile.length) return null;
    return [8, 12, 16].map((offset) => profile.readInt32BE(start + offset) / 65_536);
  }
  return null;
}
