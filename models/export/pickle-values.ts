import { refuse } from "./refuse.ts";

/** A name from outside that a pickle may mention. Nothing is ever called: only these shapes are understood. */
export interface Global {
  readonly kind: "global";
  readonly name: (typeof allowed)[number];
}
/** A block of numbers that lies beside the pickle, by key. */
export interface Storage {
  readonly kind: "storage";
  readonly type: "float" | "long";
  readonly key: string;
  /** Elements, not bytes. */
  readonly length: number;
}
/** A strided view of a storage. */
export interface View {
  readonly kind: "view";
  readonly storage: Storage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}
export type Value = null | boolean | number | string | bigint | Value[] | ValueMap | Global | Storage | View;
export type ValueMap = Map<Value, Value>;

/** Every name that a table of tensors needs. */
const allowed = ["torch._utils _rebuild_tensor_v2", "torch FloatStorage", "torch LongStorage", "collections OrderedDict"] as const;

/** Whether a value is a list or tuple. */
export function isList(value: unknown): value is Value[] {
  return Array.isArray(value);
}

/** The name a pickle asks for, if it is one of the four; `model-mismatch` otherwise. */
export function globalNamed(name: string): Global {
  const known = allowed.find((candidate) => candidate === name);
  return known
    ? { kind: "global", name: known }
    : refuse(`the pickle asks for "${name.replace(" ", ".")}", which no table of tensors needs`);
}

/** What "call this with that" stands for: an empty ordered dict or a tensor. Nothing is called. */
export function reduced(what: Value, given: Value): Value {
  const name = isGlobal(what) ? what.name : "";
  if (!isList(given)) return refuse("the pickle calls something without a list of arguments");
  if (name === "collections OrderedDict" && given.length === 0) return new Map();
  if (name === "torch._utils _rebuild_tensor_v2") {
    const [storage, offset, shape, strides] = given;
    if (isStorage(storage) && isCount(offset) && isCounts(shape) && isCounts(strides) && shape.length === strides.length)
      return { kind: "view", storage, offset, shape, strides };
  }
  return refuse("the pickle calls something that makes no tensor");
}

/** The storage that a persistent id names. */
export function storageOf(id: Value): Storage {
  if (!isList(id)) return refuse("the pickle names a storage that is none");
  const [word, type, key, , length] = id;
  const kind = isGlobal(type) ? type.name : "";
  if (word !== "storage" || typeof key !== "string" || !isCount(length) || (id[5] ?? null) !== null)
    return refuse("the pickle names a storage of an unknown form");
  if (kind !== "torch FloatStorage" && kind !== "torch LongStorage") return refuse("the pickle holds numbers of another kind");
  return { kind: "storage", type: kind === "torch FloatStorage" ? "float" : "long", key, length };
}

function isCount(value: Value | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
function isCounts(value: Value | undefined): value is number[] {
  return isList(value) && value.length <= 8 && value.every(isCount);
}
function hasKind(value: Value | undefined, kind: string): boolean {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === kind;
}
function isGlobal(value: Value | undefined): value is Global {
  return hasKind(value, "global");
}
function isStorage(value: Value | undefined): value is Storage {
  return hasKind(value, "storage");
}
/** Whether a value is a tensor's view. */
export function isView(value: Value | undefined): value is View {
  return hasKind(value, "view");
}
