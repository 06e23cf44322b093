const number = new Intl.NumberFormat("en");

/** `n thing` or `n things`, with separators. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${number.format(n)} ${n === 1 ? one : many}`;
}

/** The status line when nothing is being done. */
export function idleWords(counts: { readonly photos: number; readonly faces: number; readonly failed: number }): string {
  if (counts.photos === 0 && counts.failed === 0) return "No photos yet";
  const rest = counts.failed > 0 ? `${number.format(counts.failed)} could not be read` : "everything is read";
  return `${counted(counts.photos, "photo")} · ${counted(counts.faces, "face")} · ${rest}`;
}

/** A likeness as one would say it. `far`: expected share of different people that look this alike. */
export function likenessWords(far: number): string {
  if (far <= 1e-5) return "very alike";
  if (far <= 1e-4) return "quite alike";
  if (far <= 1e-3) return "somewhat alike";
  return "a little alike";
}
