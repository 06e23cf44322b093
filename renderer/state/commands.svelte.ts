import type { Command } from "../../electron/contract/commands.ts";
import { onCommand } from "../bridge.ts";
import { redo, undo } from "./decide.svelte.ts";
import { overlays } from "./overlays.svelte.ts";
import { router } from "./router.svelte.ts";
import { updates } from "./updates.svelte.ts";

/** Does what the host's menu asks for; returns how to stop. */
export function hearCommands(): () => void {
  return onCommand(obey);
}

function obey(command: Command): void {
  switch (command.do) {
    case "undo":
      return typing() ? void document.execCommand("undo") : void undo();
    case "redo":
      return typing() ? void document.execCommand("redo") : void redo();
    case "find":
      return overlays.open("palette");
    case "keys":
      return overlays.open("keys");
    case "updates":
      updates.wanted = true;
      return router.goTop({ screen: "settings" });
    case "go":
      return router.goTop({ screen: command.to });
    case "person":
      return router.go({ screen: "person", personId: command.personId });
    case "photo":
      return router.go({ screen: "photo", photoId: command.photoId });
  }
}

/** In a text field the letters are taken back, as everywhere. */
function typing(): boolean {
  return document.activeElement?.matches("input, textarea, [contenteditable=true]") ?? false;
}
