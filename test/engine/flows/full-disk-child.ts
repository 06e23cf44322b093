import { rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { openEngine } from "../../../electron/engine/index.ts";
import { photographs } from "./bad-input-files.ts";

/** Lives through a full disk in the library's folder, which lies on a small disk of its own; prints what came of it as one line. */
const [libraryDir = "", photos = ""] = process.argv.slice(2);
const ballast = join(libraryDir, "ballast");
await photographs(photos, 1);

const engine = await openEngine({ libraryDir, modelsDir: "models/onnx", workers: 1 });
await engine.request("index", { folders: [photos] });
const [photo] = (await engine.request("photos.list", {})).items;
const draw = (name: string): Promise<unknown> =>
  engine.request("decide", { kind: "draw", payload: { photoId: photo?.id ?? 0, box: [0.2, 0.2, 0.3, 0.4], name } });
const names = async (): Promise<unknown> =>
  (await engine.request("people.list", { show: "named", sort: "name" })).items.map((person) => person.name);
const codeOf = (thrown: unknown): unknown =>
  typeof thrown === "object" && thrown !== null && "code" in thrown ? thrown.code : String(thrown);
await draw("Ana");

await photographs(photos, 40, 2);
// Others fill the disk to the last page.
const { bavail, bsize } = statfsSync(libraryDir);
writeFileSync(ballast, Buffer.alloc((bavail - 8) * bsize));
const stopped = await engine.request("index", { folders: [photos] }).then(() => "not at all", codeOf);
const { phase, words } = (await engine.request("status", {})).progress;
writeFileSync(`${ballast} 2`, Buffer.alloc(statfsSync(libraryDir).bavail * bsize));
const refused = await draw("Ben").then(() => "not at all", codeOf);
const full = await names();

rmSync(ballast);
rmSync(`${ballast} 2`, { force: true });
await draw("Ben");
const again = await engine.request("index", { folders: [photos] });
const after = {
  phase: (await engine.request("status", {})).progress.phase,
  photos: again.photos,
  failed: again.failed,
  names: await names(),
};
await engine.close();
const db = new Sqlite(join(libraryDir, "catalog.db"), { readonly: true });
const whole = db.pragma("integrity_check", { simple: true });
db.close();
process.stdout.write(`${JSON.stringify({ stopped, words, phase, refused, names: full, after, whole })}\n`);
process.exit(0);
