import { describe, expect, it } from "vitest";
import { mediaCaching, mediaSizes, parseMedia } from "../../electron/contract/media.ts";

const read = (address: string) => {
  const { pathname, searchParams } = new URL(address, "http://127.0.0.1");
  return parseMedia(pathname, searchParams);
};

describe("addresses of pictures", () => {
  it.each(mediaSizes.face)("a face in the size %s", (size) =>
    expect(read(`/media/face/7?size=${size}&v=2`)).toEqual({ of: "face", id: 7, size }),
  );
  it.each(mediaSizes.photo)("a photo in the size %s", (size) =>
    expect(read(`/media/photo/7?size=${size}`)).toEqual({ of: "photo", id: 7, size }),
  );
  it.each([
    "/media/photo/7?size=large",
    "/media/face/7?size=thumb",
    "/media/face/07",
    "/media/face/7?size=large&size=eyes",
    "/media/face/7?v=x",
  ])("%s is none", (address) => expect(read(address)).toBeNull());
  it("a large face is asked for each time, since a small one may have stood in for it; others stand for an hour", () => {
    expect(mediaCaching({ of: "face", id: 7, size: "large" })).toBe("private, no-cache");
    for (const size of ["128", "256", "eyes"] as const) expect(mediaCaching({ of: "face", id: 7, size })).toBe("private, max-age=3600");
    expect(mediaCaching({ of: "photo", id: 7, size: "screen" })).toBe("private, max-age=3600");
  });
});
