/**
 * A protobuf message as its encoded fields, in order (protobuf.dev, "Encoding").
 * Messages are plain lists of bytes, so a nested message is the `bytes` of a field.
 */
export type Message = readonly Uint8Array[];

/** Whole number field (wire type 0). Negative numbers do not occur in what is written here. */
export function whole(field: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(field * 8), ...varint(value)]);
}

/** Text field (wire type 2, UTF-8). */
export function text(field: number, value: string): Message {
  return bytes(field, new TextEncoder().encode(value));
}

/** Length-delimited field (wire type 2). */
export function bytes(field: number, value: Uint8Array): Message {
  return [Uint8Array.from([...varint(field * 8 + 2), ...varint(value.length)]), value];
}

/** Nested message (wire type 2). */
export function message(field: number, parts: Message): Message {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return [Uint8Array.from([...varint(field * 8 + 2), ...varint(length)]), ...parts];
}

/** All parts in one array. */
export function joined(parts: Message): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

function varint(value: number): number[] {
  const result: number[] = [];
  let rest = value;
  while (rest >= 128) {
    result.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  result.push(rest);
  return result;
}
