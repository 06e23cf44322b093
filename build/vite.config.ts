import { svelte } from "@sveltejs/vite-plugin-svelte";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * The screen as static files for both hosts. Addresses are relative, because one host serves from `/` and the other from its own scheme;
 * nothing is inlined, because the page runs under a policy that allows neither inline scripts nor data fonts.
 */
export default defineConfig({
  root: at("renderer"),
  base: "./",
  cacheDir: at("node_modules/.cache/vite"),
  plugins: [svelte({ configFile: false })],
  build: {
    outDir: at("dist/renderer"),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "chrome140",
    chunkSizeWarningLimit: 900,
  },
});
