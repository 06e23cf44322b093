import type { Migration } from "../migrate.ts";
import { derivedFirst } from "./derived-0001-first.ts";
import { derivedGrouping } from "./derived-0002-grouping.ts";
import { derivedDates } from "./derived-0003-dates.ts";
import { derivedTurned } from "./derived-0004-turned.ts";
import { derivedByFace } from "./derived-0005-by-face.ts";

/** All steps of `derived.db`, oldest first. A derived file that cannot be brought up is made anew. */
export const derivedMigrations: readonly Migration[] = [derivedFirst, derivedGrouping, derivedDates, derivedTurned, derivedByFace];
