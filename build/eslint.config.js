import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";

export default ts.config(
  { ignores: ["**/node_modules/**", "dist/**", "**/release/**", "models/onnx/**"] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: {
      eqeqeq: ["error", "always"],
      "no-console": "off",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrorsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser } },
    // Maps and dates that live for one call, or behind $state.raw, need not be watched; the rule cannot tell them apart.
    rules: { "svelte/prefer-svelte-reactivity": "off" },
  },
  {
    files: ["electron/**/*.ts"],
    ignores: ["electron/main/**", "electron/preload.ts"],
    rules: { "no-restricted-imports": ["error", { paths: ["electron"] }] },
  },
);
