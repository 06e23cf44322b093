import type { SearchQuery } from "../../electron/contract/views.ts";
import { newMemory, type Memory } from "./memory.ts";

/** Where a photo was opened from, so that previous and next walk the same list. */
export type PhotoSource =
  | { readonly from: "photos" }
  | { readonly from: "person"; readonly personId: number }
  | { readonly from: "search"; readonly query: SearchQuery; readonly sort?: "newest" | "oldest" }
  | { readonly from: "list"; readonly photoIds: readonly number[] };

/** The sections of the settings. */
export const settingsPlaces = ["folders", "sureness", "recognition", "looks", "backups", "forget", "about"] as const;
export type SettingsPlace = (typeof settingsPlaces)[number];

/** Every place a person can be. */
export type Route =
  | { readonly screen: "welcome" }
  | { readonly screen: "people" }
  | { readonly screen: "person"; readonly personId: number }
  | { readonly screen: "review"; readonly personId?: number }
  | { readonly screen: "photos"; readonly month?: string }
  | {
      readonly screen: "photo";
      readonly photoId: number;
      readonly faceId?: number;
      readonly source?: PhotoSource;
      readonly index?: number;
    }
  | { readonly screen: "search"; readonly query?: SearchQuery; readonly albumId?: number }
  | { readonly screen: "history" }
  | { readonly screen: "activity" }
  | { readonly screen: "settings"; readonly place?: SettingsPlace };
export type ScreenName = Route["screen"];

/** One visit: where, and what the screen wants to find again when somebody comes back (scroll position, focused item, open view). */
interface Visit {
  readonly route: Route;
  readonly memory: Memory;
  readonly id: number;
}

/** Which place is shown, and the way back. A place's memory lives as long as its visit. */
class Router {
  #stack = $state.raw<readonly Visit[]>([{ route: { screen: "people" }, memory: newMemory(), id: 0 }]);
  #ids = 0;

  get visit(): Visit {
    const last = this.#stack.at(-1);
    if (last === undefined) throw new Error("There is always a place.");
    return last;
  }
  get current(): Route {
    return this.visit.route;
  }
  get canGoBack(): boolean {
    return this.#stack.length > 1;
  }
  /** The place that Back leads to, for its name beside the arrow. */
  get previous(): Route | null {
    return this.#stack.at(-2)?.route ?? null;
  }

  go(route: Route): void {
    this.#stack = [...this.#stack.slice(-40), this.#new(route)];
  }
  /** From the rail: a place of its own, with no way back into what was open before. */
  goTop(route: Route): void {
    if (this.#stack.length === 1 && JSON.stringify(this.current) === JSON.stringify(route)) return;
    this.#stack = [this.#new(route)];
  }
  /** Changes where one is without adding a step back, as when the person shown was merged into another. */
  replace(route: Route): void {
    this.#stack = [...this.#stack.slice(0, -1), { ...this.visit, route }];
  }
  /** Steps back; from the first place, to People. */
  back(): void {
    if (this.#stack.length > 1) this.#stack = this.#stack.slice(0, -1);
    else if (this.current.screen !== "people" && this.current.screen !== "welcome") this.goTop({ screen: "people" });
  }
  /** Answers whether this visit is still the one in view, for work that ends late: nobody is called back from where they have gone since. */
  here(): () => boolean {
    const { id } = this.visit;
    return () => this.visit.id === id;
  }
  /** Keeps something for when this visit is shown again. */
  keep(key: string, value: unknown): void {
    this.visit.memory.set(key, value);
  }
  /** A number kept in this visit, or the fallback. */
  keptNumber(key: string, fallback: number): number {
    const value = this.visit.memory.get(key);
    return typeof value === "number" ? value : fallback;
  }
  /** A text kept in this visit, or the fallback. */
  keptText(key: string, fallback: string): string {
    const value = this.visit.memory.get(key);
    return typeof value === "string" ? value : fallback;
  }
  #new(route: Route): Visit {
    this.#ids += 1;
    return { route, memory: newMemory(), id: this.#ids };
  }
}

/** The one router. */
export const router = new Router();
export type { Router };
