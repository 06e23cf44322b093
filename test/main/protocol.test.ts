import { expect, it, vi } from "vitest";

type Handler = (request: Request) => Promise<Response>;
const handlers = new Map<string, Handler>();
vi.mock("electron", () => ({ protocol: { handle: (scheme: string, handler: Handler) => handlers.set(scheme, handler) } }));
const { serveScheme } = await import("../../electron/main/protocol.ts");

/** A picture of ten bytes, and no other. */
const bytes = Uint8Array.from({ length: 10 }, (_, at) => at);
const ask = (_: string, { id }: { readonly id: number }) =>
  Promise.resolve(id === 1 ? { ok: { bytes, type: "image/webp" } } : { problem: { code: "photo-not-found" } });
serveScheme("renderer", { ask } as unknown as Parameters<typeof serveScheme>[1]);
async function get(path: string, headers: Readonly<Record<string, string>> = {}) {
  const answer = await handlers.get("familiar")?.(new Request(`familiar://media${path}`, { headers }));
  if (answer === undefined) throw new Error("Nothing answers the scheme.");
  return { status: answer.status, headers: answer.headers, bytes: [...new Uint8Array(await answer.arrayBuffer())] };
}

it("gives a picture by its id, and says when it is the one that is known", async () => {
  const first = await get("/photo/1?size=full");
  expect([first.status, first.bytes.length, first.headers.get("accept-ranges")]).toEqual([200, 10, "bytes"]);
  const again = await get("/photo/1?size=full", { "If-None-Match": first.headers.get("etag") ?? "" });
  expect([again.status, again.bytes]).toEqual([304, []]);
  expect((await get("/photo/2")).status).toBe(404);
  expect((await get("/photo/1?path=/etc/passwd")).status).toBe(404);
});
it("gives the part that was asked for, and all of it where it has changed since", async () => {
  const part = await get("/photo/1", { Range: "bytes=2-4" });
  expect([part.status, part.bytes, part.headers.get("content-range"), part.headers.get("content-length")]).toEqual([
    206,
    [2, 3, 4],
    "bytes 2-4/10",
    "3",
  ]);
  const same = await get("/photo/1", { Range: "bytes=8-", "If-Range": part.headers.get("etag") ?? "" });
  expect([same.status, same.bytes]).toEqual([206, [8, 9]]);
  expect((await get("/photo/1", { Range: "bytes=8-", "If-Range": '"another"' })).bytes).toHaveLength(10);
  const beyond = await get("/photo/1", { Range: "bytes=10-" });
  expect([beyond.status, beyond.bytes, beyond.headers.get("content-range")]).toEqual([416, [], "bytes */10"]);
});
