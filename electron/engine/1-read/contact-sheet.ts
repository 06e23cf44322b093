import sharp from "sharp";

/** A picture of any kind sharp reads as a JPEG that everything opens. */
export function asJpeg(bytes: Uint8Array): Promise<Buffer> {
  return sharp(bytes).jpeg({ quality: 92, mozjpeg: false }).toBuffer();
}

export interface SheetLook {
  readonly columns: number;
  /** Pixels: side of a picture, room between two, height of the words under one. */
  readonly side: number;
  readonly gap: number;
  readonly label: number;
}

/** All pictures on one white sheet as a JPEG, row by row, each with a line of words under it. */
export async function contactSheet(
  pictures: readonly { readonly bytes: Uint8Array; readonly words: string }[],
  { columns, side, gap, label }: SheetLook,
): Promise<Buffer> {
  const across = Math.min(columns, Math.max(1, pictures.length));
  const rows = Math.max(1, Math.ceil(pictures.length / across));
  const [width, height] = [across * (side + gap) + gap, rows * (side + label + gap) + gap];
  const placed = await Promise.all(
    pictures.map(async ({ bytes, words }, index) => {
      const left = gap + (index % across) * (side + gap);
      const top = gap + Math.floor(index / across) * (side + label + gap);
      const input = await sharp(bytes).resize(side, side).toBuffer();
      const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${label}"><text x="50%" y="${Math.round(label * 0.62)}" text-anchor="middle" font-family="Inter, Helvetica, Arial, sans-serif" font-size="${Math.round(label * 0.5)}" fill="#333">${escaped(words)}</text></svg>`;
      return [
        { input, left, top },
        { input: Buffer.from(text), left, top: top + side },
      ];
    }),
  );
  return sharp({ create: { width, height, channels: 3, background: "#ffffff" } })
    .composite(placed.flat())
    .jpeg({ quality: 90 })
    .toBuffer();
}

function escaped(words: string): string {
  return words.replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`);
}
