import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { protocol } from "electron";
import { byteAnswer } from "../contract/byte-answer.ts";
import { mediaCaching, parseMedia } from "../contract/media.ts";
import { pageHeaders, pageTypes } from "../contract/page-policy.ts";
import type { PictureView } from "../contract/views.ts";
import type { EngineHost } from "./engine-host.ts";

/** Familiar's own scheme: `familiar://app/...` are the screens, `familiar://media/...` and `familiar://app/media/...` pictures by id. */
export const scheme = "familiar";
export const pageOrigin = `${scheme}://app`;
export const startAddress = `${pageOrigin}/index.html`;

/** Whether an address is one of Familiar's own. */
export function isOwn(address: string): boolean {
  return address.startsWith(`${pageOrigin}/`) || address.startsWith(`${scheme}://media/`);
}

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

/** Answers the scheme: the fixed list of built screens, and pictures that the engine gives by id. Nothing names a path. */
export function serveScheme(rendererDir: string, engine: Pick<EngineHost, "ask">): void {
  const files = listFiles(rendererDir);
  protocol.handle(scheme, async (request) => {
    const { host, pathname, searchParams } = new URL(request.url);
    if (request.method !== "GET") return answer(405, null, {});
    if (host === "media") return media(engine, request, `/media${pathname}`, searchParams);
    // The same pictures from the page's own origin, for when it wants their pixels.
    if (host === "app" && pathname.startsWith("/media/")) return media(engine, request, pathname, searchParams);
    const file = host === "app" ? files.get(pathname === "/" ? "/index.html" : pathname) : undefined;
    if (file === undefined) return answer(404, null, {});
    return answer(200, await readFile(file.path), { "Content-Type": file.type, "Cache-Control": "no-cache" });
  });
}

async function media(engine: Pick<EngineHost, "ask">, request: Request, pathname: string, query: URLSearchParams): Promise<Response> {
  const address = parseMedia(pathname, query);
  if (address === null) return answer(404, null, {});
  const result = await engine.ask("picture", address);
  if ("problem" in result) return answer(result.problem.code.endsWith("not-found") ? 404 : 500, null, {});
  const { bytes, type } = result.ok as PictureView;
  const tag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
  const asked = {
    ifNoneMatch: request.headers.get("if-none-match"),
    range: request.headers.get("range"),
    ifRange: request.headers.get("if-range"),
  };
  const { status, headers, span } = byteAnswer(asked, bytes.byteLength, type, tag);
  // The screens are another origin of the same scheme, and only they can reach it.
  const more = { "Cache-Control": mediaCaching(address), "Cross-Origin-Resource-Policy": "cross-origin" };
  return answer(status, span === null ? null : bytes.subarray(...span), { ...headers, ...more });
}

function answer(status: number, bytes: Uint8Array | null, headers: Readonly<Record<string, string>>): Response {
  // A copy, since the body wants memory of its own and not a shared pool.
  return new Response(bytes === null ? null : new Uint8Array(bytes), {
    status,
    headers: { ...pageHeaders("familiar:"), "Cache-Control": "no-store", ...headers },
  });
}

function listFiles(dir: string): ReadonlyMap<string, { readonly path: string; readonly type: string }> {
  const files = new Map<string, { readonly path: string; readonly type: string }>();
  for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
    const type = pageTypes[extname(entry.name).toLowerCase()];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(`/${relative(dir, path).split(sep).map(encodeURIComponent).join("/")}`, { path, type });
  }
  return files;
}
