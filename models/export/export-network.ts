import type { PreluSpelling } from "./draw-graph.ts";
import { inceptionResnet } from "./networks/inception-resnet.ts";
import { mobilefacenet } from "./networks/mobilefacenet.ts";
import { onet, pnet, rnet } from "./networks/mtcnn.ts";
import { readCheckpoint } from "./read-checkpoint.ts";
import { readTflite } from "./read-tflite.ts";
import { refuse } from "./refuse.ts";
import type { Weights } from "./tensor.ts";
import { inceptionResnetFromCheckpoint } from "./weights/inception-resnet.ts";
import { mobilefacenetFromTflite } from "./weights/mobilefacenet.ts";
import { mtcnnFromCheckpoint, mtcnnFromTflite } from "./weights/mtcnn.ts";
import { writeOnnx, type Graph } from "./write-onnx.ts";

/** A network that can be made. */
export type NetworkName = "pnet" | "rnet" | "onet" | "mobilefacenet" | "facenet";

/**
 * Weights in (TensorFlow Lite, or a PyTorch checkpoint of either format), `.onnx` out. The same bytes in give the same bytes out.
 * Throws `model-mismatch` where the file is neither, is damaged, or holds another network.
 */
export function exportNetwork(network: NetworkName, file: Uint8Array, spelling: PreluSpelling = "fast"): Uint8Array {
  const isTflite = file.length > 8 && String.fromCharCode(...file.subarray(4, 8)) === "TFL3";
  const tensors = isTflite ? readTflite(file) : readCheckpoint(file);
  return writeOnnx(drawn(network, tensors, isTflite, spelling));
}

function drawn(network: NetworkName, tensors: Weights, isTflite: boolean, spelling: PreluSpelling): Graph {
  const mtcnn = isTflite ? mtcnnFromTflite : mtcnnFromCheckpoint;
  switch (network) {
    case "pnet":
      return pnet(mtcnn("pnet", tensors), spelling);
    case "rnet":
      return rnet(mtcnn("rnet", tensors), spelling);
    case "onet":
      return onet(mtcnn("onet", tensors), spelling);
    case "mobilefacenet":
      return isTflite ? mobilefacenet(mobilefacenetFromTflite(tensors), spelling) : refuse("MobileFaceNet comes as TensorFlow Lite");
    case "facenet":
      return isTflite ? refuse("FaceNet comes as a PyTorch checkpoint") : inceptionResnet(inceptionResnetFromCheckpoint(tensors));
  }
}
