import { app, session, type WebContents } from "electron";

/**
 * What no page may ever do: ask for a permission or a device, go anywhere else, open windows, embed pages, load from the network.
 * `own` says whether an address is one of Familiar's.
 */
export function refuseEverythingElse(own: (address: string) => boolean): void {
  const here = session.defaultSession;
  here.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  here.setPermissionCheckHandler(() => false);
  here.setDevicePermissionHandler(() => false);
  here.webRequest.onBeforeRequest((details, answer) => {
    const allowed =
      own(details.url) || details.url.startsWith("data:") || details.url.startsWith("blob:") || details.url.startsWith("devtools:");
    answer({ cancel: !allowed });
  });
  app.on("web-contents-created", (_event, contents) => refuseLeaving(contents, own));
}

function refuseLeaving(contents: WebContents, own: (address: string) => boolean): void {
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.on("will-navigate", (event) => {
    if (!own(event.url)) event.preventDefault();
  });
  contents.on("will-redirect", (event) => {
    if (!own(event.url)) event.preventDefault();
  });
  contents.on("will-attach-webview", (event) => event.preventDefault());
}
