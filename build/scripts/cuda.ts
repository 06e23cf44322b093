import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** A zip archive, read or made: the package that ONNX Runtime's own installer uses, which brings no types. */
export interface Zip {
  getEntry(name: string): { getData(): Buffer } | null;
  addFile(name: string, bytes: Buffer): void;
  toBuffer(): Buffer;
}
export const AdmZip = createRequire(import.meta.url)("adm-zip") as new (bytes?: Buffer) => Zip;

/** What ONNX Runtime's own installer would fetch; it does not run here, since install scripts are off. */
const files = ["libonnxruntime_providers_shared.so", "libonnxruntime_providers_cuda.so"] as const;
const packageName = "microsoft.ml.onnxruntime.gpu.linux";
/**
 * SHA-512 (base64) of that package by the runtime's version. None yet: no machine of ours has reached the feed. What the feed itself says of
 * its bytes is no pin, so until somebody enters one here it has to be given.
 */
export const pinned: Readonly<Record<string, string>> = {};

export interface CudaOptions {
  /** Folder of the runtime's binding: the two libraries go beside it. */
  readonly outDir: string;
  /** ONNX Runtime's version: libraries of another do not load. */
  readonly version: string;
  /** SHA-512 of the package (base64), from somebody who can be trusted; the pinned one unless given. */
  readonly sha512?: string | undefined;
  /** Index of a NuGet feed. */
  readonly feed?: string;
  /** The package that somebody has already; nothing is fetched then. */
  readonly file?: string | undefined;
  readonly say?: (words: string) => void;
}
interface Index {
  readonly resources: readonly { readonly "@id": string; readonly "@type": string }[];
}

/**
 * Brings the two libraries that let ONNX Runtime use CUDA on Linux, from the package its makers publish. Without a SHA-512 of it nothing is
 * asked for; other bytes are refused and nothing is left. Does nothing where both are there. Throws one sentence where they cannot be had.
 * CUDA 12 and cuDNN 9 themselves are the system's.
 */
export async function bringCuda(options: CudaOptions): Promise<"brought" | "there"> {
  const { outDir, version, feed = "https://api.nuget.org/v3/index.json", file, sha512 = pinned[version], say = () => undefined } = options;
  if (files.every((name) => existsSync(join(outDir, name)))) return "there";
  if (sha512 === undefined)
    throw new Error(
      `Which bytes ${packageName} ${version} has is not known here, so it is not fetched. Give its SHA-512: npm run cuda -- --sha512 <base64>, and --file <path> for a package that you have.`,
    );
  const bytes = file === undefined ? await fetched(feed, version, say) : readFileSync(file);
  if (createHash("sha512").update(bytes).digest("base64") !== sha512)
    throw new Error("What came is not the package with that SHA-512, so it was not used.");
  const zip = new AdmZip(bytes);
  // Read all before the first is written.
  const contents = files.map((name) => {
    const part = zip.getEntry(`runtimes/linux-x64/native/${name}`)?.getData();
    if (part === undefined || part.length === 0) throw new Error(`The package holds no ${name}.`);
    return [join(outDir, name), part] as const;
  });
  mkdirSync(outDir, { recursive: true });
  for (const [path, part] of contents) {
    writeFileSync(`${path}.new`, part);
    renameSync(`${path}.new`, path);
  }
  return "brought";
}

async function fetched(feed: string, version: string, say: (words: string) => void): Promise<Buffer> {
  const index = (await (await get(feed)).json()) as Index;
  const answer = await get(`${resource(index, "PackageBaseAddress/3.0.0")}${packageName}/${version}/${packageName}.${version}.nupkg`);
  say(`Fetching ${(Number(answer.headers.get("content-length") ?? 0) / 1e6).toFixed(0)} MB.`);
  return Buffer.from(await answer.arrayBuffer());
}

function resource({ resources }: Index, type: string): string {
  const found = resources.find((one) => one["@type"] === type);
  if (found === undefined) throw new Error("The feed is not one of NuGet's.");
  return found["@id"].endsWith("/") ? found["@id"] : `${found["@id"]}/`;
}

async function get(address: string): Promise<Response> {
  const response = await fetch(address, { signal: AbortSignal.timeout(600_000) }).catch((thrown: unknown) => {
    throw new Error(`${new URL(address).host} cannot be reached.`, { cause: thrown });
  });
  if (!response.ok) throw new Error(`${new URL(address).host} answered ${response.status}.`);
  return response;
}

/** `npm run cuda`, with `--sha512` and `--file` where they are given. */
async function main(): Promise<void> {
  if (process.platform !== "linux" || process.arch !== "x64")
    return console.log("CUDA is used on Linux with an x64 processor alone; nothing to do.");
  const home = fileURLToPath(new URL("../../node_modules/onnxruntime-node", import.meta.url));
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { version: string };
  const outDir = join(home, "bin", "napi-v6", "linux", "x64");
  const { values } = parseArgs({ options: { sha512: { type: "string" }, file: { type: "string" } } });
  const done = await bringCuda({ outDir, version, ...values, say: (words) => console.log(words) });
  console.log(
    `${done === "there" ? "The CUDA libraries are there." : "The CUDA libraries are ready."} CUDA 12 and cuDNN 9 have to be on the system.`,
  );
}
if (process.argv[1]?.endsWith("cuda.ts") === true)
  main().catch((thrown: unknown) => {
    console.error(
      `The CUDA libraries could not be had: ${thrown instanceof Error ? thrown.message : String(thrown)} Familiar goes on with what there is.`,
    );
    process.exitCode = 1;
  });
