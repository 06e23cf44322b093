import { isIP } from "node:net";
import { networkInterfaces } from "node:os";
import { DoorProblem } from "./engine-door.ts";

/** Where a server listens, and by which names it may be asked for. */
export interface ListenAt {
  /** An IP address; `0.0.0.0` and `::` are every one of this computer. */
  readonly address: string;
  /** Names that somebody gave it, such as `photos.home`. Any other name that leads here is refused (DNS rebinding). */
  readonly names: readonly string[];
}
export const onlyHere: ListenAt = { address: "127.0.0.1", names: [] };

/** Reads what stands behind `--listen` and `--name`. Throws `bad-request` for what is no address, or no name. */
export function listenAt(address: string | undefined, names: string | undefined): ListenAt {
  const wanted = address === undefined || address === "localhost" ? onlyHere.address : address.replace(/^\[(.*)\]$/u, "$1");
  if (isIP(wanted) === 0) throw new DoorProblem("bad-request", wanted, "--listen wants an IP address, such as 192.168.1.20 or 0.0.0.0.");
  const list = (names ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  for (const name of list)
    if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/u.test(name))
      throw new DoorProblem("bad-request", name, "--name wants names of this computer, such as photos.home.");
  return { address: wanted, names: list };
}

/** Whether nobody but this computer can reach it. */
export function isLoopback(address: string): boolean {
  return address.startsWith("127.") || address === "::1";
}

/** Every value of `Host` that is this server's own. An IP address cannot be rebound to another computer; a name can, so names are given. */
export function hostsOf({ address, names }: ListenAt, port: number): ReadonlySet<string> {
  const every = address === "0.0.0.0" || address === "::";
  const own = every ? Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map((one) => one.address)) : [address];
  const local = every || isLoopback(address) ? ["127.0.0.1", "localhost", ...(isIP(address) === 6 ? ["::1"] : [])] : [];
  const hosts = [...own, ...local, ...names].map((host) => (isIP(host) === 6 ? `[${host}]` : host));
  // A browser leaves out the usual port.
  return new Set(hosts.flatMap((host) => (port === 80 ? [host, `${host}:80`] : [`${host}:${port}`])));
}

/** An address a person can open, for what listens: one that others can reach where there is one. */
export function originOf({ address, names }: ListenAt, port: number): string {
  const outward = Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).filter((one) => !one.internal && one.family === "IPv4"),
  );
  const every = address === "0.0.0.0" || address === "::";
  const host = names[0] ?? (every ? (outward[0]?.address ?? "127.0.0.1") : address);
  return `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}
