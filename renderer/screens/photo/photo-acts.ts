import { AppWindow, ExternalLink, FolderOpen, Info, RefreshCw, RotateCcw, RotateCw, ScanFace, SquareDashed } from "@lucide/svelte";
import { canChooseProgram, host } from "../../bridge.ts";
import type { ScreenAct } from "../../state/screen-acts.svelte.ts";
import { t } from "../../strings/words.svelte.ts";
import { habits, type PhotoState } from "./photo-state.svelte.ts";

interface Does {
  readonly draw: () => void;
  readonly show: () => void;
  readonly open: (choose: boolean) => void;
}

/** What can be done with the photo in view, for the palette. */
export function photoActs(shown: PhotoState, does: Does): readonly ScreenAct[] {
  if (shown.photo === null) return [];
  return [
    { key: "turn left", label: t().turning.left, keys: ",", icon: RotateCcw, run: () => void shown.turn(3) },
    { key: "turn right", label: t().turning.right, keys: ".", icon: RotateCw, run: () => void shown.turn(1) },
    { key: "draw", label: t().photo.draw, keys: "d", icon: SquareDashed, run: does.draw },
    { key: "look again", label: t().photo.lookAgain, keys: "l", icon: RefreshCw, run: () => void shown.lookAgain() },
    { key: "faces", label: t().photo.faces, keys: "f", icon: ScanFace, run: () => (habits.faces = !habits.faces) },
    { key: "info", label: t().photo.info, keys: "i", icon: Info, run: () => (habits.panel = !habits.panel) },
    {
      key: "show",
      label: host === "electron" ? t().photo.showInFolder : t().photo.copyPath,
      keys: "e",
      icon: FolderOpen,
      run: does.show,
    },
    {
      key: "open",
      label: host === "electron" ? t().photo.open : t().photo.openTab,
      keys: "",
      icon: ExternalLink,
      run: () => does.open(false),
    },
    ...(canChooseProgram ? [{ key: "open with", label: t().photo.openWith, keys: "", icon: AppWindow, run: () => does.open(true) }] : []),
  ];
}
