import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { compileFunction } from "node:vm";
import type { PixelBox, Pixels } from "../../electron/engine/types.ts";

/**
 * The peer that Familiar is measured against: `@vladmandic/face-api`, its own detector (SSD MobileNet v1), points and recogniser, in the
 * state in which its package comes.
 */
export interface Peer {
  readonly name: string;
  /** TensorFlow.js backend that it runs on. */
  readonly backend: string;
  /** Why it does not run on WebAssembly, or null. */
  readonly why: string | null;
  /** Boxes in pixels of the picture, surest first, each with a descriptor. */
  see(picture: Pixels): Promise<readonly { readonly box: PixelBox; readonly descriptor: Float32Array }[]>;
}

/** What is used of the package's browser bundle. */
interface FaceApi {
  readonly tf: {
    env(): { set(flag: string, value: boolean): void };
    setWasmPaths(path: string): void;
    setBackend(name: string): Promise<boolean>;
    ready(): Promise<void>;
    getBackend(): string;
    tensor3d(data: Int32Array, shape: readonly number[], type: "int32"): { dispose(): void };
  };
  readonly nets: Readonly<
    Record<"ssdMobilenetv1" | "faceLandmark68Net" | "faceRecognitionNet", { loadFromUri(uri: string): Promise<void> }>
  >;
  readonly SsdMobilenetv1Options: new () => object;
  detectAllFaces(picture: object, options: object): { withFaceLandmarks(): { withFaceDescriptors(): Promise<readonly PeerFace[]> } };
}
interface PeerFace {
  readonly detection: {
    readonly score: number;
    readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  };
  readonly descriptor: Float32Array;
}

const find = createRequire(import.meta.url);
/** Addresses that only the stand-in for the network below knows. */
const address = "http://peer.invalid/";

/**
 * Loads the peer. Its bundle for browsers carries TensorFlow.js with the WebAssembly backend, all but the binary, which lies in
 * `@tensorflow/tfjs-backend-wasm` or in the folder `wasm`; its bundles for Node would need all of TensorFlow.js beside it. So the bundle
 * is given what it asks a browser for: files come from the package's folder and nothing from the network. One thread; vector instructions on.
 */
export async function openPeer(wasm: string | null = wasmFolder()): Promise<Peer> {
  const home = dirname(find.resolve("@vladmandic/face-api/package.json"));
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { version: string };
  const api = loadBundle(join(home, "dist/face-api.js"), (name) =>
    readFileSync(join(name.endsWith(".wasm") && wasm ? wasm : join(home, "model"), name)),
  );
  const { tf, nets } = api;
  // A worker of a browser would be needed; and one thread is what a second of processor time is.
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  let why = wasm
    ? null
    : "tfjs-backend-wasm.wasm is in no installed package: @vladmandic/face-api does not bring it, @tensorflow/tfjs-backend-wasm would";
  if (wasm) {
    tf.setWasmPaths(address);
    if (!(await tf.setBackend("wasm"))) why = `the WebAssembly backend did not start with the files in ${wasm}`;
  }
  if (why) await tf.setBackend("cpu");
  await tf.ready();
  for (const net of ["ssdMobilenetv1", "faceLandmark68Net", "faceRecognitionNet"] as const) await nets[net].loadFromUri(address);
  return {
    name: `@vladmandic/face-api ${version}`,
    backend: tf.getBackend(),
    why,
    async see({ data, width, height }) {
      const picture = tf.tensor3d(new Int32Array(data), [height, width, 3], "int32");
      try {
        const faces = await api.detectAllFaces(picture, new api.SsdMobilenetv1Options()).withFaceLandmarks().withFaceDescriptors();
        return faces
          .toSorted((a, b) => b.detection.score - a.detection.score)
          .map(({ detection: { box }, descriptor }) => ({ box: [box.x, box.y, box.width, box.height], descriptor }));
      } finally {
        picture.dispose();
      }
    },
  };
}

/** The folder of the backend's binaries, or null where the package is not installed. */
export function wasmFolder(): string | null {
  try {
    const folder = join(dirname(find.resolve("@tensorflow/tfjs-backend-wasm/package.json")), "dist");
    return existsSync(join(folder, "tfjs-backend-wasm-simd.wasm")) ? folder : null;
  } catch {
    return null;
  }
}

/** Runs the bundle with a page's names about it. Without `process` and `require` it does not take Node for the Node it was not built for. */
function loadBundle(path: string, read: (name: string) => Uint8Array<ArrayBuffer>): FaceApi {
  const fetchFile = (url: string): Promise<Response> => {
    const type = url.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return Promise.resolve(new Response(read(basename(url)), { headers: { "content-type": type } }));
  };
  class Nothing {}
  const page: Record<string, unknown> = {
    document: { createElement: () => ({ getContext: () => null, addEventListener: () => undefined }), currentScript: null },
    navigator: { userAgent: "", hardwareConcurrency: 1 },
    location: { href: address, protocol: "http:", search: "" },
    fetch: fetchFile,
    process: undefined,
    require: undefined,
    module: undefined,
    exports: undefined,
    HTMLImageElement: Nothing,
    HTMLCanvasElement: Nothing,
    HTMLVideoElement: Nothing,
    CanvasRenderingContext2D: Nothing,
    ImageData: Nothing,
    Image: Nothing,
  };
  const self = { ...page, WebAssembly, addEventListener: () => undefined };
  const names = { ...page, window: self, self };
  const run = compileFunction(`${readFileSync(path, "utf8")}\n;return faceapi;`, Object.keys(names));
  return run(...Object.values(names)) as FaceApi;
}
