import { providerWords, reasonWords, type ProviderReason } from "../../contract/provider-reason.ts";
import type { ProviderView } from "../../contract/views.ts";
import type { ProviderName } from "./session.ts";

/** What runs a model and why, for the door. */
export function providerView(name: ProviderName, reasons: readonly ProviderReason[]): ProviderView {
  return { name, words: providerWords(name), why: reasons.map(reasonWords).join(" "), reasons };
}
