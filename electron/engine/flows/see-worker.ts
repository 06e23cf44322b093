import { getPriority, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { decode } from "../1-read/decode.ts";
import { encodeCrop } from "../1-read/encode-crop.ts";
import { encodeSmall } from "../1-read/encode-small.ts";
import { identify } from "../1-read/identify.ts";
import { regions } from "../1-read/regions.ts";
import { thumbhashOf } from "../1-read/thumbhash-of.ts";
import { openSeer, type Seer } from "../2-see/open-seer.ts";
import { asProblem } from "../errors.ts";
import { settings } from "../settings.ts";
import type { DecodedPhoto, PixelBox, SeenFace, UnitBox } from "../types.ts";
import type { endMessage } from "./end-worker.ts";
import type { SeeAnswers, SeeReply, SeeTask, SeeWorkerData } from "./see-task.ts";

/** Reads and sees photos on a thread of its own. Two tasks may be in hand: decoding happens in the background while models run here. */
const data = workerData as SeeWorkerData;
const port = parentPort;
let seer: Promise<Seer> | undefined;

// Elsewhere it would be the whole engine's, answers included.
if (process.platform === "linux") setPriority(Math.min(19, getPriority() + settings.scan.nice));

function openOnce(): Promise<Seer> {
  seer ??= openSeer({
    detector: data.detector,
    embedder: data.embedder,
    modelsDir: data.modelsDir,
    provider: data.provider,
    threads: data.threads,
    ...(data.batch === undefined ? {} : { batch: data.batch }),
    onFellBack: (why: string) => reply({ fellBack: why }),
  });
  return seer;
}

async function work(task: SeeTask): Promise<SeeAnswers[keyof SeeAnswers]> {
  if (task.kind === "identify") return identify(task.path);
  if (task.kind === "time") return (await openOnce()).time(task.faces);
  const small = task.kind === "see" && task.smallFaces;
  const startedAt = performance.now();
  const { turns = 0 } = task;
  const photo = await decode(task.path, { longSide: small ? settings.detect.longSideSmall : settings.detect.longSide, turns });
  const decoded = performance.now();
  const eye = await openOnce();
  const regionsOf = (boxes: readonly UnitBox[]) => regions(task.path, boxes, turns);
  if (task.kind === "known") return eye.seeKnown(photo, task.faces, { regionsOf });
  const seen =
    task.kind === "drawn" ? await eye.seeDrawn(photo, task.box, { regionsOf }) : await eye.see(photo, { smallFaces: small, regionsOf });
  const wanted = task.kind === "drawn" || task.crops;
  return {
    width: photo.width,
    height: photo.height,
    facts: photo.facts,
    damaged: photo.damaged,
    thumbhash: wanted ? await thumbhashOf(photo.pixels) : null,
    faces: seen.faces,
    crops: wanted ? await Promise.all(seen.faces.map((face) => crop(photo, face))) : [],
    small:
      task.kind === "see" && task.crops
        ? await encodeSmall(photo.pixels, { longSide: settings.pictures.thumb, quality: settings.pictures.quality })
        : null,
    stages: { decode: decoded - startedAt, detect: seen.stages.detect, embed: seen.stages.embed },
  };
}

/** The face as the screens show it, cut from the working pixels. */
async function crop(photo: DecodedPhoto, face: SeenFace): Promise<Uint8Array> {
  const { width, height } = photo.pixels;
  const [x, y, w, h] = face.box;
  const box: PixelBox = [x * width, y * height, w * width, h * height];
  const { faceCrop: side, faceMargin: margin, quality } = settings.pictures;
  return encodeCrop(photo.pixels, box, { side, margin, quality });
}

function reply(message: SeeReply): void {
  port?.postMessage(message);
}

port?.on("message", (message: { readonly id: number; readonly task: SeeTask } | typeof endMessage) => {
  if ("end" in message) process.exit(0);
  const { id, task } = message;
  work(task).then(
    (ok) => reply({ id, ok }),
    (thrown: unknown) => reply({ id, problem: asProblem(thrown, task.path).view() }),
  );
});
