import { SvelteSet } from "svelte/reactivity";

/** What was read and left as it is, for as long as the window is open: it comes back when there is more of it. */
export const leftNotices = new SvelteSet<string>();
