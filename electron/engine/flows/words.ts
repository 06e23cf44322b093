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
