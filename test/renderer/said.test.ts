import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DecisionKind, DecisionPayload } from "../../electron/contract/args.ts";
import type { Said } from "../../electron/contract/said.ts";
import type { HistoryEntry } from "../../electron/contract/views.ts";
import { decide } from "../../electron/engine/5-decide/decide.ts";
import { openKeep, type Keep } from "../../electron/engine/3-keep/keep.ts";
import { deSaid } from "../../renderer/strings/de-said.ts";
import { enSaid } from "../../renderer/strings/en-said.ts";
import { setLocale } from "../../renderer/strings/format.ts";
import { addPhotos, seenFace } from "../helpers/synthetic-library.ts";

describe("decisions in words", () => {
  const dir = mkdtempSync(join(tmpdir(), "familiar-said-"));
  let keep: Keep;
  let history: readonly HistoryEntry[] = [];
  function say<K extends DecisionKind>(kind: K, payload: DecisionPayload<K>): number {
    const applied = keep.apply({ kind, payload, ...decide(keep.facts(), kind, payload) });
    return applied.personId ?? 0;
  }
  beforeAll(() => {
    keep = openKeep({ libraryDir: join(dir, "library") });
    const photos = Array.from({ length: 4 }, (_, i) => ({
      name: `${i}.jpg`,
      hash: String(i).repeat(64),
      faces: [0, 1, 2].map((j) => seenFace([0.1 + 0.3 * j, 0.2, 0.2, 0.3], null)),
    }));
    const kept = addPhotos(keep, join(dir, "photos"), photos);
    const face = (photo: number, at: number): number => kept[photo]?.faceIds[at] ?? 0;
    // Every verb, with a name and without, of one face and of several.
    const ana = say("move", { faceIds: [face(0, 0), face(1, 0)], name: "Ana" });
    const ben = say("move", { faceIds: [face(0, 1), face(1, 1)], name: "Ben" });
    const group = say("split", { personId: ana, faceIds: [face(1, 0)] });
    say("split", { personId: group, faceIds: [face(1, 0)], name: "Cleo Into" });
    say("confirm", { faceIds: [face(2, 0)], personId: ana });
    say("move", { faceIds: [face(2, 1), face(2, 2)], personId: group });
    say("reject", { faceIds: [face(2, 0)], personId: ana });
    say("reject", { faceIds: [face(0, 1), face(1, 1)], personId: ben });
    say("reject", { faceIds: [face(2, 1)], personId: group });
    say("name", { personId: group, name: "Dora" });
    say("rename", { personId: ana, name: "Anna" });
    say("birthday", { personId: ana, date: "1990-03-14" });
    say("birthday", { personId: ana, date: null });
    say("key-face", { personId: ana, faceId: face(0, 0) });
    say("never-merge", { a: ana, b: ben });
    say("merge", { into: ana, from: [ben], force: true });
    say("hide", { personId: ana });
    say("restore", { personId: ana });
    say("stranger", { personId: ana });
    say("not-a-face", { faceIds: [face(3, 0)] });
    say("not-a-face", { faceIds: [face(3, 1), face(3, 2)] });
    say("draw", { photoId: 1, box: [0, 0, 0.1, 0.1] });
    say("draw", { photoId: 1, box: [0, 0.8, 0.1, 0.1], name: "Emil" });
    say("adjust", { faceId: face(0, 0), box: [0.1, 0.1, 0.2, 0.2] });
    for (const quarter of [1, 2, 3] as const) say("turn", { photoId: 1, quarter });
    say("save-album", { name: "Summer", query: {} });
    say("remove-album", { albumId: 1 });
    keep.undo();
    history = keep.reads.history({ offset: 0, limit: 100 }).items;
  });
  afterAll(() => {
    keep.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it("are kept as data, and worded in English as the command line words them", () => {
    setLocale("en");
    expect(history.length).toBeGreaterThan(28);
    for (const { said, sentence } of history) expect(said === null ? null : enSaid.said.told(said)).toBe(sentence);
    const back = keep.reads.redoSaid();
    expect(back?.did).toBe("album-removed");
  });
  it("are worded in German with the same names, none twice", () => {
    setLocale("de");
    const german = history.map(({ said }) => (said === null ? "" : deSaid.said.told(said)));
    for (const [at, words] of german.entries()) {
      expect(words).toMatch(/^\S.*\.$/u);
      expect(words).not.toBe(history[at]?.sentence);
      for (const name of ["Anna", "Ben", "Cleo Into", "Dora", "Emil", "Summer"])
        expect(words.includes(name), words).toBe(history[at]?.sentence.includes(name));
    }
    setLocale("en");
  });
  it("taken back and done again say what", () => {
    const what: Said = { did: "merged", faces: 2, name: "Ana" };
    expect(enSaid.said.told({ did: "taken-back", what })).toBe("Taken back: merged 2 faces into Ana.");
    expect(deSaid.said.told({ did: "done-again", what })).toBe("Wieder getan: 2 Gesichter mit Ana vereint.");
    expect(enSaid.said.found(214, 31)).toBe(" 214 more faces found, 31 to check.");
    expect(deSaid.said.found(0, 3)).toBe("");
  });
  it("say what stands in the way, from what the engine tells as data", () => {
    const stuck = history.filter((entry) => entry.blocked !== null);
    expect(stuck.length).toBeGreaterThan(3);
    for (const entry of stuck) {
      if (entry.blocked === null) continue;
      const at = new Date(entry.blocked.at);
      const time = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      expect(enSaid.said.blocked(entry.blocked, entry.blocked.sentence, "", time)).toMatch(
        /^This one cannot be taken back on its own: (?:“.+” came later and builds on it, today at \d\d:\d\d|[\d,]+ of its faces w.+ today at \d\d:\d\d \(“.+”\))(?:, and \d+ more decisions? came later)?\.$/u,
      );
      expect(deSaid.said.blocked(entry.blocked, "x", "", time)).toContain("nicht allein zurücknehmen");
    }
  });
});
