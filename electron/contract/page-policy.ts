/**
 * What the page may load and do, sent with every answer of every door. Nothing comes from anywhere but Familiar itself, no code or
 * style stands inside the page, and no other page may frame it. `media` is where pictures come from besides the page's own origin.
 */
export function pagePolicy(media: "" | "familiar:" = ""): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    `img-src 'self' data: blob:${media === "" ? "" : ` ${media}`}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Headers that every answer carries beside its own. */
export function pageHeaders(media: "" | "familiar:" = ""): Readonly<Record<string, string>> {
  return {
    "Content-Security-Policy": pagePolicy(media),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()",
  };
}

/** Content types of the files a built screen consists of; any other ending is not served. */
export const pageTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};
