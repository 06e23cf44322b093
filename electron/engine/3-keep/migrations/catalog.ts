import type { Migration } from "../migrate.ts";
import { catalogFirst } from "./catalog-0001-first.ts";
import { catalogDoubts } from "./catalog-0002-doubts.ts";
import { catalogTurned } from "./catalog-0003-turned.ts";
import { catalogFinding } from "./catalog-0004-finding.ts";
import { catalogSaid } from "./catalog-0005-said.ts";

/** All steps of `catalog.db`, oldest first. */
export const catalogMigrations: readonly Migration[] = [catalogFirst, catalogDoubts, catalogTurned, catalogFinding, catalogSaid];
