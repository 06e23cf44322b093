import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { dataFolder } from "../../electron/main/data-folder.ts";

const dir = realpathSync(mkdtempSync(join(tmpdir(), "familiar-data-")));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const of = (library: string): string => dataFolder(join(dir, "data"), library, join(dir, "usual"));

it("is the usual one for the usual library, and one of its own for every other, also before they are made", () => {
  expect(of(join(dir, "usual"))).toBe(join(dir, "data"));
  const other = of(join(dir, "other", "library"));
  expect(other).toMatch(/libraries.[0-9a-f]{16}$/u);
  expect(of(join(dir, "other"))).not.toBe(other);
  mkdirSync(join(dir, "other", "library"), { recursive: true });
  expect(of(join(dir, "other", "library"))).toBe(other);
});
it.skipIf(process.platform === "win32")("is the same however the library is spelled (links are not made on Windows)", () => {
  mkdirSync(join(dir, "real"));
  symlinkSync(join(dir, "real"), join(dir, "link"));
  expect(of(join(dir, "link"))).toBe(of(join(dir, "real")));
  expect(of(join(dir, "link", "to be made"))).toBe(of(`${join(dir, "real")}/x/../to be made/`));
});
