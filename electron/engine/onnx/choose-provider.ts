import type { ProviderView } from "../../contract/views.ts";

/** Picks what runs the models. Until accelerators are tried in a process of their own, the processor serves and says why. */
export async function chooseProvider({ wanted }: { readonly wanted: string; readonly modelsDir: string }): Promise<ProviderView> {
  const why =
    wanted === "auto" || wanted === "cpu"
      ? "The processor is always there."
      : `${wanted} is not tried on this computer yet, so the processor serves.`;
  return { name: "cpu", words: "Processor", why };
}
