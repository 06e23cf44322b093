import { describe, expect, it } from "vitest";
import { embedMirrored, mirrored } from "../../../electron/engine/2-see/embed-mirrored.ts";
import type { Embedded } from "../../../electron/engine/2-see/open-embedder.ts";
import { length } from "../../../electron/engine/lib/vectors.ts";

const input = 3;
const crop = (first: number): Float32Array => Float32Array.from({ length: 3 * input * input }, (_, i) => first + i);
const embedded = (x: number, y: number): Embedded => {
  const norm = Math.hypot(x, y);
  return norm > 0 ? { embedding: Float32Array.of(x / norm, y / norm), norm } : { embedding: null, norm: 0 };
};
/** Answers in the order of the crops: first those as they are, then those mirrored. */
const answering = (...answers: readonly Embedded[]) => ({ embed: () => Promise.resolve(answers) });

describe("mirrored", () => {
  it("swaps left and right of every row of every plane, and twice is nothing", () => {
    const once = mirrored(crop(0), input);
    expect([...once.subarray(0, 6)]).toEqual([2, 1, 0, 5, 4, 3]);
    expect([...once.subarray(18, 21)]).toEqual([20, 19, 18]);
    expect(mirrored(once, input)).toEqual(crop(0));
  });
});

describe("embedMirrored", () => {
  it("gives each crop and its mirror picture to the network in one go", async () => {
    const given: Float32Array[] = [];
    const embed = (crops: readonly Float32Array[]): Promise<readonly Embedded[]> => {
      given.push(...crops);
      return Promise.resolve(crops.map(() => embedded(1, 0)));
    };
    expect(await embedMirrored({ embed }, [crop(0), crop(50)], input)).toHaveLength(2);
    expect(given).toEqual([crop(0), crop(50), mirrored(crop(0), input), mirrored(crop(50), input)]);
  });

  it("sums the raw answers, so that a weak one says less, and keeps the length of the plain one", async () => {
    const [one, other] = await embedMirrored(
      answering(embedded(60, 0), embedded(0, 10), embedded(0, 30), embedded(0, 40)),
      [crop(0), crop(1)],
      input,
    );
    expect(one?.norm).toBe(60);
    expect(one?.embedding && length(one.embedding)).toBeCloseTo(1, 6);
    expect((one?.embedding?.[0] ?? 0) / (one?.embedding?.[1] ?? 1)).toBeCloseTo(2, 5);
    expect([...(other?.embedding ?? [])]).toEqual([0, 1]);
  });

  it("has no answer where the plain one is none, and the plain one where the mirror picture has none or cancels it", async () => {
    const none = embedded(0, 0);
    expect(await embedMirrored(answering(none, embedded(1, 0)), [crop(0)], input)).toEqual([none]);
    expect(await embedMirrored(answering(embedded(1, 0), none), [crop(0)], input)).toEqual([embedded(1, 0)]);
    expect((await embedMirrored(answering(embedded(5, 0), embedded(-5, 0)), [crop(0)], input))[0]?.embedding?.[0]).toBe(1);
    expect(await embedMirrored(answering(), [], input)).toEqual([]);
  });
});
