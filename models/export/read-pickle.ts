import { globalNamed, isList, reduced, storageOf, type Value } from "./pickle-values.ts";
import { refuse } from "./refuse.ts";

const MARK = Symbol("mark");

/**
 * Reads one pickle (protocol 2, as PyTorch writes state dicts) starting at `start`: plain values, ordered dicts, and tensors as
 * views of storages. [Note: Restricted pickle] A pickle is a program that may call anything; this reader calls nothing. It knows
 * the operations a state dict is made of and four names, and refuses every other operation and every other name.
 * Returns the value and where the pickle ended. Reads past the end throw RangeError (see `readCarefully`).
 */
export function readPickle(bytes: Uint8Array, start = 0): { readonly value: Value; readonly end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const memo = new Map<number, Value>();
  const stack: (Value | typeof MARK)[] = [];
  let at = start;

  const byte = (): number => view.getUint8(at++);
  const four = (): number => view.getUint32((at += 4) - 4, true);
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new RangeError("value leaves the file");
    return bytes.subarray(at, (at += length));
  };
  const words = (length: number): string => new TextDecoder().decode(take(length));
  const line = (): string => {
    const end = bytes.indexOf(10, at);
    if (end < 0) throw new RangeError("line leaves the file");
    const result = words(end - at);
    at++;
    return result;
  };
  const pop = (): Value => {
    const top = stack.pop();
    return top === undefined || top === MARK ? refuse("the pickle takes what it never put") : top;
  };
  const top = (): Value => {
    const last = stack.at(-1);
    return last === undefined || last === MARK ? refuse("the pickle looks at what it never put") : last;
  };
  const sinceMark = (): Value[] => {
    const items: Value[] = [];
    for (;;) {
      const item = stack.pop();
      if (item === undefined) return refuse("the pickle closes what it never opened");
      if (item === MARK) return items.reverse();
      items.push(item);
    }
  };
  const last = (count: number): Value[] => Array.from({ length: count }, pop).reverse();
  const setItems = (items: readonly Value[]): void => {
    const target = top();
    if (!(target instanceof Map)) return refuse("the pickle puts entries into something that is no dict");
    for (let index = 0; index + 1 < items.length; index += 2) target.set(items[index] ?? null, items[index + 1] ?? null);
  };
  const append = (items: readonly Value[]): void => {
    const target = top();
    if (!isList(target)) return refuse("the pickle appends to something that is no list");
    for (const item of items) target.push(item);
  };

  for (;;) {
    const operation = byte();
    switch (operation) {
      case 0x80: // PROTO
        if (byte() !== 2) return refuse("the pickle is not of protocol 2");
        break;
      case 0x2e: // STOP
        return { value: pop(), end: at };
      case 0x28: // MARK
        stack.push(MARK);
        break;
      case 0x4e: // NONE
        stack.push(null);
        break;
      case 0x88: // NEWTRUE
        stack.push(true);
        break;
      case 0x89: // NEWFALSE
        stack.push(false);
        break;
      case 0x4b: // BININT1
        stack.push(byte());
        break;
      case 0x4d: // BININT2
        stack.push(view.getUint16((at += 2) - 2, true));
        break;
      case 0x4a: // BININT
        stack.push(view.getInt32((at += 4) - 4, true));
        break;
      case 0x8a: // LONG1
        stack.push(long(take(byte())));
        break;
      case 0x47: // BINFLOAT
        stack.push(view.getFloat64((at += 8) - 8, false));
        break;
      case 0x58: // BINUNICODE
        stack.push(words(four()));
        break;
      case 0x7d: // EMPTY_DICT
        stack.push(new Map());
        break;
      case 0x5d: // EMPTY_LIST
      case 0x29: // EMPTY_TUPLE
        stack.push([]);
        break;
      case 0x74: // TUPLE
        stack.push(sinceMark());
        break;
      case 0x85: // TUPLE1..3
      case 0x86:
      case 0x87:
        stack.push(last(operation - 0x84));
        break;
      case 0x61: // APPEND
        append(last(1));
        break;
      case 0x65: // APPENDS
        append(sinceMark());
        break;
      case 0x73: // SETITEM
        setItems(last(2));
        break;
      case 0x75: // SETITEMS
        setItems(sinceMark());
        break;
      case 0x71: // BINPUT
        memo.set(byte(), top());
        break;
      case 0x72: // LONG_BINPUT
        memo.set(four(), top());
        break;
      case 0x68: // BINGET
        stack.push(recalled(memo, byte()));
        break;
      case 0x6a: // LONG_BINGET
        stack.push(recalled(memo, four()));
        break;
      case 0x63: // GLOBAL
        stack.push(globalNamed(`${line()} ${line()}`));
        break;
      case 0x51: // BINPERSID
        stack.push(storageOf(pop()));
        break;
      case 0x52: {
        // REDUCE: "call this with that"; only the two shapes of a state dict are understood, and nothing is called
        const [what, given] = last(2);
        stack.push(reduced(what ?? null, given ?? null));
        break;
      }
      case 0x62: // BUILD: a state dict's version notes, of no use here
        pop();
        if (!(top() instanceof Map)) return refuse("the pickle changes an object that is no dict");
        break;
      default:
        return refuse(`the pickle holds operation 0x${operation.toString(16)}, which no table of tensors needs`);
    }
  }
}

function recalled(memo: ReadonlyMap<number, Value>, slot: number): Value {
  const value = memo.get(slot);
  return value === undefined ? refuse("the pickle recalls what it never kept") : value;
}

/** A little-endian two's complement whole number of any length. */
function long(digits: Uint8Array): number | bigint {
  let value = 0n;
  for (const digit of digits.toReversed()) value = (value << 8n) | BigInt(digit);
  if ((digits.at(-1) ?? 0) > 127) value -= 1n << BigInt(8 * digits.length);
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
