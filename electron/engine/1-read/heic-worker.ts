import { createRequire } from "node:module";
import { parentPort } from "node:worker_threads";

/** Decodes HEIC on a thread of its own: libheif (WebAssembly) takes about a second for 12 megapixels and keeps its memory. */
interface HeifImage {
  get_width(): number;
  get_height(): number;
  display(
    into: { data: Uint8ClampedArray; width: number; height: number },
    done: (result: { data: Uint8ClampedArray } | null) => void,
  ): void;
}
interface Heif {
  HeifDecoder: new () => { decode(file: Uint8Array): HeifImage[] };
}
const heif = createRequire(import.meta.url)("libheif-js/wasm-bundle") as Heif;

async function work(file: Uint8Array): Promise<{ data: Uint8Array; width: number; height: number }> {
  const image = new heif.HeifDecoder().decode(file)[0];
  if (!image) throw new Error("no picture inside");
  const width = image.get_width();
  const height = image.get_height();
  const data = new Uint8ClampedArray(width * height * 4);
  const shown = await new Promise<{ data: Uint8ClampedArray } | null>((resolve) => image.display({ data, width, height }, resolve));
  if (!shown) throw new Error("the picture could not be shown");
  return { data: new Uint8Array(shown.data.buffer), width, height };
}

parentPort?.on("message", ({ id, file }: { id: number; file: Uint8Array }) => {
  work(file).then(
    (ok) => parentPort?.postMessage({ id, ok }, [ok.data.buffer as ArrayBuffer]),
    (thrown: unknown) => parentPort?.postMessage({ id, error: String(thrown) }),
  );
});
