import { refuse } from "./refuse.ts";

/** Float32 numbers with a shape, row-major. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Trained numbers of a network by name. */
export type Weights = ReadonlyMap<string, Tensor>;

/** Number of elements of a shape. */
export function elements(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** The weight of that name, which must have that shape; `model-mismatch` otherwise. */
export function take(weights: Weights, name: string, shape: readonly number[]): Tensor {
  const found = weights.get(name);
  if (!found) return refuse(`there is no tensor "${name}"`);
  if (found.shape.length !== shape.length || found.shape.some((side, axis) => side !== shape[axis]))
    return refuse(`tensor "${name}" is ${found.shape.join("x")}, not ${shape.join("x")}`);
  return found;
}

/** The same numbers under another shape of as many elements. */
export function reshape(tensor: Tensor, shape: readonly number[]): Tensor {
  if (elements(shape) !== tensor.data.length) return refuse(`${tensor.shape.join("x")} cannot become ${shape.join("x")}`);
  return { shape, data: tensor.data };
}

/** Axes reordered: axis `i` of the result is axis `order[i]` of the tensor. */
export function transpose(tensor: Tensor, order: readonly number[]): Tensor {
  const strides = contiguous(tensor.shape);
  const shape = order.map((axis) => tensor.shape[axis] ?? 1);
  return {
    shape,
    data: gather(
      tensor.data,
      0,
      shape,
      order.map((axis) => strides[axis] ?? 0),
    ),
  };
}

/** Elements between neighbours along each axis of a row-major shape. */
export function contiguous(shape: readonly number[]): number[] {
  return shape.map((_, axis) => elements(shape.slice(axis + 1)));
}

/** Copies a strided view of `data` into row-major order. The caller has checked that the view lies inside. */
export function gather(data: Float32Array, offset: number, shape: readonly number[], strides: readonly number[]): Float32Array {
  const result = new Float32Array(elements(shape));
  const position = new Array<number>(shape.length).fill(0);
  let from = offset;
  for (let to = 0; to < result.length; to++) {
    result[to] = data[from] ?? 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (position[axis] ?? 0) + 1;
      from += strides[axis] ?? 0;
      if (next < (shape[axis] ?? 0)) {
        position[axis] = next;
        break;
      }
      from -= next * (strides[axis] ?? 0);
      position[axis] = 0;
    }
  }
  return result;
}

/** Every number multiplied by `factor`, rounded once to float32. */
export function scaled(tensor: Tensor, factor: number): Tensor {
  return { shape: tensor.shape, data: tensor.data.map((value) => value * factor) };
}
