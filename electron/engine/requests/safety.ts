import type { ClosedRequest, ParsedArgs } from "../../contract/args.ts";
import type { Results } from "../../contract/requests.ts";
import { listCopies, makeCopy, previewCopy, restoreCopy, startAnew } from "../flows/backups.ts";
import { forgetInClosed, previewForgetting } from "../flows/forget.ts";
import type { Library } from "../flows/library.ts";
import type { Handlers } from "./handlers.ts";

/** Copies and forgetting, of a library that is open. */
export const safetyHandlers = {
  "backups.make": (house) => makeCopy(house),
  "forget.preview": (house, { personId }) => previewForgetting(house, personId ?? null),
} satisfies Partial<Handlers>;

/** Requests that need the library closed, or do not need it open. */
export type LibraryRequest = ClosedRequest | "forget";
export const libraryHandlers: {
  readonly [N in LibraryRequest]: (library: Library, args: ParsedArgs<N>) => Promise<Results[N]> | Results[N];
} = {
  "backups.list": (library) => listCopies(library.dir),
  "backups.preview": (library, { id }) => previewCopy(library.dir, id),
  async "backups.restore"(library, { id }) {
    const result = await library.whileClosed((dir) => restoreCopy(dir, id));
    // What the copy does not know is read again; what stood before may have been grouped otherwise.
    await library.use((house) => {
      house.scanner.start(house.keep.folders().map((folder) => folder.id));
      house.grouper.soon();
    });
    return result;
  },
  "library.startEmpty": (library) => library.whileClosed(startAnew),
  async forget(library, { personId, backups }) {
    const result = await library.whileClosed((dir) => forgetInClosed(dir, personId ?? null, backups));
    if (result.personId !== null) await library.use((house) => house.grouper.soon());
    return result;
  },
};

/** Whether a request goes to the library itself. */
export function isLibraryRequest(name: string): name is LibraryRequest {
  return Object.hasOwn(libraryHandlers, name);
}
