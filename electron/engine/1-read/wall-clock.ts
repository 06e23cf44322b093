/** Reads `YYYY:MM:DD HH:MM:SS` (EXIF) or ISO 8601 into `YYYY-MM-DDTHH:MM:SS` and its zone; null for dates that cannot be (zeros, month 13). */
export function wallClock(text: string | undefined): { readonly at: string; readonly zone: string | null } | null {
  const found = /(\d{4})[:\-/](\d{2})[:\-/](\d{2})(?:[T ]+(\d{2}):(\d{2})(?::(\d{2}))?)?(?:\.\d+)?\s*(Z|[+-]\d{2}:\d{2})?/u.exec(
    text ?? "",
  );
  if (!found) return null;
  const [, year = "", month = "", day = "", hour = "12", minute = "00", second = "00", zone] = found;
  const at = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const date = new Date(`${at}Z`);
  const real = !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 19) === at && Number(year) >= 1826;
  return real ? { at, zone: zone === "Z" ? "+00:00" : (zone ?? null) } : null;
}
