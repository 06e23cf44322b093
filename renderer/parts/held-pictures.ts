/**
 * Pictures fetched and decoded before they are shown. They are held, because a browser lets go of what nothing points to, and of an address of
 * the app's own scheme it keeps nothing elsewhere.
 */
export class HeldPictures {
  readonly #most: number;
  readonly #held = new Map<string, HTMLImageElement>();

  /** `most`: beyond so many the one wished for longest ago is let go. */
  constructor(most: number) {
    this.#most = most;
  }
  /** Has a picture ready for when it is shown. */
  hold(address: string): void {
    if (typeof Image === "undefined") return;
    const image = this.#held.get(address) ?? this.#fetched(address);
    this.#held.delete(address);
    this.#held.set(address, image);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= this.#most) break;
      this.#held.delete(oldest);
    }
  }

  #fetched(address: string): HTMLImageElement {
    const image = new Image();
    image.decoding = "async";
    image.src = address;
    // One that does not come now is asked for again by whoever shows it.
    image.decode().catch(() => this.#held.delete(address));
    return image;
  }
}
