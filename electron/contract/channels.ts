/** Names of what crosses between page and host; the preload says the same ones. */
export const channels = {
  request: "familiar:request",
  event: "familiar:event",
  chooseFolders: "familiar:choose-folders",
  showInFolder: "familiar:show-in-folder",
  openPhoto: "familiar:open-photo",
  showFailed: "familiar:show-failed",
  chooseFile: "familiar:choose-file",
  copyText: "familiar:copy-text",
  copyPicture: "familiar:copy-picture",
  command: "familiar:command",
  ready: "familiar:ready",
} as const;
