/** With `node --import`: what a utility process has besides Node. */
process.parentPort = {
  on: (_event, listener) => process.on("message", (data) => listener({ data })),
  postMessage: (message) => void (process.connected && process.send(message)),
};
