import type { ParsedArgs, RequestName } from "../../contract/args.ts";
import type { Results } from "../../contract/requests.ts";
import type { House } from "../flows/house.ts";
import { activityHandlers } from "./activity.ts";
import { historyHandlers } from "./history.ts";
import { peopleHandlers } from "./people.ts";
import { photoHandlers } from "./photos.ts";
import { recognitionHandlers } from "./recognition.ts";
import { reviewHandlers } from "./review.ts";
import { safetyHandlers, type LibraryRequest } from "./safety.ts";
import { settingsHandlers } from "./settings.ts";

export type Handler<N extends RequestName> = (house: House, args: ParsedArgs<N>) => Promise<Results[N]> | Results[N];
/** One handler for every request of the contract that an open library answers; a forgotten one does not compile. */
export type Handlers = { readonly [N in Exclude<RequestName, LibraryRequest>]: Handler<N> };

export const handlers: Handlers = {
  ...activityHandlers,
  ...historyHandlers,
  ...peopleHandlers,
  ...photoHandlers,
  ...recognitionHandlers,
  ...reviewHandlers,
  ...safetyHandlers,
  ...settingsHandlers,
};
