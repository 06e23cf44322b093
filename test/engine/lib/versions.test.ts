import { describe, expect, it } from "vitest";
import { compareVersions, isVersion } from "../../../electron/engine/lib/versions.ts";

describe("versions", () => {
  it("are in the order that semver.org gives", () => {
    const order = [
      "0.0.9",
      "0.1.0-alpha",
      "0.1.0-alpha.1",
      "0.1.0-alpha.beta",
      "0.1.0-beta.2",
      "0.1.0-beta.11",
      "0.1.0-rc.1",
      "0.1.0",
      "0.2.0",
      "0.10.0",
      "1.0.0",
    ];
    expect(order.toSorted(() => -1).toSorted(compareVersions)).toEqual(order);
    for (const one of order) expect(compareVersions(one, one)).toBe(0);
    expect(compareVersions("1.0.0+one", "1.0.0+other")).toBe(0);
  });
  it("are nothing else", () => {
    for (const text of ["", "1", "1.2", "v1.2.3", "1.2.3.4", "1.2.x", "1.2.3-", "1.2.3 ", `1.2.${"9".repeat(40)}`])
      expect(isVersion(text)).toBe(false);
    expect(compareVersions("nonsense", "0.0.1")).toBeLessThan(0);
  });
});
