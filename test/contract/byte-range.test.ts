import { describe, expect, it } from "vitest";
import { byteRange } from "../../electron/contract/byte-range.ts";

describe("a part of an answer", () => {
  it.each([
    ["bytes=0-0", { first: 0, last: 0 }],
    ["bytes=5-9", { first: 5, last: 9 }],
    ["bytes=90-", { first: 90, last: 99 }],
    ["bytes=90-1000", { first: 90, last: 99 }],
    ["bytes=-10", { first: 90, last: 99 }],
    ["bytes=-1000", { first: 0, last: 99 }],
    ["BYTES=1-2", { first: 1, last: 2 }],
  ])("%s of a hundred bytes", (header, part) => expect(byteRange(header, 100)).toEqual(part));
  it.each(["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=999999999999999-"])("%s leaves nothing of them", (header) =>
    expect(byteRange(header, 100)).toBe("unsatisfiable"),
  );
  it.each([
    null,
    "",
    "bytes=",
    "bytes=-",
    "bytes=9-5",
    "bytes=0-1,4-5",
    "bytes=a-b",
    "lines=0-1",
    "bytes=1-2x",
    "bytes=99999999999999999-",
  ])("%s is all of them", (header) => expect(byteRange(header, 100)).toBeNull());
  it("nothing is the end of nothing", () => expect(byteRange("bytes=-5", 0)).toBe("unsatisfiable"));
});
