import { spawn } from "node:child_process";

/** Milliseconds within which Electron must have shown its window; one that ends before it did cannot run here. */
const patience = 15_000;

/**
 * Starts Electron on the project. Answers null once its window is shown (the process goes on), or a few words on why it cannot run here.
 * `onEnd` hears its exit code after the window was shown.
 */
export function openElectron(program, root, args, onEnd) {
  return new Promise((done) => {
    const child = spawn(program, [root, ...args], { cwd: root, stdio: ["inherit", "pipe", "pipe"] });
    let last = "";
    let ready = false;
    const shown = () => {
      ready = true;
      clearTimeout(timer);
      done(null);
    };
    const timer = setTimeout(shown, patience);
    child.stdout.on("data", (chunk) => {
      if (!ready && String(chunk).includes("Familiar is open.")) shown();
    });
    child.stderr.on("data", (chunk) => {
      last =
        String(chunk)
          .split("\n")
          .filter((line) => line.trim() !== "")
          .at(-1) ?? last;
      if (ready) process.stderr.write(chunk);
    });
    child.on("error", (thrown) => fail(thrown.message));
    child.on("exit", (code, signal) => {
      if (ready) return onEnd(code ?? 1);
      // A second start hands its folders to the first window and ends well.
      if (code === 0) {
        shown();
        return onEnd(0);
      }
      fail(last || `ended with ${signal ?? code}`);
    });
    const fail = (words) => {
      clearTimeout(timer);
      if (!ready) done(words.trim().slice(0, 200));
    };
    for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  });
}
