import { contextBridge, ipcRenderer, webUtils } from "electron";
import { channels } from "./contract/channels.ts";

/** All that the page can reach of the host: asking, hearing, and what only a desktop can do. See renderer/bridge.ts. */
contextBridge.exposeInMainWorld("familiar", {
  host: "electron",
  platform: process.platform,
  request: (name: unknown, args: unknown): Promise<unknown> => ipcRenderer.invoke(channels.request, name, args),
  onEvent: (listener: (name: string, payload: unknown) => void): (() => void) => {
    const hear = (_event: unknown, name: string, payload: unknown): void => listener(name, payload);
    ipcRenderer.on(channels.event, hear);
    return () => void ipcRenderer.off(channels.event, hear);
  },
  chooseFolders: (): Promise<unknown> => ipcRenderer.invoke(channels.chooseFolders),
  showInFolder: (photoId: unknown): Promise<unknown> => ipcRenderer.invoke(channels.showInFolder, photoId),
  openPhoto: (photoId: unknown, choose: unknown): Promise<unknown> => ipcRenderer.invoke(channels.openPhoto, photoId, choose),
  showFailed: (fileId: unknown): Promise<unknown> => ipcRenderer.invoke(channels.showFailed, fileId),
  chooseFile: (): Promise<unknown> => ipcRenderer.invoke(channels.chooseFile),
  copyText: (text: unknown): Promise<unknown> => ipcRenderer.invoke(channels.copyText, text),
  copyPicture: (dataUrl: unknown): Promise<unknown> => ipcRenderer.invoke(channels.copyPicture, dataUrl),
  onCommand: (listener: (command: unknown) => void): (() => void) => {
    const hear = (_event: unknown, command: unknown): void => listener(command);
    ipcRenderer.on(channels.command, hear);
    // What was asked for before the page could hear comes now.
    void ipcRenderer.invoke(channels.ready);
    return () => void ipcRenderer.off(channels.command, hear);
  },
  pathsOf: (files: readonly File[]): readonly string[] => files.map((file) => webUtils.getPathForFile(file)),
});
