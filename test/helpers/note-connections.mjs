import dgram from "node:dgram";
import dns from "node:dns";
import { appendFileSync } from "node:fs";
import net from "node:net";

/**
 * With `node --import`, in a process and in everything it starts: writes down, one line each, every connection that leaves this computer
 * and every name that is looked up, into the file NOTE_CONNECTIONS. Everything in Node (http, fetch, tls) goes through these few.
 */
const file = process.env.NOTE_CONNECTIONS;
const here = /^(localhost|127(\.\d+){3}|::1|::ffff:127(\.\d+){3}|0\.0\.0\.0|::)$/u;
function note(kind, host) {
  if (!here.test(String(host ?? "localhost"))) appendFileSync(file, `${kind} ${host}\n`);
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  // http normalises its arguments into one array first.
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === "object" && first !== null) {
    if (first.path === undefined) note("connect", first.host);
  } else if (typeof first === "number" || /^\d+$/u.test(String(first))) note("connect", typeof second === "string" ? second : undefined);
  return connect.apply(this, args);
};
const send = dgram.Socket.prototype.send;
dgram.Socket.prototype.send = function (...args) {
  note(
    "send",
    args.findLast((arg) => typeof arg === "string"),
  );
  return send.apply(this, args);
};
for (const owner of [dns, dns.promises])
  for (const name of ["lookup", "resolve", "resolve4", "resolve6", "resolveAny"]) {
    const real = owner[name];
    owner[name] = function (host, ...rest) {
      note("look up", host);
      return real.call(this, host, ...rest);
    };
  }
