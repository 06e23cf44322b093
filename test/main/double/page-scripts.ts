/**
 * What Electron does between the worlds of a page, spelled in two scripts. The preload runs in a world of its own (Chromium's isolated
 * worlds: same page, other globals); events on the document are the only way across, and Chromium copies what they carry.
 */
export function preloadScript(preload: string, platform: string): string {
  return `(() => {
  const listeners = new Map(); const waiting = new Map(); let next = 1;
  globalThis.__fromMain = (message) => {
    if (message.reply !== undefined) { const w = waiting.get(message.reply); waiting.delete(message.reply);
      if (message.error !== undefined) w.fail(new Error(message.error)); else w.done(message.value); }
    else for (const listener of [...(listeners.get(message.channel) ?? [])]) listener({}, ...message.args);
  };
  const ipcRenderer = {
    invoke: (channel, ...args) => { const copy = structuredClone(args); return new Promise((done, fail) => {
      const id = next++; waiting.set(id, { done, fail }); __toMain(JSON.stringify({ id, channel, args: copy })); }); },
    on: (channel, listener) => { if (!listeners.has(channel)) listeners.set(channel, new Set()); listeners.get(channel).add(listener); },
    off: (channel, listener) => { listeners.get(channel)?.delete(listener); },
  };
  const tell = (type, detail) => document.dispatchEvent(new CustomEvent(type, { detail }));
  const kept = new Map(); let keptId = 1;
  const contextBridge = { exposeInMainWorld: (name, api) => {
    const shape = Object.fromEntries(Object.entries(api).map(([key, value]) => [key, typeof value === "function" ? { call: true } : { value }]));
    const expose = () => tell("double-expose", { name, shape });
    document.addEventListener("double-hello", expose); expose();
    document.addEventListener("double-call", ({ detail: { id, key, args, kept: fn } }) => {
      const real = args.map((arg) => arg?.callback === undefined ? arg.value : (...values) => tell("double-callback", { callback: arg.callback, values: structuredClone(values) }));
      const result = fn === undefined ? api[key](...real) : kept.get(fn)(...real);
      if (typeof result?.then === "function") { tell("double-returned", { id, promise: true });
        result.then((value) => tell("double-settled", { id, value }), (error) => tell("double-settled", { id, error: String(error?.message ?? error) })); }
      else if (typeof result === "function") { const at = keptId++; kept.set(at, result); tell("double-returned", { id, kept: at }); }
      else tell("double-returned", { id, value: result });
    });
  } };
  const require = (name) => { if (name !== "electron") throw new Error("a sandboxed preload may not require " + name); return { contextBridge, ipcRenderer, webUtils: { getPathForFile: (file) => "/dropped/" + file.name } }; };
  const process = { platform: ${JSON.stringify(platform)} };
  const module = { exports: {} };
  (function (require, process, module, exports) {\n${preload}\n})(require, process, module, module.exports);
})();`;
}

export const pageScript = `(() => {
  let next = 1; const settle = new Map(); const callbacks = new Map(); let returned = null;
  document.addEventListener("double-returned", ({ detail }) => { returned = detail; });
  document.addEventListener("double-settled", ({ detail }) => { const s = settle.get(detail.id); settle.delete(detail.id);
    if (detail.error !== undefined) s.fail(new Error(detail.error)); else s.done(detail.value); });
  document.addEventListener("double-callback", ({ detail }) => callbacks.get(detail.callback)(...detail.values));
  const call = (target, args) => {
    const id = next++;
    const sent = args.map((arg) => { if (typeof arg !== "function") return { value: structuredClone(arg) };
      const callback = next++; callbacks.set(callback, arg); return { callback }; });
    const promise = new Promise((done, fail) => settle.set(id, { done, fail })); promise.catch(() => undefined);
    document.dispatchEvent(new CustomEvent("double-call", { detail: { id, ...target, args: sent } }));
    const answer = returned; returned = null;
    if (answer?.promise) return promise;
    if (answer?.kept !== undefined) return () => call({ kept: answer.kept }, []);
    return answer?.value;
  };
  document.addEventListener("double-expose", ({ detail: { name, shape } }) => {
    if (Object.hasOwn(window, name)) return;
    const api = Object.fromEntries(Object.entries(shape).map(([key, part]) => [key, part.call ? (...args) => call({ key }, args) : part.value]));
    Object.defineProperty(window, name, { value: Object.freeze(api) });
  });
  document.dispatchEvent(new CustomEvent("double-hello"));
})();`;
