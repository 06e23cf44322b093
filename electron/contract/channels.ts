/** Names of what crosses between page and host; the preload says the same ones. */
export const channels = {
  request: "familiar:request",
  event: "familiar:event",
  chooseFolders: "familiar:choose-folders",
  showInFolder: "familiar:show-in-folder",
  chooseFile: "familiar:choose-file",
  command: "familiar:command",
  ready: "familiar:ready",
} as const;
