/** A few hundred bytes of ONNX written by hand, so that the search needs no model file. Protobuf wire format; onnx.proto field numbers. */
function varint(value: number): number[] {
  const out: number[] = [];
  let rest = value;
  while (rest > 127) {
    out.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
  return out;
}
function number(field: number, value: number): number[] {
  return [...varint(field * 8), ...varint(value)];
}
function bytes(field: number, value: readonly number[]): number[] {
  return [...varint(field * 8 + 2), ...varint(value.length), ...value];
}
function text(field: number, value: string): number[] {
  return bytes(field, [...new TextEncoder().encode(value)]);
}
const FLOAT = 1;
const INT32 = 6;
const INT64 = 7;

function attribute(name: string, value: number): number[] {
  return bytes(5, [...text(1, name), ...number(3, value), ...number(20, 2)]);
}
function attributes(name: string, values: readonly number[]): number[] {
  return bytes(5, [...text(1, name), ...values.flatMap((value) => number(8, value)), ...number(20, 7)]);
}
function node(type: string, inputs: readonly string[], outputs: readonly string[], attributes: readonly number[]): number[] {
  return bytes(1, [
    ...inputs.flatMap((name) => text(1, name)),
    ...outputs.flatMap((name) => text(2, name)),
    ...text(4, type),
    ...attributes,
  ]);
}
function tensorInfo(field: number, name: string, type: number, shape: readonly string[]): number[] {
  const dimensions = shape.flatMap((size) => bytes(1, size === "1" ? number(1, 1) : text(2, size)));
  return bytes(field, [...text(1, name), ...bytes(2, bytes(1, [...number(1, type), ...bytes(2, dimensions)]))]);
}
function model(graph: readonly number[]): Uint8Array {
  return Uint8Array.from([...number(1, 8), ...bytes(7, graph), ...bytes(8, number(2, 17))]);
}

/** `a` [m, d] x `b` [n, d] transposed, then the `k` [1] largest of each row: `values`, `indices`, both [m, k], largest first. */
export function gemmTopKModel(): Uint8Array {
  return model([
    ...node("Gemm", ["a", "b"], ["s"], attribute("transB", 1)),
    ...node("TopK", ["s", "k"], ["values", "indices"], []),
    ...text(2, "gemm-top-k"),
    ...tensorInfo(11, "a", FLOAT, ["m", "d"]),
    ...tensorInfo(11, "b", FLOAT, ["n", "d"]),
    ...tensorInfo(11, "k", INT64, ["1"]),
    ...tensorInfo(12, "values", FLOAT, ["m", "t"]),
    ...tensorInfo(12, "indices", INT64, ["m", "t"]),
  ]);
}

/** `a` [m, d] x `b` [n, d] transposed: `scores` [m, n]. */
export function gemmModel(): Uint8Array {
  return model([
    ...node("Gemm", ["a", "b"], ["scores"], attribute("transB", 1)),
    ...text(2, "gemm"),
    ...tensorInfo(11, "a", FLOAT, ["m", "d"]),
    ...tensorInfo(11, "b", FLOAT, ["n", "d"]),
    ...tensorInfo(12, "scores", FLOAT, ["m", "n"]),
  ]);
}

/**
 * The same, but only those scores are given that somebody looks for: of every `g` in a row all where the largest is at least `enough` of its
 * row, or `least` of that group of columns; `closed` raises the latter for rows that no column looks for. Giving all would cost as much
 * as multiplying. `shape` [3] is m, n / g, g. `where` [2, found]: row and group of each, ascending; `found` [found, g].
 */
export function gemmAboveModel(): Uint8Array {
  return model([
    ...node("Gemm", ["a", "b"], ["scores"], attribute("transB", 1)),
    ...node("Reshape", ["scores", "shape"], ["groups"], []),
    ...node("ReduceMax", ["groups"], ["tops"], [...attributes("axes", [2]), ...attribute("keepdims", 0)]),
    ...node("Max", ["least", "closed"], ["looked"], []),
    ...node("Min", ["looked", "enough"], ["bars"], []),
    ...node("GreaterOrEqual", ["tops", "bars"], ["is"], []),
    ...node("NonZero", ["is"], ["at"], []),
    ...node("Transpose", ["at"], ["pairs"], attributes("perm", [1, 0])),
    ...node("GatherND", ["groups", "pairs"], ["found"], []),
    ...node("Cast", ["at"], ["where"], attribute("to", INT32)),
    ...text(2, "gemm-above"),
    ...tensorInfo(11, "a", FLOAT, ["m", "d"]),
    ...tensorInfo(11, "b", FLOAT, ["n", "d"]),
    ...tensorInfo(11, "shape", INT64, ["three"]),
    ...tensorInfo(11, "enough", FLOAT, ["m", "1"]),
    ...tensorInfo(11, "closed", FLOAT, ["m", "1"]),
    ...tensorInfo(11, "least", FLOAT, ["1", "t"]),
    ...tensorInfo(12, "where", INT32, ["two", "f"]),
    ...tensorInfo(12, "found", FLOAT, ["f", "g"]),
  ]);
}
