/**
 * Where the library lies unless somebody says otherwise: in the app's own data folder, by the custom of each system. One answer for every
 * door, so that the command line sees what the window sees. `platform`, `env` and `home` as Node gives them.
 */
export function libraryPlace(platform: string, env: Readonly<Record<string, string | undefined>>, home: string): string {
  if (platform === "win32") return `${env["APPDATA"] ?? `${home}\\AppData\\Roaming`}\\Familiar\\library`;
  if (platform === "darwin") return `${home}/Library/Application Support/Familiar/library`;
  return `${env["XDG_DATA_HOME"] ?? `${home}/.local/share`}/familiar/library`;
}
