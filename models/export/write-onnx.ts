import type { Tensor } from "./tensor.ts";
import { bytes, joined, message, text, whole, type Message } from "./write-protobuf.ts";

/** A side of an input or output: fixed, or free under a name. */
export type Side = number | string;
export interface NamedShape {
  readonly name: string;
  readonly shape: readonly Side[];
}
export interface Operation {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  /** Whole-number attributes, or lists of them; nothing written here needs another kind. */
  readonly attributes: Readonly<Record<string, number | readonly number[]>>;
}
/** A network as ONNX sees it: operations in running order over named float32 tensors. */
export interface Graph {
  readonly name: string;
  readonly inputs: readonly NamedShape[];
  readonly outputs: readonly NamedShape[];
  readonly operations: readonly Operation[];
  readonly constants: ReadonlyMap<string, Tensor>;
}

/** Operator set and file version written: old enough for every runtime in use, new enough for all operators here. */
const OPSET = 13;
const IR_VERSION = 8;
const FLOAT = 1;

/** The graph as the bytes of an `.onnx` file (onnx.proto3: ModelProto). The same graph always gives the same bytes. */
export function writeOnnx(graph: Graph): Uint8Array {
  const body = [
    ...graph.operations.flatMap((operation) => message(1, node(operation))),
    ...text(2, graph.name),
    ...[...graph.constants].flatMap(([name, tensor]) => message(5, constant(name, tensor))),
    ...graph.inputs.flatMap((input) => message(11, value(input))),
    ...graph.outputs.flatMap((output) => message(12, value(output))),
  ];
  return joined([whole(1, IR_VERSION), ...text(2, "familiar"), ...message(7, body), ...message(8, [...text(1, ""), whole(2, OPSET)])]);
}

function node(operation: Operation): Message {
  return [
    ...operation.inputs.flatMap((input) => text(1, input)),
    ...text(2, operation.output),
    ...text(3, operation.output),
    ...text(4, operation.type),
    ...Object.entries(operation.attributes).flatMap(([name, setting]) => message(5, attribute(name, setting))),
  ];
}

function attribute(name: string, setting: number | readonly number[]): Message {
  if (typeof setting === "number") return [...text(1, name), whole(3, setting), whole(20, 2)];
  return [...text(1, name), ...setting.map((item) => whole(8, item)), whole(20, 7)];
}

function constant(name: string, tensor: Tensor): Message {
  const raw = new Uint8Array(tensor.data.length * 4);
  const view = new DataView(raw.buffer);
  tensor.data.forEach((number, index) => view.setFloat32(4 * index, number, true));
  return [...tensor.shape.map((side) => whole(1, side)), whole(2, FLOAT), ...text(8, name), ...bytes(9, raw)];
}

function value(named: NamedShape): Message {
  const sides = named.shape.flatMap((side) => message(1, typeof side === "number" ? [whole(1, side)] : text(2, side)));
  return [...text(1, named.name), ...message(2, message(1, [whole(1, FLOAT), ...message(2, sides)]))];
}
