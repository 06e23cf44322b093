/** Why something runs the models, or does not: one thing a sentence, so that every language can say it. `provider`: ONNX Runtime's name. */
export type ProviderReason =
  | { readonly code: "not-yet" | "chosen" | "no-model" | "none-known" }
  | { readonly code: "other-results" | "not-here" | "not-installed" | "no-card" }
  | { readonly code: "unknown" | "not-faster" | "cannot"; readonly provider: string }
  /** Right results, so many times as fast as all of the processor's cores. */
  | { readonly code: "works"; readonly speed: number }
  | { readonly code: "silent"; readonly seconds: number }
  /** `detail`: in the words of the system or of ONNX Runtime. */
  | { readonly code: "crashed" | "did-not-start" | "gave-up"; readonly detail: string };

const names: Readonly<Record<string, string>> = {
  cpu: "Processor",
  dml: "Graphics card (DirectML)",
  cuda: "NVIDIA graphics card (CUDA)",
  coreml: "Apple Neural Engine and graphics (CoreML)",
  webgpu: "Graphics card (WebGPU)",
};

/** What a provider is, in English, as the command line says it. */
export function providerWords(provider: string): string {
  return names[provider] ?? provider;
}

/** A reason as an English sentence, for the command line and the log; the screens say it in their own language. */
export function reasonWords(reason: ProviderReason): string {
  switch (reason.code) {
    case "not-yet":
      return "Nothing has been read yet.";
    case "chosen":
      return "You chose it.";
    case "no-model":
      return "No model is there yet to try an accelerator with.";
    case "none-known":
      return "Familiar knows no accelerator for this kind of computer.";
    case "other-results":
      return "It gave other results than the processor.";
    case "not-here":
      return "It does not exist for this kind of computer.";
    case "not-installed":
      return "Its files are not installed.";
    case "no-card":
      return "No graphics card with a suitable driver was found.";
    case "unknown":
      return `Familiar does not know "${reason.provider}".`;
    case "not-faster":
      return `${providerWords(reason.provider)} works, but is not faster than the processor.`;
    case "cannot":
      return `${providerWords(reason.provider)} cannot be used.`;
    case "works":
      return `It gives the processor's results, ${reason.speed.toFixed(1)} times as fast as all of its cores.`;
    case "silent":
      return `It did not answer within ${reason.seconds} s.`;
    case "crashed":
      return `It crashed when it was tried (${reason.detail}).`;
    case "did-not-start":
      return `It did not start (${reason.detail}).`;
    case "gave-up":
      return `The accelerator gave up (${reason.detail}).`;
  }
}
