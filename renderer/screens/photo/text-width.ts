let context: CanvasRenderingContext2D | null | undefined;
const known = new Map<string, number>();

/** Width of words in a CSS font, pixels. Without a canvas (no screen): a fair guess from the number of letters. */
export function textWidth(words: string, font: string): number {
  const key = `${font}\n${words}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  context ??= typeof document === "undefined" ? null : document.createElement("canvas").getContext("2d");
  let width = words.length * 7;
  if (context) {
    context.font = font;
    width = context.measureText(words).width;
  }
  if (known.size > 2000) known.clear();
  // Before the font has come the measure is another font's: it is not kept.
  if (typeof document !== "undefined" && document.fonts.check(font)) known.set(key, width);
  return width;
}
