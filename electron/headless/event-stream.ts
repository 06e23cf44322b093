import type { IncomingMessage, ServerResponse } from "node:http";
import type { EngineDoor } from "./engine-door.ts";

/** Most streams at once; a screen opens one. */
const mostStreams = 64;
/** Milliseconds between two signs of life, so that a sleeping connection is noticed. */
const heartbeat = 15_000;
/** Bytes waiting for a slow reader above which it is cut off; it connects again by itself and reads everything anew. */
const mostWaiting = 4 << 20;

/** Everything the engine pushes, handed to whoever listens by server-sent events. */
export interface EventStreams {
  /** Takes a request over for as long as it listens. Answers false where there are too many already. */
  add(request: IncomingMessage, response: ServerResponse): boolean;
  count(): number;
  close(): void;
}

/** Starts handing on. `onCount` hears how many listen whenever that changes. */
export function openEventStreams(engine: EngineDoor, onCount: (count: number) => void = () => undefined): EventStreams {
  const streams = new Set<ServerResponse>();
  const write = (text: string) => {
    for (const stream of streams) {
      if (stream.writableLength > mostWaiting) stream.destroy();
      else stream.write(text);
    }
  };
  const stop = engine.onEvent((name, payload) => write(`event: ${name}\ndata: ${JSON.stringify(payload)}\n\n`));
  const timer = setInterval(() => write(": still here\n\n"), heartbeat);
  timer.unref();
  return {
    add(request, response) {
      if (streams.size >= mostStreams) return false;
      response.writeHead(200, { "Content-Type": "text/event-stream; charset=utf-8", Connection: "keep-alive", "X-Accel-Buffering": "no" });
      response.write("retry: 1000\n\n");
      request.socket.setNoDelay(true);
      streams.add(response);
      onCount(streams.size);
      response.on("close", () => {
        if (streams.delete(response)) onCount(streams.size);
      });
      return true;
    },
    count: () => streams.size,
    close() {
      stop();
      clearInterval(timer);
      for (const stream of streams) stream.end();
      streams.clear();
    },
  };
}
