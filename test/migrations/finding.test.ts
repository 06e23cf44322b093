import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { closeStore, openStore } from "../../electron/engine/3-keep/open-store.ts";
import { oldCatalog, oldDerived } from "./old-catalog.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "familiar-migrations-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** How a statement is answered once the old library was opened. */
function plansOf(texts: readonly string[]): readonly string[] {
  const store = openStore({ libraryDir: dir });
  try {
    return texts.map((text) =>
      store.db
        .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
        .all()
        .map(({ detail }) => detail)
        .join("; "),
    );
  } finally {
    closeStore(store);
  }
}

describe("what each step made", () => {
  test("catalogue 4: places, numbers of faces and key faces are looked up, in a library that had none of it", () => {
    oldCatalog(join(dir, "catalog.db"), 3);
    const [place, faces, key] = plansOf([
      "SELECT id FROM main.photos WHERE latitude IS NOT NULL AND latitude BETWEEN 1 AND 2",
      "SELECT count(*) FROM main.photos WHERE visible = 1 AND face_count = 3",
      "SELECT id FROM main.people WHERE key_face_id = 1",
    ]);
    expect(place).toContain("photos_by_place");
    expect(faces).toContain("photos_by_faces");
    expect(key).toContain("people_by_key_face");
  });
  test("derived 5: what the packs have of one face is looked up", () => {
    oldCatalog(join(dir, "catalog.db"), 3);
    oldDerived(join(dir, "derived.db"), 4);
    expect(plansOf(["DELETE FROM derived.embeddings WHERE face_id = 1"])[0]).toContain("embeddings_by_face");
  });
});
