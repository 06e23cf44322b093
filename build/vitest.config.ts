import { svelte } from "@sveltejs/vite-plugin-svelte";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { nodeFlags } from "./scripts/set-up.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** One runner for everything. Two workers: the tests use real models and databases, and two cores is what Familiar promises to be quick on. */
export default defineConfig({
  root,
  plugins: [svelte({ configFile: false })],
  test: {
    include: ["test/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    execArgv: nodeFlags,
    testTimeout: 120_000,
    // A busy machine may take seconds for what takes milliseconds.
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 240_000,
  },
});
