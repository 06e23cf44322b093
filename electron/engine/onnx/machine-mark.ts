import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, hostname, release } from "node:os";
import { dirname, join } from "node:path";
import * as runtime from "onnxruntime-node";

/** Files that change with a graphics card, its driver or what a provider needs, by system. A pattern may match none. */
const traces: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    "/proc/driver/nvidia/version",
    "/sys/class/drm/card*/device/uevent",
    "/usr/share/vulkan/icd.d/*.json",
    "/etc/vulkan/icd.d/*.json",
    "/usr/lib/*-linux-gnu/libcudnn.so*",
    "/usr/lib/*-linux-gnu/libcublas.so*",
    "/usr/local/cuda*/version.json",
  ],
  // Installing a driver adds a folder here.
  win32: ["C:/Windows/System32/DriverStore/FileRepository", "C:/Windows/System32/nvcuda.dll", "C:/Windows/System32/DirectML.dll"],
  // On macOS drivers come with the system.
  darwin: [],
};

/** Names this computer, its graphics drivers and the runtime, so that what was measured with them holds for them alone. */
export function machineMark(platform: NodeJS.Platform = process.platform): string {
  const facts = [
    platform,
    process.arch,
    hostname(),
    release(),
    cpus()[0]?.model ?? "",
    runtime.env.versions.node ?? runtime.env.versions.common,
  ];
  const files = [...(traces[platform] ?? []).flatMap((pattern) => globSync(pattern)), ...runtimeFiles()].toSorted();
  return markOf([...facts, ...files.map(traceOf)]);
}

/** The same words always give the same mark; one that differs gives another. */
export function markOf(words: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(words)).digest("base64url").slice(0, 22);
}

/** A small text by what it says (the kernel's own files have no times); all else by size and time. */
function traceOf(path: string): string {
  try {
    if (path.startsWith("/proc/") || path.startsWith("/sys/")) return `${path} ${readFileSync(path, "utf8")}`;
    const { size, mtimeMs } = statSync(path);
    return `${path} ${size} ${mtimeMs}`;
  } catch {
    return path;
  }
}

/** The runtime's libraries, among them a provider's that were added later. */
function runtimeFiles(): readonly string[] {
  try {
    const home = dirname(createRequire(import.meta.url).resolve("onnxruntime-node/package.json"));
    const bin = join(home, "bin", "napi-v6", process.platform, process.arch);
    return existsSync(bin) ? globSync(join(bin, "*").replaceAll("\\", "/")) : [];
  } catch {
    return [];
  }
}
