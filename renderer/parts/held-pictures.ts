interface Held {
  readonly image: HTMLImageElement;
  /** It came and is decoded. */
  ready: boolean;
  readonly comes: Promise<boolean>;
}

/**
 * Pictures fetched and decoded before they are shown. They are held, because a browser lets go of what nothing points to, and of an address of
 * the app's own scheme it keeps nothing elsewhere.
 */
export class HeldPictures {
  readonly #most: number;
  readonly #held = new Map<string, Held>();

  /** `most`: beyond so many the one wished for longest ago is let go. */
  constructor(most: number) {
    this.#most = most;
  }
  /** Has a picture ready for when it is shown; answers whether it came. */
  async hold(address: string): Promise<boolean> {
    if (typeof Image === "undefined") return false;
    const held = this.#held.get(address) ?? this.#fetched(address);
    this.#held.delete(address);
    this.#held.set(address, held);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= this.#most) break;
      this.#held.delete(oldest);
    }
    return held.comes;
  }
  /** Whether it can be shown without waiting. */
  isReady(address: string): boolean {
    return this.#held.get(address)?.ready === true;
  }

  #fetched(address: string): Held {
    const image = new Image();
    image.decoding = "async";
    image.src = address;
    const held: Held = {
      image,
      ready: false,
      comes: image.decode().then(
        () => (held.ready = true),
        () => {
          // One that does not come now is asked for again by whoever shows it.
          this.#held.delete(address);
          return false;
        },
      ),
    };
    return held;
  }
}
