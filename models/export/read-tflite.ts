import { readCarefully, refuse } from "./refuse.ts";
import { elements, type Tensor, type Weights } from "./tensor.ts";

/**
 * Constant float32 tensors of a TensorFlow Lite model, by name, in the file's own layout (kernels OHWI).
 * Follows the flatbuffer schema, version 3 (tensorflow/lite/schema). Computed tensors carry no numbers and are left out.
 * Throws `model-mismatch` for anything else, cut short, or pointing outside itself.
 */
export function readTflite(bytes: Uint8Array): Weights {
  return readCarefully("the TensorFlow Lite file", () => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < 8 || latin(bytes, 4, 4) !== "TFL3") return refuse("this is not a TensorFlow Lite file");
    const model = view.getUint32(0, true);
    const version = field(view, model, MODEL.version);
    if (!version || view.getUint32(version, true) !== 3) return refuse("this TensorFlow Lite file is not of schema 3");
    const subgraphs = tables(view, field(view, model, MODEL.subgraphs));
    const buffers = tables(view, field(view, model, MODEL.buffers));
    const graph = subgraphs[0];
    if (graph === undefined || subgraphs.length !== 1) return refuse(`the TensorFlow Lite file holds ${subgraphs.length} graphs, not one`);
    const weights = new Map<string, Tensor>();
    let copied = 0;
    for (const table of tables(view, field(view, graph, SUBGRAPH.tensors))) {
      const type = field(view, table, TENSOR.type);
      const buffer = field(view, table, TENSOR.buffer);
      const name = text(bytes, view, field(view, table, TENSOR.name));
      if (type && view.getUint8(type) !== 0) continue; // 0 is float32; the others are axes and sizes of operators
      const holder = buffers[buffer ? view.getUint32(buffer, true) : 0];
      if (holder === undefined) return refuse(`tensor "${name}" names a buffer that is not there`);
      const data = span(view, field(view, holder, BUFFER.data), 1);
      if (data.length === 0) continue;
      const sides = span(view, field(view, table, TENSOR.shape), 4);
      const shape = Array.from({ length: sides.length }, (_, axis) => view.getInt32(sides.start + 4 * axis, true));
      if (shape.some((side) => side < 1) || elements(shape) * 4 !== data.length)
        return refuse(`tensor "${name}" has ${data.length} bytes for ${shape.join("x")}`);
      // Tensors of a sound file do not share numbers; forged ones could ask for any amount of memory that way.
      copied += data.length;
      if (copied > bytes.length) return refuse("the tensors are larger than the file");
      weights.set(name, { shape, data: floats(bytes, data.start, data.length) });
    }
    return weights;
  });
}

/** Field numbers of the schema's tables that are read here. */
const MODEL = { version: 0, subgraphs: 2, buffers: 4 } as const;
const SUBGRAPH = { tensors: 0 } as const;
const TENSOR = { shape: 0, type: 1, buffer: 2, name: 3 } as const;
const BUFFER = { data: 0 } as const;

/** Where a table's field lies, or 0 where it is left at its default. */
function field(view: DataView, table: number, number: number): number {
  const vtable = table - view.getInt32(table, true);
  const entry = 4 + 2 * number;
  if (entry + 2 > view.getUint16(vtable, true)) return 0;
  const offset = view.getUint16(vtable + entry, true);
  return offset === 0 ? 0 : table + offset;
}

/** Start and number of items of a vector, checked to lie inside the file. */
function span(view: DataView, at: number, itemSize: number): { readonly start: number; readonly length: number } {
  if (at === 0) return { start: 0, length: 0 };
  const vector = at + view.getUint32(at, true);
  const length = view.getUint32(vector, true);
  if (vector + 4 + length * itemSize > view.byteLength) throw new RangeError("vector leaves the file");
  return { start: vector + 4, length };
}

function tables(view: DataView, at: number): number[] {
  const { start, length } = span(view, at, 4);
  return Array.from({ length }, (_, index) => {
    const slot = start + 4 * index;
    return slot + view.getUint32(slot, true);
  });
}

function text(bytes: Uint8Array, view: DataView, at: number): string {
  const { start, length } = span(view, at, 1);
  return new TextDecoder().decode(bytes.subarray(start, start + length));
}

function latin(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}

/** Little-endian float32 numbers, copied because the file need not align them. */
export function floats(bytes: Uint8Array, start: number, byteLength: number): Float32Array {
  if (start < 0 || start + byteLength > bytes.length) throw new RangeError("numbers leave the file");
  const result = new Float32Array(byteLength / 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, byteLength);
  for (let index = 0; index < result.length; index++) result[index] = view.getFloat32(4 * index, true);
  return result;
}
