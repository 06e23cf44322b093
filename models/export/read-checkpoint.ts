import { isList, isView, type Storage, type Value, type View } from "./pickle-values.ts";
import { readPickle } from "./read-pickle.ts";
import { floats } from "./read-tflite.ts";
import { readZip } from "./read-zip.ts";
import { readCarefully, refuse } from "./refuse.ts";
import { contiguous, elements, gather, type Tensor, type Weights } from "./tensor.ts";

/** First value of the old format, and its version (torch/serialization.py). */
const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;
const LONG_BYTES = 8;
const FLOAT_BYTES = 4;

/**
 * The float32 tensors of a PyTorch state dict by name, row-major. Reads the old pickle-stream format and the zip format.
 * Whole-number tensors (batch counters) are left out. Nothing in the file is ever run: see [Note: Restricted pickle].
 * Throws `model-mismatch` for every other file, cut short, or holding anything but tensors.
 */
export function readCheckpoint(bytes: Uint8Array): Weights {
  return readCarefully("the PyTorch checkpoint", () => (bytes[0] === 0x50 && bytes[1] === 0x4b ? fromZip(bytes) : fromStream(bytes)));
}

/** Pickles one after another (magic, version, machine, state dict, order of storages), then the storages themselves. */
function fromStream(bytes: Uint8Array): Weights {
  if (bytes[0] !== 0x80) return refuse("this is not a PyTorch checkpoint");
  const magic = readPickle(bytes);
  if (magic.value !== MAGIC) return refuse("this is not a PyTorch checkpoint");
  const version = readPickle(bytes, magic.end);
  if (version.value !== PROTOCOL) return refuse("this PyTorch checkpoint is of an unknown version");
  const machine = readPickle(bytes, version.end);
  if (!(machine.value instanceof Map) || machine.value.get("little_endian") !== true)
    return refuse("this PyTorch checkpoint was not written by a little-endian computer");
  const state = readPickle(bytes, machine.end);
  const order = readPickle(bytes, state.end);
  const views = viewsOf(state.value);
  const storages = new Map<string, Storage>();
  for (const { storage } of views.values()) storages.set(storage.key, storage);

  const numbers = new Map<string, Float32Array>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = order.end;
  for (const key of isList(order.value) ? order.value : refuse("the order of the storages is missing")) {
    const storage = typeof key === "string" ? storages.get(key) : undefined;
    if (!storage) return refuse("the checkpoint holds a storage that no tensor uses");
    if (view.getBigInt64(at, true) !== BigInt(storage.length)) return refuse("a storage is of another length than its tensors say");
    const byteLength = storage.length * (storage.type === "float" ? FLOAT_BYTES : LONG_BYTES);
    if (at + 8 + byteLength > bytes.length) throw new RangeError("storage leaves the file");
    if (storage.type === "float") numbers.set(storage.key, floats(bytes, at + 8, byteLength));
    at += 8 + byteLength;
  }
  return tensorsOf(views, numbers);
}

/** An archive with the state dict in `<name>/data.pkl` and each storage in `<name>/data/<key>`. */
function fromZip(bytes: Uint8Array): Weights {
  const files = readZip(bytes);
  const path = [...files.keys()].find((name) => /^[^/]+\/data\.pkl$/.test(name)) ?? refuse("the zip archive is not a PyTorch checkpoint");
  const folder = path.slice(0, -"data.pkl".length);
  const order = files.get(`${folder}byteorder`);
  if (order && new TextDecoder().decode(order) !== "little")
    return refuse("this PyTorch checkpoint was not written by a little-endian computer");
  const views = viewsOf(readPickle(files.get(path) ?? new Uint8Array()).value);
  const numbers = new Map<string, Float32Array>();
  for (const { storage } of views.values()) {
    if (storage.type !== "float" || numbers.has(storage.key)) continue;
    const content = files.get(`${folder}data/${storage.key}`) ?? refuse(`storage ${storage.key} is missing`);
    if (content.length !== storage.length * FLOAT_BYTES) return refuse("a storage is of another length than its tensors say");
    numbers.set(storage.key, floats(content, 0, content.length));
  }
  return tensorsOf(views, numbers);
}

function viewsOf(state: Value): ReadonlyMap<string, View> {
  if (!(state instanceof Map)) return refuse("the checkpoint is no table of tensors");
  const views = new Map<string, View>();
  for (const [name, value] of state) {
    if (typeof name !== "string" || !isView(value)) return refuse(`the checkpoint holds something that is no tensor: ${String(name)}`);
    views.set(name, value);
  }
  return views;
}

function tensorsOf(views: ReadonlyMap<string, View>, numbers: ReadonlyMap<string, Float32Array>): Weights {
  const tensors = new Map<string, Tensor>();
  let room = [...numbers.values()].reduce((sum, data) => sum + data.length, 0);
  for (const [name, view] of views) {
    if (view.storage.type !== "float") continue;
    const data = numbers.get(view.storage.key) ?? refuse(`the numbers of "${name}" are missing`);
    // Tensors of these networks never share numbers; forged ones could ask for any amount of memory that way.
    room -= elements(view.shape);
    if (room < 0) return refuse("the tensors are larger than their numbers");
    tensors.set(name, tensorOf(name, view, data));
  }
  return tensors;
}

function tensorOf(name: string, { offset, shape, strides }: View, data: Float32Array): Tensor {
  const count = elements(shape);
  const furthest = offset + shape.reduce((sum, side, axis) => sum + Math.max(0, side - 1) * (strides[axis] ?? 0), 0);
  // A view may not be larger than its storage either: a stride of zero could otherwise ask for any amount of memory.
  if (count > data.length || (count > 0 && furthest >= data.length)) return refuse(`tensor "${name}" reaches outside its numbers`);
  const dense = contiguous(shape).every((step, axis) => step === strides[axis] || shape[axis] === 1);
  return { shape, data: dense ? data.subarray(offset, offset + count) : gather(data, offset, shape, strides) };
}
