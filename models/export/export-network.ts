import type { PreluSpelling } from "./draw-graph.ts";
import { mobilefacenet } from "./networks/mobilefacenet.ts";
import { onet, pnet, rnet } from "./networks/mtcnn.ts";
import { readTflite } from "./read-tflite.ts";
import { mobilefacenetFromTflite } from "./weights/mobilefacenet.ts";
import { mtcnnFromTflite } from "./weights/mtcnn.ts";
import { writeOnnx } from "./write-onnx.ts";

/** Networks that can be made, by the kind of file their weights come in. */
export type NetworkName = "pnet" | "rnet" | "onet" | "mobilefacenet";

/** Weights in, `.onnx` out. The same bytes in give the same bytes out. Throws `model-mismatch` for any other file. */
export function exportNetwork(network: NetworkName, weights: Uint8Array, spelling: PreluSpelling = "fast"): Uint8Array {
  const tensors = readTflite(weights);
  switch (network) {
    case "pnet":
      return writeOnnx(pnet(mtcnnFromTflite("pnet", tensors), spelling));
    case "rnet":
      return writeOnnx(rnet(mtcnnFromTflite("rnet", tensors), spelling));
    case "onet":
      return writeOnnx(onet(mtcnnFromTflite("onet", tensors), spelling));
    case "mobilefacenet":
      return writeOnnx(mobilefacenet(mobilefacenetFromTflite(tensors), spelling));
  }
}
