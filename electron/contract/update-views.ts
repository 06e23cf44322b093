/** What the list of versions at the feed says. */
export interface UpdateView {
  /** Version that runs here, and the newest there. */
  readonly current: string;
  readonly newest: string;
  readonly isNewer: boolean;
  /** What is new, as plain text; "" where nothing is said. */
  readonly notes: string;
  /** ISO date, or null. */
  readonly date: string | null;
  /** Where the new version can be had: nothing is fetched from there. */
  readonly address: string;
}

/** Addresses that a list of versions may be at: https, or http on this computer. "" is none. */
export function isFeedAddress(text: string): boolean {
  if (text === "") return true;
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== "" || password !== "") return false;
  return protocol === "https:" || (protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(hostname));
}
