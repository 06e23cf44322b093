import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";

/** Decodes HEIC on a thread of its own: libheif (WebAssembly) takes about a second for 12 megapixels and keeps its memory. */
interface HeifImage {
  get_width(): number;
  get_height(): number;
  is_primary(): boolean;
  free(): void;
  display(
    into: { data: Uint8ClampedArray; width: number; height: number },
    done: (result: { data: Uint8ClampedArray } | null) => void,
  ): void;
}
interface HeifDecoder {
  /** The context that the images live in. */
  decoder: unknown;
  decode(file: Uint8Array): HeifImage[];
}
interface Heif {
  HeifDecoder: new () => HeifDecoder;
  heif_context_free(context: unknown): void;
}
const heif = createRequire(import.meta.url)("libheif-js/wasm-bundle") as Heif;
const { largestPixels } = workerData as { readonly largestPixels: number };

async function work(file: Uint8Array): Promise<{ data: Uint8Array; width: number; height: number }> {
  const decoder = new heif.HeifDecoder();
  let images: HeifImage[] = [];
  try {
    images = decoder.decode(file);
    const image = images.find((one) => one.is_primary()) ?? images[0];
    if (!image) throw new Error("no picture inside");
    const width = image.get_width();
    const height = image.get_height();
    if (width * height > largestPixels) throw new Error("exceeds pixel limit");
    const data = new Uint8ClampedArray(width * height * 4);
    const shown = await new Promise<{ data: Uint8ClampedArray } | null>((resolve) => image.display({ data, width, height }, resolve));
    if (!shown) throw new Error("the picture could not be shown");
    return { data: new Uint8Array(shown.data.buffer), width, height };
  } finally {
    // WebAssembly memory knows no collector.
    for (const image of images) image.free();
    if (decoder.decoder) heif.heif_context_free(decoder.decoder);
  }
}

// One after the other: two pictures in its memory at once are slower and twice as large.
let last: Promise<void> = Promise.resolve();
parentPort?.on("message", ({ id, file }: { id: number; file: Uint8Array }) => {
  last = last.then(async () => {
    try {
      const ok = await work(file);
      parentPort?.postMessage({ id, ok }, [ok.data.buffer as ArrayBuffer]);
    } catch (thrown) {
      parentPort?.postMessage({ id, error: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  });
});
