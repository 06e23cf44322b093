import sharp from "sharp";

/** Writes a small photo that says where it was taken; degrees, WGS 84, to a hundredth of a second. */
export async function photoAt(path: string, latitude: number, longitude: number, colour = "teal"): Promise<void> {
  const words = (value: number): string => {
    const hundredths = Math.round(Math.abs(value) * 360_000);
    return `${Math.floor(hundredths / 360_000)}/1 ${Math.floor(hundredths / 6000) % 60}/1 ${hundredths % 6000}/100`;
  };
  await sharp({ create: { width: 64, height: 48, channels: 3, background: colour } })
    .jpeg()
    .withExif({
      IFD3: {
        GPSLatitudeRef: latitude < 0 ? "S" : "N",
        GPSLatitude: words(latitude),
        GPSLongitudeRef: longitude < 0 ? "W" : "E",
        GPSLongitude: words(longitude),
      },
    })
    .toFile(path);
}
