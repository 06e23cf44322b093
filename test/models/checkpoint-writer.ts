import { joined } from "../../models/export/write-protobuf.ts";

/** A float32 tensor to be written as PyTorch's old format writes it. */
export interface Written {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const op = (...codes: number[]): Uint8Array => Uint8Array.from(codes);
const global = (module: string, name: string): Uint8Array => ascii(`c${module}\n${name}\n`);
const long = (value: number): number[] => [value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >> 24) & 255];
const int = (value: number): Uint8Array => op(0x4a, ...long(value));
const text = (value: string): Uint8Array[] => [op(0x58, ...long(ascii(value).length)), ascii(value)];
const tuple = (values: readonly number[]): Uint8Array[] => [op(0x28), ...values.map(int), op(0x74)];
const emptyDict = [global("collections", "OrderedDict"), op(0x29, 0x52)];

/** Head of the old format: magic, version, machine. */
export const head: readonly Uint8Array[] = [
  op(0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e),
  op(0x80, 2, 0x4d, 0xe9, 0x03, 0x2e),
  op(0x80, 2, 0x7d, 0x28),
  ...text("little_endian"),
  op(0x88, 0x75, 0x2e),
];

/** A state dict as a PyTorch checkpoint in the old pickle-stream format. `strides` may be forged to test the reader. */
export function writeCheckpoint(tensors: readonly Written[], forge: { readonly strides?: readonly number[] } = {}): Uint8Array {
  const entries = tensors.flatMap(({ name, shape, data }, index) => [
    ...text(name),
    global("torch._utils", "_rebuild_tensor_v2"),
    op(0x28, 0x28),
    ...text("storage"),
    global("torch", "FloatStorage"),
    ...text(String(index)),
    ...text("cpu"),
    int(data.length),
    op(0x4e, 0x74, 0x51),
    int(0),
    ...tuple(shape),
    ...tuple(forge.strides ?? shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1))),
    op(0x89),
    ...emptyDict,
    op(0x74, 0x52),
  ]);
  const state = [op(0x80, 2), ...emptyDict, op(0x28), ...entries, op(0x75, 0x2e)];
  const keys = [op(0x80, 2, 0x5d, 0x28), ...tensors.flatMap((_, index) => text(String(index))), op(0x65, 0x2e)];
  const storages = tensors.flatMap(({ data }) => [
    op(...long(data.length), 0, 0, 0, 0),
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  ]);
  return joined([...head, ...state, ...keys, ...storages]);
}

/** The hostile classic: a pickle that asks for `os.system` to be called with a command. */
export function writeHostile(): Uint8Array {
  return joined([...head, op(0x80, 2), global("os", "system"), ...text("echo owned"), op(0x85, 0x52, 0x2e)]);
}
